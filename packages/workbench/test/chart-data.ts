/** What charts are drawn from, by chance, for their tests. */
import fc from "fast-check";
import { binned } from "../src/pictures/bins.ts";
import type { ChartData } from "../src/pictures/charts/chart-data.ts";
import { endings, type Points } from "../src/pictures/points.ts";
import type { FaultSpan } from "../src/pictures/run-data.ts";

/** ns: how long the run is. */
export const runEnd = 1_000_000_000;

export interface DrawnOperation {
  readonly start: number;
  readonly latency: number;
  readonly ending: (typeof endings)[number];
  readonly f: number;
}

export function pointsOfDrawn(drawn: readonly DrawnOperation[], functions: readonly string[]): Points {
  const sorted = [...drawn].sort((a, b) => a.start - b.start);
  return {
    length: sorted.length,
    functions,
    start: sorted.map(({ start }) => start),
    latency: sorted.map(({ latency, ending }) => (ending === "open" ? -1 : latency)),
    ending: sorted.map(({ ending }) => endings.indexOf(ending)),
    f: sorted.map(({ f }) => f),
  };
}

const kinds = ["partition", "kill", "pause"] as const;

const faults: fc.Arbitrary<FaultSpan[]> = fc.array(
  fc
    .tuple(fc.constantFrom(...kinds), fc.nat(runEnd), fc.option(fc.nat(runEnd), { nil: undefined }))
    .map(([fault, from, length]) => ({
      fault,
      from,
      ...(length !== undefined && { to: from + length }),
      text: `start-${fault} n0`,
    })),
  { maxLength: 5 },
);

/** Operations of up to `functions` functions, in as many bins as there may be, with faults. */
export function chartData(functions: readonly string[]): fc.Arbitrary<ChartData> {
  const operation = fc.record({
    start: fc.nat(runEnd),
    latency: fc.oneof(fc.constant(0), fc.nat(1_000_000), fc.nat(runEnd)),
    ending: fc.constantFrom(...endings),
    f: fc.nat(functions.length - 1),
  });
  return fc
    .tuple(fc.array(operation, { maxLength: 120 }), fc.integer({ min: 1, max: 40 }), faults)
    .map(([operations, count, faults]) => {
      const points = pointsOfDrawn(operations, functions);
      return { points, faults, bins: binned(points, { from: 0, to: runEnd }, count) };
    });
}

/** A piece of the run. */
export const windows: fc.Arbitrary<{ from: number; to: number }> = fc
  .tuple(fc.nat(900), fc.integer({ min: 10, max: 1000 }))
  .map(([from, length]) => ({
    from: (from / 1000) * runEnd,
    to: (Math.min(1000, from + length) / 1000) * runEnd,
  }));
