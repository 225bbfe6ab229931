/** The workloads with nodes in memory, for simulated time: what clients send, what stands in the history, how it is judged. */
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Operation } from "../src/history/operation.ts";
import type { MemoryProgram } from "../src/nodes/memory-node.ts";
import type { TestOptions } from "../src/run/options.ts";
import { simulate } from "../src/run/simulate.ts";
import { readHistory } from "../src/store/history-files.ts";
import { second } from "../src/time/clock.ts";

const options: TestOptions = {
  workload: "",
  bin: "",
  args: [],
  nodes: ["n0", "n1", "n2"],
  concurrency: 6,
  timeLimit: 60,
  rate: 10,
  latency: { mean: 20, distribution: "exponential" },
  nemesis: { faults: ["partition"], interval: 5 },
  grace: 1,
  availability: "total",
  checkerTimeLimit: 60,
  tuning: { topology: "line", consistencyModels: [], maxTxnLength: 4, maxWritesPerKey: 16 },
  seed: 3,
  store: "",
  show: { stderr: false, send: false, receive: false },
};

interface State {
  readonly elements: ReadonlySet<unknown>;
  readonly total: number;
}

type Answer = (body: Record<string, unknown>) => object;

/** Keeps all that it gets, and tells that to all others, again and again. What a read is answered with depends on the workload. */
const good =
  (readAnswer: (state: State) => object, others: Record<string, Answer> = {}): MemoryProgram =>
  ({ send, clock }) => {
    let [self, peers, lastId]: [string, string[], number] = ["", [], 0];
    const elements = new Set<unknown>();
    /** By node how many adds it had and what they come to. */
    const sums = new Map<string, readonly [adds: number, sum: number]>();
    const say = (dest: string, body: object): void => send(JSON.stringify({ src: self, dest, body }));
    const gossip = (): void => {
      for (const name of peers) say(name, { type: "gossip", elements: [...elements], sums: [...sums] });
      clock.schedule(clock.now() + 0.5 * second, gossip);
    };
    const answers: Record<string, Answer> = {
      init({ node_id, node_ids }) {
        self = String(node_id);
        peers = Array.isArray(node_ids) ? node_ids.filter((name) => name !== self) : [];
        gossip();
        return {};
      },
      topology: () => ({}),
      generate: () => ({ id: `${self}-${++lastId}` }),
      broadcast({ message }) {
        elements.add(message);
        return {};
      },
      add({ element, delta }) {
        elements.add(element);
        const [adds, sum] = sums.get(self) ?? [0, 0];
        sums.set(self, [adds + 1, sum + Number(delta ?? 0)]);
        return {};
      },
      read: () => readAnswer({ elements, total: [...sums.values()].reduce((all, [, sum]) => all + sum, 0) }),
      ...others,
    };
    return (line) => {
      const { src, body } = JSON.parse(line);
      if (body.type === "gossip") {
        for (const element of body.elements) elements.add(element);
        for (const [name, entry] of body.sums)
          if (entry[0] > (sums.get(name)?.[0] ?? 0)) sums.set(name, entry);
        return;
      }
      say(src, { type: `${body.type}_ok`, ...answers[body.type]?.(body), in_reply_to: body.msg_id });
    };
  };

const listing = (field: string) => good(({ elements }) => ({ [field]: [...elements] }));
const counting = good(({ total }) => ({ value: total }));

