/** Clients and workers against nodes in memory, in virtual time. */
import { expect, it } from "vitest";
import { History } from "../history/history.ts";
import type { Operation } from "../history/operation.ts";
import { Journal } from "../network/journal.ts";
import { type Body, draft, type Message } from "../network/message.ts";
import { Network } from "../network/network.ts";
import type { Problem } from "../nodes/problem.ts";
import { second } from "../time/clock.ts";
import { randomStream } from "../time/random.ts";
import { VirtualClock } from "../time/virtual-clock.ts";
import { Client } from "./client.ts";
import { repeatedly } from "./generator.ts";
import type { Rpc } from "./rpc.ts";
import { stagger, timeLimit } from "./timing.ts";
import { runWorkers } from "./workers.ts";

const rpc: Rpc = {
  doc: "",
  request: { type: "get", fields: { key: "any" } },
  reply: { type: "get_ok", fields: { value: "integer" } },
};

const perfectLink = {
  latency: { mean: 0, distribution: "constant" },
  loss: 0,
  duplication: 0,
  reordering: 0,
} as const;

/** What the node answers to its nth request (from 1), if anything. */
type Answer = (number: number, request: Body) => readonly object[];

interface Settings {
  readonly answer: Answer;
  readonly concurrency?: number;
  readonly idempotent?: readonly string[];
  readonly abortAfter?: number;
  /** s until the nth request (from 1) is answered */
  readonly delay?: (number: number) => number;
}

async function run({ answer, concurrency = 1, idempotent = [], abortAfter, delay = () => 0.1 }: Settings) {
  const clock = new VirtualClock();
  const journal = new Journal(() => {});
  const link = { ...perfectLink };
  const network = new Network({ link, clock, random: (name) => randomStream(1, name), journal });
  const problems: Problem[] = [];
  let requests = 0;
  const receive = ({ src, body }: Message): void => {
    const time = clock.now() + delay(++requests) * second;
    for (const reply of answer(requests, body)) {
      const answered = { ...reply, ...("in_reply_to" in reply ? {} : { in_reply_to: body.msg_id }) };
      clock.schedule(time, () => network.send(draft("n0", src, answered)));
    }
  };
  network.attach("n0", { receive });
  let clients = 0;
  const operations: Operation[] = [];
  const history = new History(clock, (operation) => operations.push(operation));
  const stop = new AbortController();
  if (abortAfter !== undefined) clock.schedule(abortAfter * second, () => stop.abort("enough"));
  const done = runWorkers({
    clock,
    history,
    generator: timeLimit(
      10 * second,
      stagger(
        second,
        randomStream(1, "stagger"),
        repeatedly(() => ({ f: "get", value: 7 })),
      ),
    ),
    perform: (client, { value }) => client.request(rpc, { key: value }, 5 * second),
    idempotent: new Set(idempotent),
    concurrency,
    openClient: () =>
      new Client({
        name: `c${clients++}`,
        node: "n0",
        network,
        clock,
        problem: (found) => problems.push(found),
      }),
    signal: stop.signal,
  });
  await clock.run();
  await done;
  return { history: operations, problems, clients, network };
}

const ok = (value: unknown) => [{ type: "get_ok", value }];

function completions(history: readonly Operation[]): Operation[] {
  return history.filter(({ type }) => type !== "invoke");
}

it("does one operation after the other, and writes down how each began and ended", async () => {
  const { history, problems } = await run({ answer: (number) => ok(number) });
  expect(history.length).toBeGreaterThan(10);
  expect(history.map(({ type }) => type)).toEqual(history.map((_, i) => (i % 2 === 0 ? "invoke" : "ok")));
  expect(history[0]).toEqual({
    index: 0,
    time: 0,
    type: "invoke",
    process: 0,
    f: "get",
    value: 7,
    node: "n0",
  });
  expect(history[1]).toMatchObject({
    index: 1,
    time: second / 10,
    type: "ok",
    process: 0,
    value: { value: 1 },
  });
  expect(problems).toEqual([]);
});

it("never has more operations under way than workers", async () => {
  const { history } = await run({ answer: () => [], concurrency: 3 });
  let [open, most] = [0, 0];
  for (const { type } of history) {
    open += type === "invoke" ? 1 : -1;
    most = Math.max(most, open);
  }
  expect([open, most]).toEqual([0, 3]);
});

