import type { RunData } from "@eddy/workbench/pictures";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Compared, compared, difference, lasting, piecesFor, written } from "./comparison.ts";

const run = (change: Partial<RunData> = {}): RunData => ({
  format: 1,
  id: "echo/x",
  workload: "echo",
  meaning: "",
  state: "complete",
  options: { timeLimit: 2 },
  versions: {},
  checks: [],
  end: 12e9,
  nodes: [],
  faults: [],
  bins: {
    width: 1e9,
    functions: ["echo", "read"],
    series: [
      { ok: [3, 5, 0, 0, 100], fail: [1], info: [], latencies: [] },
      { ok: [1, 1], fail: [], info: [], latencies: [] },
    ],
  },
  operations: {
    total: 110,
    functions: [],
    index: [],
    start: [],
    end: [],
    ending: "",
    process: [],
    f: [],
    node: [],
    asked: [],
    answered: [],
    error: [],
    messages: [],
  },
  messages: {
    total: 0,
    names: [],
    types: [],
    id: [],
    src: [],
    dest: [],
    type: [],
    sent: [],
    arrived: [],
    sentOrder: [],
    arrivedOrder: [],
    fate: "",
    msgId: [],
    inReplyTo: [],
    body: [],
  },
  logs: [],
  ...change,
});

const rows = (a: RunData, b: RunData): Readonly<Record<string, Compared>> =>
  Object.fromEntries(
    compared(a, b).flatMap((group) => group.rows.map((row) => [`${group.name}: ${row.name}`, row])),
  );

describe("two runs in numbers", () => {
  // Neither is a summary: it holds what is no number, or very many numbers.
  const data = {
    results: { 1: { count: 3 }, worst: 7 },
    values: Object.fromEntries(Array.from({ length: 9 }, (_, i) => [i, i])),
  };
  const results = {
    stats: { "ok-count": 7, "fail-count": 1, latency: { p50: 0.5, p95: 1, p99: 2, max: 3 } },
    availability: { "ok-fraction": 0.875 },
    net: {
      all: { "msg-count": 20, "msgs-per-op": 2.5, "by-type": { echo: 10, "": 10 } },
      servers: { "msg-count": 0 },
    },
    workload: {
      "lost-count": 2,
      lost: [1, 2],
      "stable-latencies": { "0": 1, "0.5": 2 },
      text: "no number",
      ...data,
    },
  };

  test("are those of the results, each with its name", () => {
    const found = rows(run({ results }), run());
    expect(Object.fromEntries(Object.entries(found).map(([name, { a }]) => [name, a]))).toEqual({
      "Operations: duration of the run": 12e9,
      "Operations: operations": 110,
      "Operations: ended ok": 7,
      "Operations: ended fail": 1,
      "Operations: part that ended ok": 0.875,
      "Operations: ok a second, until the time limit": 5,
      "Latency: p50": 0.5,
      "Latency: p95": 1,
      "Latency: p99": 2,
      "Latency: max": 3,
      "Messages: all": 20,
      "Messages: for each operation": 2.5,
      "Messages: among servers": 0,
      "Messages by type: echo": 10,
      "Messages by type: (without a type)": 10,
      "What the workload counts: lost-count": 2,
      "What the workload counts: stable-latencies 0": 1,
      "What the workload counts: stable-latencies 0.5": 2,
    });
    expect(found["Messages: all"]?.b).toBeUndefined();
  });

  test("stand in groups that are not empty", () => {
    expect(compared(run({ results }), run()).map(({ name }) => name)).toEqual([
      "Operations",
      "Latency",
      "Messages",
      "Messages by type",
      "What the workload counts",
    ]);
    expect(compared(run(), run()).map(({ name }) => name)).toEqual(["Operations"]);
  });

  test("turn with the runs", () => {
    const [there, back] = [rows(run({ results }), run()), rows(run(), run({ results }))];
    expect(Object.keys(back).sort()).toEqual(Object.keys(there).sort());
    for (const [name, row] of Object.entries(there))
      expect(back[name]).toEqual({ ...row, a: row.b, b: row.a });
  });

  test("are looked for in results of any kind", () => {
    const any = fc.dictionary(fc.constantFrom("stats", "net", "workload", "availability"), fc.jsonValue());
    fc.assert(
      fc.property(any, any, (one, other) => {
        for (const { a, b } of Object.values(rows(run({ results: one }), run({ results: other })))) {
          expect([a, b].every((number) => number === undefined || Number.isFinite(number))).toBe(true);
        }
      }),
    );
  });

  test("have no rate where there was no time", () => {
    const nothing = { width: 1e9, functions: [], series: [] };
    expect(rows(run({ end: 0, bins: nothing }), run({ end: 0, bins: nothing }))).not.toHaveProperty([
      "Operations: ok a second, until the time limit",
    ]);
    const short = rows(run({ end: 1e9 }), run({ options: {} }));
    expect(short["Operations: ok a second, until the time limit"]).toMatchObject({ a: 4, b: 110 / 12 });
  });
});

test.each([
  [1, 1, "count", "same"],
  [100, 105, "count", "+5 (+5.00\u00a0%)"],
  [4, 3, "ms", "−1.00 ms (−25.0\u00a0%)"],
  [0, 3, "count", "+3"],
  [0.5, 0.75, "part", "+25.0\u00a0%"],
  [undefined, 1, "count", ""],
  [1, undefined, "count", ""],
] as const)("from %s to %s (%s): %s", (a, b, unit, text) => {
  expect(difference({ name: "", unit, a, b })).toBe(text);
});

test.each([
  [undefined, "count", "–"],
  [1234.5, "number", "1,235"],
  [3, "number", "3"],
  [0.25, "number", "0.250"],
  [2e9, "ns", "2.0 s"],
  [0.5, "ms", "0.500 ms"],
  [0.5, "part", "50.0\u00a0%"],
] as const)("%s (%s) is written %s", (number, unit, text) => expect(written(number, unit)).toBe(text));

test("an axis for two holds both, and all their faults", () => {
  const fault = { fault: "kill", from: 1, to: 20e9, text: "" };
  const both = lasting(run({ end: 1e9, faults: [fault] }), run({ end: 9e9, faults: [fault] }));
  expect([both.end, both.faults.length]).toEqual([9e9, 2]);
  expect(lasting(run({ end: 9e9 }), run({ end: 1e9 })).end).toBe(9e9);
});

test("few operations make few pieces", () => {
  expect([0, 172, 500, 100_000].map(piecesFor)).toEqual([20, 20, 50, 100]);
});
