/** The clients of the workload lin-kv in simulated time: what they ask of a node, how long they wait, and how it ends. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { pairs } from "../src/history/pairs.ts";
import type { TestOptions } from "../src/run/options.ts";
import { simulate } from "../src/run/simulate.ts";
import { readHistory } from "../src/store/history-files.ts";
import { second } from "../src/time/clock.ts";

const options: TestOptions = {
  workload: "lin-kv",
  bin: "",
  args: [],
  nodes: ["n0"],
  concurrency: 2,
  timeLimit: 60,
  rate: 10,
  latency: { mean: 0, distribution: "constant" },
  nemesis: { faults: [], interval: 10 },
  grace: 1,
  checkerTimeLimit: 60,
  availability: undefined,
  tuning: { topology: "grid", consistencyModels: [], maxTxnLength: 4, maxWritesPerKey: 16 },
  seed: 11,
  store: "",
  show: { stderr: false, send: false, receive: false },
};

type Body = Readonly<Record<string, unknown>>;

/** Runs one node that is good, but answers only every other request. */
async function record(latency: number) {
  const store = mkdtempSync(join(tmpdir(), "eddy-"));
  onTestFinished(() => rmSync(store, { recursive: true }));
  const asked: { readonly client: string; readonly body: Body }[] = [];
  const values = new Map<unknown, unknown>();
  const answerTo = ({ type, key, value, from, to }: Body): object => {
    if (type === "init") return { type: "init_ok" };
    if (type === "write") {
      values.set(key, value);
      return { type: "write_ok" };
    }
    if (!values.has(key)) return { type: "error", code: 20, text: "no such key" };
    if (type === "read") return { type: "read_ok", value: values.get(key) };
    if (values.get(key) !== from) return { type: "error", code: 22, text: "another value" };
    values.set(key, to);
    return { type: "cas_ok" };
  };
  const mean = { mean: latency, distribution: "constant" } as const;
  const run = await simulate({ ...options, latency: mean, store }, ({ send }) => (line) => {
    const { src: client, body } = JSON.parse(line);
    if (body.type !== "init") asked.push({ client, body });
    if (body.type !== "init" && asked.length % 2 === 1) return;
    send(JSON.stringify({ src: "n0", dest: client, body: { ...answerTo(body), in_reply_to: body.msg_id } }));
  });
  return { run, asked, history: [...readHistory(join(run.folder, "history.jsonl"))] };
}

it.each([
  [0, 1],
  [50, 1],
  [300, 3],
])(
  "with a mean latency of %i ms clients wait %i s for an answer, and go on as others",
  async (latency, patience) => {
    const { run, asked, history } = await record(latency);
    expect(run.results).toMatchObject({ "valid?": true, workload: { "valid?": true } });
    const endings = new Set<string>();
    for (const { invocation, completion } of pairs(history)) {
      endings.add(
        `${invocation.f} ${completion?.type} ${completion?.error?.name ?? completion?.error?.kind}`,
      );
      const took = (completion?.time ?? 0) - invocation.time;
      // A node in memory takes a µs.
      expect(Math.floor(took / 1e4)).toBe(
        completion?.error?.kind === "net-timeout" ? (patience * second) / 1e4 : 0,
      );
    }
    for (const ending of [
      "read ok undefined",
      "read fail net-timeout",
      "write ok undefined",
      "write info net-timeout",
    ])
      expect(endings).toContain(ending);
    for (const ending of ["cas ok undefined", "cas info net-timeout", "cas fail precondition-failed"])
      expect(endings).toContain(ending);
    // A client that was not answered is used again, under the name of another process.
    expect(new Set(asked.map(({ client }) => client)).size).toBe(2);
    expect(new Set(history.map(({ process }) => process)).size).toBeGreaterThan(4);
  },
);

it("asks for what the operations say", async () => {
  const { asked, history } = await record(0);
  const begun = history
    .filter(({ type }) => type === "invoke")
    .map(({ f, value }) => JSON.stringify([f, value]));
  const told = asked.map(({ body: { type, key, value, from, to } }) =>
    JSON.stringify([type, [key, type === "read" ? null : type === "write" ? value : [from, to]]]),
  );
  expect(told).toEqual(begun);
  expect(asked.length).toBeGreaterThan(40);
  const reads = history
    .filter(({ f, type }) => f === "read" && type === "ok")
    .map(({ value }) => JSON.stringify(value));
  expect(reads.filter((value) => /^\[\d+,[0-4]\]$/.test(value))).toEqual(reads);
  expect(reads.length).toBeGreaterThan(5);
});