it.each([
  [11, "temporarily-unavailable", "fail"],
  [13, "crash", "info"],
  [0, "timeout", "info"],
  [1234, "unknown", "info"],
] as const)("takes error %i for %s: %s", async (code, name, type) => {
  const { history } = await run({ answer: () => [{ type: "error", code, text: "no" }] });
  for (const operation of completions(history)) {
    expect(operation).toMatchObject({
      type,
      value: 7,
      error: { kind: "rpc-error", code, name, message: "no" },
    });
  }
});

it("retires a process whose operation ended info, and gives its worker a new client", async () => {
  const { history, clients } = await run({ answer: (n) => (n === 2 ? [] : ok(n)), concurrency: 2 });
  const [info] = completions(history).filter(({ type }) => type === "info");
  expect(info).toMatchObject({ process: 1, error: { kind: "net-timeout" } });
  expect(info?.error?.message).toContain("n0 did not answer");
  const later = new Set(history.slice((info?.index ?? 0) + 1).map(({ process }) => process));
  expect([...later].sort()).toEqual([0, 3]);
  expect(clients).toBe(3);
});

it("says that what changes nothing has failed when nobody answers", async () => {
  const { history, clients } = await run({ answer: () => [], idempotent: ["get"] });
  expect(completions(history).map(({ type, process }) => [type, process])).toEqual([
    ["fail", 0],
    ["fail", 0],
  ]);
  expect(clients).toBe(1);
});

it("waits for each reply its own time, however long the one before took", async () => {
  const { history } = await run({ answer: ok, delay: (number) => (number === 1 ? 1 : 4.9) });
  expect(completions(history).map(({ type }) => type)).toEqual(["ok", "ok", "ok"]);
});

it("blames nobody for a reply that comes too late", async () => {
  const { history, problems } = await run({
    answer: ok,
    idempotent: ["get"],
    delay: (number) => (number === 1 ? 5.5 : 0.1),
  });
  expect(completions(history)[0]).toMatchObject({ type: "fail", error: { kind: "net-timeout" } });
  expect(
    completions(history)
      .slice(1)
      .every(({ type }) => type === "ok"),
  ).toBe(true);
  expect(problems).toEqual([]);
});

it("explains a malformed reply: what was asked, what came, what was expected", async () => {
  const { history } = await run({ answer: () => ok("seven") });
  const [operation] = completions(history);
  expect(operation).toMatchObject({ type: "info", error: { kind: "malformed-reply" } });
  expect(operation?.error?.message).toBe(
    [
      'n0 gave a malformed reply: its "value" is "seven": not an integer',
      '  asked     {"key":7,"type":"get","msg_id":1}',
      '  answered  {"type":"get_ok","value":"seven","in_reply_to":1}',
      '  expected  {"type": "get_ok", "value": integer, "in_reply_to": integer}',
    ].join("\n"),
  );
  const { history: errors } = await run({ answer: () => [{ type: "error", code: "x" }] });
  expect(completions(errors)[0]).toMatchObject({ type: "info", error: { kind: "malformed-reply" } });
});

it.each([
  ["second-reply", (n: number) => [...ok(n), ...ok(n)]],
  ["unasked-reply", (n: number) => [...ok(n), { type: "get_ok", in_reply_to: 99 }]],
  ["unasked-reply", (n: number) => [...ok(n), { type: "get_ok", in_reply_to: undefined }]],
  ["unasked-reply", (n: number) => [...ok(n), { type: "get_ok", in_reply_to: "1" }]],
  ["unasked-reply", (n: number) => [...ok(n), { type: "get_ok", in_reply_to: 0.5 }]],
  ["unasked-reply", (n: number) => [...ok(n), { type: "get_ok", in_reply_to: { toString: null } }]],
])("reports a %s, also to the very last request", async (kind, answer) => {
  const { history, problems } = await run({ answer });
  expect(problems.map((problem) => problem.kind)).toEqual(completions(history).map(() => kind));
  expect(problems[0]).toMatchObject({ node: "n0", message: expect.stringMatching(/^n0 (answered|sent)/) });
});

it("ends what is under way when the run is cut short, and begins nothing more", async () => {
  const { history } = await run({ answer: () => [], concurrency: 2, abortAfter: 3 });
  expect(history.map(({ type }) => type)).toEqual(["invoke", "invoke", "info", "info"]);
  for (const { error } of completions(history))
    expect(error).toEqual({ kind: "interrupted", message: "enough" });
});
