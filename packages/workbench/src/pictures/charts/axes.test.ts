import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RecordingPen } from "../../../test/recording-pen.ts";
import { type Frame, xOf } from "../frame.ts";
import { drawTimeAxis, timeTicks } from "./time-axis.ts";
import { latencyAxis, latencyLabel, rateAxis, rateLabel } from "./value-axis.ts";

const units: Readonly<Record<string, number>> = { ns: 1, µs: 1e3, ms: 1e6, s: 1e9 };

/** What a label says, ns; relative ones to the last whole millisecond that was told. */
function readLabels(labels: readonly string[]): number[] {
  let whole = 0;
  return labels.map((label) => {
    let value = 0;
    for (const [, plus, number, unit] of label.matchAll(/(\+?)([\d.]+) (s|ms|µs|ns)/g)) {
      const ns = Math.round(Number(number) * (units[unit ?? ""] ?? Number.NaN) * 1000) / 1000;
      if (plus === "") whole = ns;
      value = plus === "" ? ns : whole + ns;
    }
    return value;
  });
}

/** From 20 ns to minutes, anywhere in an hour. */
const spans = fc
  .tuple(fc.double({ min: 1.3, max: 12, noNaN: true }), fc.oneof(fc.constant(0), fc.nat(3_600_000_000)))
  .map(([power, from]) => ({ from: from * 1000, to: from * 1000 + Math.round(10 ** power) }));

describe("ticks of time", () => {
  it("say where they are, are in the piece of time, and differ", () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 2, max: 12 }), (span, count) => {
        const ticks = timeTicks(span, count);
        const step = (ticks[1]?.value ?? 0) - (ticks[0]?.value ?? 0);
        const read = readLabels(ticks.map(({ label }) => label));
        for (const [i, { value }] of ticks.entries()) {
          expect(value).toBeGreaterThanOrEqual(span.from - 1e-3);
          expect(value).toBeLessThanOrEqual(span.to + 1e-3);
          expect(Math.abs((read[i] ?? 0) - value)).toBeLessThanOrEqual(Math.max(1e-2, Math.abs(step) * 1e-3));
        }
        expect(new Set(read).size).toBe(ticks.length);
        expect(ticks.length).toBeLessThanOrEqual(2 * count + 2);
      }),
      { numRuns: 1000 },
    );
  });

  it("are in the unit that the piece of time asks for", () => {
    const labels = (from: number, to: number): string[] =>
      timeTicks({ from, to }, 4).map(({ label }) => label);
    expect(labels(0, 10e9)).toEqual(["0 s", "2 s", "4 s", "6 s", "8 s", "10 s"]);
    expect(labels(12.3e9, 12.34e9)).toEqual(["12.30 s", "12.31 s", "12.32 s", "12.33 s", "12.34 s"]);
    expect(labels(0, 4e6)).toEqual(["0 ms", "1 ms", "2 ms", "3 ms", "4 ms"]);
    expect(labels(0, 800)).toEqual(["0 ns", "200 ns", "400 ns", "600 ns", "800 ns"]);
    expect(labels(12_345_600_000, 12_346_400_000)).toEqual([
      "12.345 s +600 µs",
      "+800 µs",
      "12.346 s",
      "+200 µs",
      "+400 µs",
    ]);
  });

  it("stand below the plot, each with a line, within the picture", () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 200, max: 1400 }), (span, width) => {
        const frame: Frame = { width, height: 200, left: 44, right: 8, ...span };
        const pen = new RecordingPen();
        drawTimeAxis(pen, frame, { top: 10, bottom: 170 });
        const texts = pen.calls.filter(({ kind }) => kind === "text");
        const ticks = timeTicks(frame, Math.floor((width - 52) / 105));
        expect(texts.map(({ text }) => text)).toEqual(ticks.map(({ label }) => label));
        for (const { value } of ticks) {
          const x = xOf(frame, value);
          expect(pen.calls.some(({ kind, points = [] }) => kind === "line" && points[0] === x)).toBe(true);
        }
        for (const { x = -1, y = 0 } of texts) {
          expect(x).toBeLessThanOrEqual(width);
          expect(y).toBeLessThan(200);
        }
      }),
    );
  });
});

