import { binned, pointsOf, type RunData } from "@eddy/workbench/pictures";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binsFor, ChartSource } from "./chart-source.ts";
import { sampleOperations, sampleRun } from "./sample-run.ts";
import { View } from "./view.ts";

const count = 40;
/** Operations of three functions, which end in all four ways. */
const operations = {
  ...sampleOperations(Array.from({ length: count }, (_, i) => ({ from: i * 2e7, to: i * 2e7 + 5e6 }))),
  functions: ["add", "read", "cas"],
  f: Array.from({ length: count }, (_, i) => i % 3),
  ending: "oofi?".repeat(count / 5),
};
const spans = [{ from: 0, to: 1e9 }];

function runOf(parts: Partial<RunData> = {}): RunData {
  const whole = sampleRun({ operations });
  return { ...whole, bins: binned(pointsOf(operations), { from: 0, to: 1e9 }, 10), ...parts };
}

const hidden = fc.record({
  functions: fc.subarray([0, 1, 2]),
  endings: fc.subarray(["ok", "fail", "info", "open"] as const),
});

describe("ChartSource", () => {
  it("draws the bins of the run as they are, of the whole run", () => {
    const run = runOf();
    const source = new ChartSource(new View(run));
    expect(source.data.value.bins).toBe(run.bins);
    expect(source.data.value.points.length).toBe(count);
    expect(source.endings).toEqual(["ok", "fail", "info", "open"]);
  });

  it("tells which endings occur", () => {
    const some = runOf({ operations: { ...operations, ending: "oi".repeat(count / 2) } });
    expect(new ChartSource(new View(some)).endings).toEqual(["ok", "info"]);
  });

  it("makes the bins of a window anew, from all operations", () => {
    const view = new View(runOf());
    const source = new ChartSource(view);
    view.show({ from: 2e8, to: 4e8 });
    expect(source.data.value.bins).toEqual(binned(pointsOf(operations), { from: 2e8, to: 4e8 }, 20));
    view.show(view.whole);
    expect(source.data.value.bins).toBe(view.run.bins);
  });

  it("counts in a window what began long before it", () => {
    const long = sampleOperations([
      { from: 0, to: 5e8 },
      { from: 1e8, to: 1.01e8 },
      { from: 6e8, to: 7e8 },
    ]);
    const view = new View(runOf({ operations: long }));
    view.show({ from: 4e8, to: 6e8 });
    expect(new ChartSource(view).data.value.bins).toEqual(binned(pointsOf(long), { from: 4e8, to: 6e8 }, 20));
  });

  it("cuts a window into more bins where there is more to see", () => {
    expect([0, 80, 200, 480, 1e6].map(binsFor)).toEqual([20, 20, 50, 120, 120]);
    const many = sampleOperations(
      Array.from({ length: 900 }, (_, i) => ({ from: i * 1e6, to: i * 1e6 + 5 })),
    );
    const view = new View(runOf({ operations: many }));
    view.show({ from: 1e8, to: 3e8 });
    expect(new ChartSource(view).data.value.bins.series[0]?.ok.length).toBe(50);
  });

  it("leaves the bins as they are where operations are missing", () => {
    const run = runOf({ operations: { ...operations, spans } });
    const view = new View(run);
    view.show({ from: 2e8, to: 4e8 });
    expect(new ChartSource(view).data.value.bins).toBe(run.bins);
  });

  it("leaves out what is hidden, of points and bins alike, and nothing else", () => {
    fc.assert(
      fc.property(hidden, ({ functions, endings }) => {
        const source = new ChartSource(new View(runOf()));
        source.hiddenFunctions.value = new Set(functions);
        source.hiddenEndings.value = new Set(endings);
        const { points, bins } = source.data.value;
        const words = ["ok", "fail", "info", "open"] as const;
        const kept = Array.from({ length: count }, (_, row) => row).filter(
          (row) =>
            !functions.includes(operations.f[row] ?? -1) &&
            !endings.some((ending) => ending === words["ofi?".indexOf(operations.ending[row] ?? "")]),
        );
        expect(Array.from({ length: points.length }, (_, point) => source.rowOf(point))).toEqual(kept);
        for (const [point, row] of kept.entries()) {
          expect(points.start[point]).toBe(operations.start[row]);
          expect(points.f[point]).toBe(operations.f[row]);
        }
        // The bins hold just what the points that are left would give.
        expect(bins).toEqual(binned(points, { from: 0, to: 1e9 }, 10));
      }),
    );
  });

  it("finds the point of a row, and the row of a point", () => {
    fc.assert(
      fc.property(hidden, ({ functions, endings }) => {
        const source = new ChartSource(new View(runOf()));
        source.hiddenFunctions.value = new Set(functions);
        source.hiddenEndings.value = new Set(endings);
        const { length } = source.data.value.points;
        const found = new Set<number>();
        for (let row = 0; row < count; row += 1) {
          const point = source.pointOf(row);
          if (point === undefined) continue;
          expect(source.rowOf(point)).toBe(row);
          found.add(point);
        }
        expect(found.size).toBe(length);
        expect(source.pointOf(count)).toBeUndefined();
      }),
    );
  });

  it("hides functions by their names, whatever their order in the bins", () => {
    const { bins } = runOf();
    const turned = {
      ...bins,
      functions: [...bins.functions].reverse(),
      series: [...bins.series].reverse(),
    };
    const source = new ChartSource(new View(runOf({ bins: turned })));
    source.hiddenFunctions.value = new Set([0]);
    const sums = source.data.value.bins.series.map(({ ok }) => ok.reduce((sum, n) => sum + n, 0));
    expect(sums.map((sum) => sum > 0)).toEqual([true, true, false]);
  });
});
