import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binCount, binned } from "./bins.ts";
import { endings, type Points } from "./points.ts";
import { type Bins, quantiles, type Span } from "./run-data.ts";

interface Drawn {
  readonly start: number;
  readonly latency: number;
  readonly ending: (typeof endings)[number];
  readonly f: number;
}

const functions = ["read", "write"];

const operations = fc.array(
  fc.record({
    start: fc.nat(1000),
    latency: fc.oneof(fc.nat(50), fc.nat(2000)),
    ending: fc.constantFrom(...endings),
    f: fc.nat(1),
  }),
  { maxLength: 200 },
);

function pointsOf(drawn: readonly Drawn[]): Points {
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

/** The same, by looking at each operation for each bin. */
function naive(drawn: readonly Drawn[], { from, to }: Span, count: number): Bins {
  const width = Math.max(to - from, 1) / count;
  const bins = Array.from({ length: count }, (_, bin) => bin);
  const isIn = (time: number, bin: number): boolean =>
    time >= from &&
    time <= to &&
    (bin === count - 1
      ? Math.floor((time - from) / width) >= bin
      : Math.floor((time - from) / width) === bin);
  const series = functions.map((_, f) => {
    const mine = drawn.filter((one) => one.f === f);
    const ended = (ending: string): number[] =>
      bins.map(
        (bin) => mine.filter((one) => one.ending === ending && isIn(one.start + one.latency, bin)).length,
      );
    const latencies = quantiles.map((q) =>
      bins.map((bin) => {
        const all = mine
          .filter((one) => one.ending === "ok" && isIn(one.start, bin))
          .map(({ latency }) => latency);
        // The smallest latency that at least the part q of the operations did not exceed.
        const reached = all.filter(
          (latency) => all.filter((other) => other <= latency).length >= q * all.length,
        );
        return all.length === 0 ? -1 : Math.min(...reached);
      }),
    );
    return { ok: ended("ok"), fail: ended("fail"), info: ended("info"), latencies };
  });
  return { from, width, functions, series };
}

describe("bins", () => {
  it("count what ended in them, and have the quantiles of what began in them", () => {
    const spans = fc.tuple(fc.nat(800), fc.nat(1500)).map(([from, length]) => ({ from, to: from + length }));
    fc.assert(
      fc.property(operations, spans, fc.integer({ min: 1, max: 12 }), (drawn, span, count) => {
        expect(binned(pointsOf(drawn), span, count)).toEqual(naive(drawn, span, count));
      }),
      { numRuns: 500 },
    );
  });

  it("have the quantiles of however many there are", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (count) => {
        const drawn = Array.from(
          { length: count },
          (_, i): Drawn => ({ start: i, latency: i + 1, ending: "ok", f: 0 }),
        );
        expect(binned(pointsOf(drawn), { from: 0, to: 999 }, 1)).toEqual(
          naive(drawn, { from: 0, to: 999 }, 1),
        );
      }),
    );
  });

  it("count each operation of the span once, in whatever bins", () => {
    fc.assert(
      fc.property(operations, fc.integer({ min: 1, max: 300 }), (drawn, count) => {
        const { series } = binned(pointsOf(drawn), { from: 0, to: 5000 }, count);
        const counted = series.flatMap(({ ok, fail, info }) => [...ok, ...fail, ...info]);
        expect(counted.reduce((sum, one) => sum + one, 0)).toBe(
          drawn.filter(({ ending }) => ending !== "open").length,
        );
      }),
    );
  });

  it("can be of a piece of time that has no length", () => {
    const points = pointsOf([{ start: 5, latency: 0, ending: "ok", f: 0 }]);
    expect(binned(points, { from: 5, to: 5 }, 3).series[0]?.ok).toEqual([1, 0, 0]);
  });

  it("are as many as there are operations for, within limits", () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(5), fc.integer({ min: 1, max: 300 }), (length, f, most) => {
        const count = binCount({ length, functions: functions.slice(0, f) }, most, 20);
        expect(count).toBeLessThanOrEqual(most);
        expect(count).toBeGreaterThanOrEqual(Math.min(20, most));
        if (count > 20) expect(length / count).toBeGreaterThanOrEqual(20 * Math.max(1, Math.min(f, 2)));
      }),
    );
    expect(binCount({ length: 1e6, functions }, 150, 20)).toBe(150);
  });
});
