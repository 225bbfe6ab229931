/** Runs for tests: as small as they can be, or with operations and messages at given times. */
import type { MessageColumns, OperationColumns, RunData, Span } from "@eddy/workbench/pictures";

/** A run in which nothing happened, but for what is said. */
export function sampleRun(parts: Partial<RunData> = {}): RunData {
  return {
    format: 1,
    id: "echo/a",
    workload: "echo",
    meaning: "every echo came back as it was sent",
    state: "complete",
    options: {},
    versions: {},
    checks: [],
    end: 1e9,
    nodes: ["n0", "n1"],
    faults: [],
    bins: { from: 0, width: 1e9, functions: [], series: [] },
    operations: sampleOperations([]),
    messages: sampleMessages([]),
    logs: [],
    ...parts,
  };
}

/** Operations that all ended ok, of processes 0, 1, 2, …, each with its place in the history. */
export function sampleOperations(spans: readonly Span[]): OperationColumns {
  const same = <T>(value: T): T[] => spans.map(() => value);
  return {
    total: spans.length,
    functions: ["echo"],
    index: spans.map((_, i) => i * 2),
    start: spans.map(({ from }) => from),
    end: spans.map(({ to }) => to),
    ending: "o".repeat(spans.length),
    process: spans.map((_, i) => i),
    f: same(0),
    node: same(0),
    asked: same('"x"'),
    answered: same(""),
    error: same(""),
    messages: same([]),
  };
}

/** Messages with these ids; each is sent at a ms of its own. */
export function sampleMessages(ids: readonly number[]): MessageColumns {
  const same = <T>(value: T): T[] => ids.map(() => value);
  return {
    total: ids.length,
    names: ["c0", "n0"],
    types: ["echo"],
    id: ids,
    src: same(0),
    dest: same(1),
    type: same(0),
    sent: ids.map((_, i) => i * 1e6),
    arrived: ids.map((_, i) => i * 1e6 + 5e5),
    sentOrder: ids.map((_, i) => i * 2),
    arrivedOrder: ids.map((_, i) => i * 2 + 1),
    fate: "a".repeat(ids.length),
    msgId: same(-1),
    inReplyTo: same(-1),
    body: same('{"type":"echo"}'),
  };
}