const plot = { top: 40, bottom: 340 };
const latencies = fc.nat(11_000).map((power) => Math.round(10 ** (power / 1000)));
const ranges = fc
  .tuple(latencies, latencies, fc.boolean())
  .map(([a, b, zero]) => ({ least: Math.min(a, b), largest: Math.max(a, b), zero }));

describe("the axis of latencies", () => {
  it("has a place in the plot for each of them, the longer the higher, and 0 below all", () => {
    fc.assert(
      fc.property(ranges, fc.array(latencies), (range, some) => {
        const { scale } = latencyAxis(range, plot);
        const inRange = some.filter((each) => each >= range.least && each <= range.largest);
        const next = Math.min(range.least + 1, range.largest);
        const sorted = [range.least, next, ...inRange, range.largest].sort((a, b) => a - b);
        for (const [i, latency] of sorted.entries()) {
          expect(scale(latency)).toBeGreaterThanOrEqual(plot.top - 0.5);
          expect(scale(latency)).toBeLessThanOrEqual(plot.bottom);
          const before = sorted[i - 1];
          if (before !== undefined && before < latency) expect(scale(latency)).toBeLessThan(scale(before));
        }
        expect(scale(0)).toBe(plot.bottom);
        expect(scale(range.least / 100)).toBeGreaterThanOrEqual(scale(range.least));
        if (range.zero) expect(scale(range.least)).toBeLessThanOrEqual(plot.bottom - 20);
      }),
      { numRuns: 500 },
    );
  });

  it("has ticks that say what they are, and room between them", () => {
    fc.assert(
      fc.property(ranges, fc.constantFrom(150, 340), (range, bottom) => {
        const low = { ...plot, bottom };
        const { scale, ticks } = latencyAxis(range, low);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        const ys = ticks.map(({ value }) => scale(value)).sort((a, b) => a - b);
        for (const [i, y] of ys.entries()) {
          expect(y).toBeGreaterThanOrEqual(plot.top - 0.5);
          expect(y).toBeLessThanOrEqual(low.bottom);
          if (i > 0) expect(y - (ys[i - 1] ?? 0)).toBeGreaterThanOrEqual(14);
        }
        for (const { value, label } of ticks) {
          if (value === 0) expect(label).toBe("0");
          else expect(readLabels([label])[0]).toBeCloseTo(value, -Math.log10(value) + 6);
          // So that they fit into the narrowest margin.
          expect(label.length).toBeLessThanOrEqual(6);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("is there when there are no latencies, or none but 0", () => {
    for (const zero of [true, false]) {
      const { scale, ticks } = latencyAxis({ least: 0, largest: 0, zero }, plot);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.every(({ value }) => Number.isFinite(scale(value)))).toBe(true);
    }
  });

  it("writes latencies as people say them", () => {
    const said = [0.4, 7, 1000, 200_000, 1_000_000, 12_345_678, 999_999_999, 1.5e9].map(latencyLabel);
    expect(said).toEqual(["0.4 ns", "7 ns", "1 µs", "200 µs", "1 ms", "12.3 ms", "1 s", "1.5 s"]);
  });
});

/** One operation in a quarter of an hour is the least that there can be. */
const rates = fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 1e7, noNaN: true }));

describe("the axis of rates", () => {
  it("begins at 0, holds the largest, and has ticks that say what they are", () => {
    fc.assert(
      fc.property(rates, (largest) => {
        const { scale, ticks } = rateAxis(largest, plot);
        expect(scale(0)).toBe(plot.bottom);
        expect(scale(largest)).toBeGreaterThanOrEqual(plot.top - 1e-6);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
        for (const { value, label } of ticks) expect(label.length, `${value}`).toBeLessThanOrEqual(8);
      }),
    );
    expect([0, 0.5, 250, 12_500, 2_000_000].map(rateLabel)).toEqual(["0", "0.5", "250", "12.5k", "2M"]);
  });
});
