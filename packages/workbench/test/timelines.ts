/** Random operations for the tests of the timeline: workers that do one thing after the other, and retire their process after `info`. */
import fc from "fast-check";
import type { FaultSpan, OperationColumns, RunData, Span } from "../src/pictures/run-data.ts";

export interface DrawnOperation {
  readonly process: number;
  readonly start: number;
  readonly end: number;
  readonly ending: string;
}

export interface Drawn {
  readonly concurrency: number;
  /** In the order of their beginnings. */
  readonly operations: readonly DrawnOperation[];
}

const step = fc.record({
  pause: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(200)),
  length: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(300)),
  ending: fc.constantFrom("o", "o", "o", "f", "i", "?"),
});

/** What can happen: times from 0 to a few thousand ns. */
export const histories: fc.Arbitrary<Drawn> = fc
  .array(fc.array(step, { maxLength: 25 }), { minLength: 1, maxLength: 4 })
  .map((workers) => {
    const operations = workers.flatMap((steps, worker) => {
      let [process, now] = [worker, 0];
      const done: DrawnOperation[] = [];
      for (const { pause, length, ending } of steps) {
        const start = now + pause;
        now = start + length;
        done.push({ process, start, end: ending === "?" ? -1 : now, ending });
        if (ending === "i") process += workers.length;
        // Who still waits when the run ends does nothing more.
        if (ending === "?") break;
      }
      return done;
    });
    return { concurrency: workers.length, operations: inOrder(operations) };
  });

/** What damaged files may say: processes that do several things at once. */
export const overlapping: fc.Arbitrary<Drawn> = fc
  .record({
    concurrency: fc.integer({ min: 1, max: 4 }),
    operations: fc.array(fc.tuple(fc.nat(6), fc.nat(500), step), { maxLength: 30 }),
  })
  .map(({ concurrency, operations }) => ({
    concurrency,
    operations: inOrder(
      operations.map(([process, start, { length, ending }]) => ({
        process,
        start,
        end: ending === "?" ? -1 : start + length,
        ending,
      })),
    ),
  }));

function inOrder(operations: readonly DrawnOperation[]): DrawnOperation[] {
  return [...operations].sort((a, b) => a.start - b.start);
}

/** A run with these operations, all of which echo something on n0. */
export function columnsOf(
  { concurrency, operations }: Drawn,
  more: { readonly faults?: readonly FaultSpan[]; readonly spans?: readonly Span[] } = {},
): RunData {
  const columns: OperationColumns = {
    total: operations.length,
    ...(more.spans && { spans: more.spans }),
    functions: ["echo"],
    index: operations.map((_, row) => row * 2),
    start: operations.map(({ start }) => start),
    end: operations.map(({ end }) => end),
    ending: operations.map(({ ending }) => ending).join(""),
    process: operations.map(({ process }) => process),
    f: operations.map(() => 0),
    node: operations.map(() => 0),
    asked: operations.map((_, row) => `"Please echo ${row}"`),
    answered: operations.map(() => ""),
    error: operations.map(({ ending }) => (ending === "o" || ending === "?" ? "" : "net-timeout")),
    messages: operations.map(() => []),
  };
  return {
    format: 1,
    id: "echo/20260101T000000.000Z",
    workload: "echo",
    meaning: "Every echo came back.",
    state: "complete",
    options: { concurrency },
    versions: {},
    checks: [],
    end: Math.max(1000, ...operations.map(({ start, end }) => Math.max(start, end))),
    nodes: ["n0"],
    faults: more.faults ?? [],
    bins: { width: 1000, functions: [], series: [] },
    operations: columns,
    messages: {
      ...{ total: 0, names: [], types: [], id: [], src: [], dest: [], type: [], sent: [], arrived: [] },
      ...{ sentOrder: [], arrivedOrder: [], fate: "", msgId: [], inReplyTo: [], body: [] },
    },
    logs: [],
  };
}