async function run(workload: string, program: MemoryProgram, changes: Partial<TestOptions> = {}) {
  const store = mkdtempSync(join(tmpdir(), "eddy-"));
  const { folder, results } = await simulate({ ...options, ...changes, workload, store }, program);
  const lines = (file: string): Record<string, unknown>[] =>
    readFileSync(join(folder, file), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  const history = [...readHistory(join(folder, "history.jsonl"))].filter(
    ({ process }) => process !== "nemesis",
  );
  /** The bodies that clients sent, as they wrote them, without what `init` has. */
  const requests = lines("messages.jsonl")
    .filter(({ event, src, body }) => event === "send" && /^c/.test(String(src)) && !isInit(body))
    .map(({ dest, body }) => ({ dest, body: JSON.stringify(body) }));
  return { results, history, requests, lines };
}

function isInit(body: unknown): boolean {
  return typeof body === "object" && body !== null && "type" in body && body.type === "init";
}

const ended = (history: readonly Operation[], f: string): Operation[] =>
  history.filter((operation) => operation.type === "ok" && operation.f === f);

/** How large a part of the operations is of that function. */
function part(history: readonly Operation[], f: string): number {
  const begun = history.filter(({ type, final }) => type === "invoke" && !final);
  return begun.filter((operation) => operation.f === f).length / begun.length;
}

function expectFinalReads(history: readonly Operation[]): void {
  const final = history.filter(({ type, final }) => type === "invoke" && final);
  expect(final.map(({ process, f, value }) => [process, f, value])).toEqual(
    expect.arrayContaining([0, 1, 2, 3, 4, 5].map((process) => [process, "read", null])),
  );
  expect(final).toHaveLength(6);
}

describe("unique-ids", () => {
  it("asks for ids, and has them in the history", async () => {
    const { results, history, requests } = await run("unique-ids", listing(""), { rate: 50 });
    expect(results).toMatchObject({ "valid?": true, workload: { "duplicated-count": 0 } });
    expect(new Set(requests.map(({ body }) => body.replace(/\d+/, "1")))).toEqual(
      new Set(['{"type":"generate","msg_id":1}']),
    );
    const values = ended(history, "generate").map(({ value }) => value);
    expect(values.length).toBeGreaterThan(2000);
    expect(values.every((value) => /^n\d-\d+$/.test(String(value)))).toBe(true);
  });

  it("goes on with a client after a timeout, as another process", async () => {
    let asked = 0;
    const silent = good(() => ({}), {
      generate: () => ({ id: ++asked, ...(asked === 4 && { type: "late" }) }),
    });
    const deaf: MemoryProgram = (surroundings) =>
      silent({ ...surroundings, send: (line) => line.includes('"late"') || surroundings.send(line) });
    const { history, lines } = await run("unique-ids", deaf, { availability: undefined });
    const lost = history.find(({ type }) => type === "info");
    expect(lost).toMatchObject({ f: "generate", error: { kind: "net-timeout" } });
    expect(history.some(({ process }) => process === Number(lost?.process) + 6)).toBe(true);
    // Three for init, and one for each worker.
    const clients = new Set(lines("messages.jsonl").map(({ src }) => src));
    expect([...clients].filter((name) => /^c/.test(String(name)))).toHaveLength(9);
  });
});

describe("broadcast", () => {
  it("tells all nodes the topology first, and then has messages broadcast and read", async () => {
    const { results, history, requests } = await run("broadcast", listing("messages"));
    expect(results).toMatchObject({ "valid?": true, workload: { "lost-count": 0, "phantom-count": 0 } });
    const topology = '{"type":"topology","topology":{"n0":["n1"],"n1":["n0","n2"],"n2":["n1"]},"msg_id":1}';
    expect(requests.slice(0, 3)).toEqual(["n0", "n1", "n2"].map((dest) => ({ dest, body: topology })));
    expect(requests.slice(3).some(({ body }) => body.includes("topology"))).toBe(false);
    const bodies = requests.slice(3).map(({ body }) => body.replace(/"msg_id":\d+/, '"msg_id":1'));
    const sent = bodies.filter((body) => body.includes("broadcast"));
    expect(sent).toEqual(sent.map((_, i) => `{"type":"broadcast","message":${i},"msg_id":1}`));
    expect(new Set(bodies.filter((body) => !sent.includes(body)))).toEqual(
      new Set(['{"type":"read","msg_id":1}']),
    );
    expect(part(history, "broadcast")).toBeCloseTo(0.5, 1);
    const values = ended(history, "broadcast").map(({ value }) => Number(value));
    expect(values.sort((a, b) => a - b)).toEqual(values.map((_, i) => i));
    for (const { value } of ended(history, "read").filter(({ final }) => final))
      expect(Array.isArray(value) && value.toSorted((a, b) => a - b)).toEqual(values);
    expectFinalReads(history);
  });

  it.each([
    [
      "refuses it",
      { type: "error", code: 10, text: "no idea" },
      " answered topology with an error: no idea (code 10, not-supported)",
    ],
    [
      "answers something else",
      { type: "ok" },
      ' gave a malformed reply: its "type" is "ok", not "topology_ok"',
    ],
  ])("ends, and says so, when a node %s", async (_, answer, words) => {
    const { results, history } = await run(
      "broadcast",
      good(() => ({}), { topology: () => answer }),
    );
    const problems = results.nodes?.problems ?? [];
    expect([results["valid?"], results.stats, history]).toEqual([false, undefined, []]);
    expect(problems.map(({ kind }) => kind)).toContain("no-setup");
    expect(problems[0]?.message).toContain(`n0${words}`);
    expect(problems[0]?.advice).toContain('{"type": "topology_ok", "in_reply_to": integer}');
  });

  it("asks nothing of the nodes when one of them did not get ready", async () => {
    const refuse = () => ({ type: "error", code: 11, text: "not today" });
    const { results, requests } = await run(
      "broadcast",
      good(() => ({}), { init: refuse }),
    );
    expect([results["valid?"], requests]).toEqual([false, []]);
  });

  it("ends, and says so, when a node does not answer its topology", async () => {
    const deaf: MemoryProgram = (surroundings) =>
      listing("messages")({
        ...surroundings,
        send: (line) => line.includes("topology_ok") || surroundings.send(line),
      });
    const { results } = await run("broadcast", deaf);
    expect(results["valid?"]).toBe(false);
    expect(results.nodes?.problems?.map(({ message }) => message)).toEqual([
      "n0 did not answer topology within 5 s",
    ]);
  });
});

describe("g-set", () => {
  it("has elements added and read", async () => {
    const { results, history, requests } = await run("g-set", listing("value"));
    expect(results).toMatchObject({ "valid?": true, workload: { "lost-count": 0, "phantom-count": 0 } });
    expect(requests.map(({ body }) => body.replace(/\d+/g, "1"))).toEqual(
      expect.arrayContaining(['{"element":1,"type":"add","msg_id":1}', '{"type":"read","msg_id":1}']),
    );
    expect(part(history, "add")).toBeCloseTo(0.5, 1);
    const values = ended(history, "add").map(({ value }) => Number(value));
    expect(values.sort((a, b) => a - b)).toEqual(values.map((_, i) => i));
    expectFinalReads(history);
  });
});

describe.each([
  ["g-counter", [0, 1, 2, 3, 4], 1 / 3],
  ["pn-counter", [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4], 1 / 2],
] as const)("%s", (name, deltas, adds) => {
  it("has deltas added, and the sum read", async () => {
    const { results, history, requests } = await run(name, counting);
    expect(requests.map(({ body }) => body.replace(/-?\d+/g, "1"))).toEqual(
      expect.arrayContaining(['{"delta":1,"type":"add","msg_id":1}', '{"type":"read","msg_id":1}']),
    );
    expect(part(history, "add")).toBeCloseTo(adds, 1);
    const values = ended(history, "add").map(({ value }) => Number(value));
    expect([...new Set(values)].sort((a, b) => a - b)).toEqual(deltas);
    const sum = values.reduce((a, b) => a + b);
    expect(results).toMatchObject({
      "valid?": true,
      workload: { acceptable: [[sum, sum]], "final-reads": [sum, sum, sum, sum, sum, sum], errors: null },
    });
    expectFinalReads(history);
  });
});

it.each(["broadcast", "g-set", "g-counter"])(
  "%s takes a read that nobody answers for one that did not happen",
  async (name) => {
    const reads = name === "g-counter" ? counting : listing(name === "g-set" ? "value" : "messages");
    let answers = 0;
    const deaf: MemoryProgram = (surroundings) =>
      reads({
        ...surroundings,
        send: (line) =>
          (/"(read|add|broadcast)_ok"/.test(line) && ++answers % 20 === 7) || surroundings.send(line),
      });
    const { results, history } = await run(name, deaf, { availability: undefined });
    for (const { type, f, error } of history)
      if (error !== undefined)
        expect([type, error.kind]).toEqual([f === "read" ? "fail" : "info", "net-timeout"]);
    expect(results.stats?.["fail-count"]).toBeGreaterThan(0);
    expect(results.stats?.["info-count"]).toBeGreaterThan(0);
    expect(results["valid?"]).toBe(true);
  },
);
