import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chartData, windows } from "../../../test/chart-data.ts";
import { type Call, RecordingPen } from "../../../test/recording-pen.ts";
import type { Frame } from "../frame.ts";
import { xOf } from "../frame.ts";
import { type Bins, quantiles } from "../run-data.ts";
import { type ChartData, plotOf } from "./chart-data.ts";
import { drawLatencyQuantiles, quantileName, quantilesLegend } from "./latency-quantiles.ts";
import { endingInks } from "./legend.ts";
import { drawRate } from "./rate.ts";
import { latencyAxis, rateAxis } from "./value-axis.ts";

const options = { legend: false } as const;
const quantileInks = ["p50", "p95", "p99", "p100"] as const;

function frameOf({ from, to }: { from: number; to: number }, height = 300): Frame {
  return { width: 900, height, left: 72, right: 20, from, to };
}

type Draw = typeof drawRate;

function drawn(
  draw: Draw,
  frame: Frame,
  data: ChartData,
  more: { legend?: boolean } = options,
): readonly Call[] {
  const pen = new RecordingPen();
  draw(pen, frame, data, more);
  return pen.calls;
}

/** All points of lines and marks of an ink. */
function pointsIn(calls: readonly Call[], ink: string): { x: number; y: number }[] {
  return calls
    .filter((call) => call.ink === ink && (call.kind === "line" || call.kind === "marks"))
    .flatMap(({ points = [] }) =>
      points.flatMap((x, i) => (i % 2 === 0 ? [{ x, y: points[i + 1] ?? 0 }] : [])),
    );
}

/** The bins that are at least partly in the frame. */
function binsIn({ from, to }: Frame, { width, series }: Bins): number[] {
  return Array.from({ length: series[0]?.ok.length ?? 0 }, (_, bin) => bin).filter(
    (bin) => (bin + 1) * width > from && bin * width < to,
  );
}

function has(points: readonly { x: number; y: number }[], x: number, y: number): boolean {
  return points.some((point) => Math.abs(point.x - x) < 1e-6 && Math.abs(point.y - y) < 1e-6);
}

describe("the chart of latency quantiles", () => {
  it("has each quantile of each bin at its place, and nothing where there is none", () => {
    fc.assert(
      fc.property(chartData(["read"]), windows, (data, window) => {
        const frame = frameOf(window);
        const calls = drawn(drawLatencyQuantiles, frame, data);
        const all = data.bins.series[0]?.latencies.flat().filter((latency) => latency >= 0) ?? [];
        const positive = all.filter((latency) => latency > 0);
        const range = {
          least: positive.length > 0 ? Math.min(...positive) : 0,
          largest: Math.max(0, ...positive),
          zero: all.includes(0),
        };
        const { scale } = latencyAxis(range, plotOf(frame, data, options));
        const bins = binsIn(frame, data.bins);
        for (const [q, ink] of quantileInks.entries()) {
          const points = pointsIn(calls, ink);
          const column = data.bins.series[0]?.latencies[q] ?? [];
          const there = bins.filter((bin) => (column[bin] ?? -1) >= 0);
          for (const bin of there)
            expect(has(points, xOf(frame, (bin + 0.5) * data.bins.width), scale(column[bin] ?? 0))).toBe(
              true,
            );
          expect(points).toHaveLength(there.length);
        }
      }),
    );
  });

  it("interrupts lines where bins are empty", () => {
    const latencies = [1000, 2000, -1, 4000, -1, 6000, 7000, 8000];
    const series = [{ ok: latencies, fail: [], info: [], latencies: quantiles.map(() => latencies) }];
    const data = { points: noPoints, faults: [], bins: { width: 10, functions: ["read"], series } };
    const calls = drawn(drawLatencyQuantiles, frameOf({ from: 0, to: 80 }), data);
    const lines = calls.filter(({ kind, ink }) => kind === "line" && ink === "p95");
    expect(lines.map(({ points = [] }) => points.length / 2)).toEqual([2, 3]);
    expect(calls.filter(({ kind, ink }) => kind === "marks" && ink === "p95")).toHaveLength(1);
  });

  it("tells quantiles apart without colour", () => {
    const looks = quantilesLegend({ width: 1, functions: [], series: [] });
    expect(looks.map(({ text }) => text)).toEqual(["p50", "p95", "p99", "max"]);
    expect(new Set(looks.map(({ width, dashed }) => `${width} ${dashed}`)).size).toBe(4);
    expect(quantiles.map(quantileName)).toEqual(["p50", "p95", "p99", "max"]);
  });
});

const noPoints = { length: 0, functions: [], start: [], latency: [], ending: [], f: [] };

describe("the chart of rates", () => {
  it("has a step for each bin in which something ended, as high as its rate", () => {
    fc.assert(
      fc.property(chartData(["read"]), windows, (data, window) => {
        const frame = frameOf(window);
        const calls = drawn(drawRate, frame, data);
        const { width, series } = data.bins;
        const [one] = series;
        const most = Math.max(0, ...(one ? [...one.ok, ...one.fail, ...one.info] : []));
        const { scale } = rateAxis((most * 1e9) / width, plotOf(frame, data, options));
        for (const ending of ["ok", "fail", "info"] as const) {
          const points = pointsIn(calls, endingInks[ending]);
          for (const bin of binsIn(frame, data.bins)) {
            const count = one?.[ending][bin] ?? 0;
            if (count === 0) continue;
            const y = scale((count * 1e9) / width);
            expect(has(points, xOf(frame, bin * width), y)).toBe(true);
            expect(has(points, xOf(frame, (bin + 1) * width), y)).toBe(true);
          }
          const occurs = binsIn(frame, data.bins).some((bin) => (one?.[ending][bin] ?? 0) > 0);
          if (!occurs) expect(points).toEqual([]);
        }
      }),
    );
  });

  it("comes down to 0 where nothing ended", () => {
    const series = [{ ok: [2, 0, 0, 1], fail: [], info: [], latencies: [] }];
    const data = { points: noPoints, faults: [], bins: { width: 10, functions: ["read"], series } };
    const frame = frameOf({ from: 0, to: 40 });
    const lines = drawn(drawRate, frame, data).filter(({ ink }) => ink === "ok");
    const floor = plotOf(frame, data, options).bottom;
    expect(lines).toHaveLength(2);
    for (const { points = [] } of lines) expect([points[1], points.at(-1)]).toEqual([floor, floor]);
  });

  it("says which ways to end occur, told apart without colour", () => {
    const series = [{ ok: [2], fail: [1], info: [0], latencies: [] }];
    const data = { points: noPoints, faults: [], bins: { width: 10, functions: ["read"], series } };
    const calls = drawn(drawRate, frameOf({ from: 0, to: 10 }), data, {});
    expect(calls.flatMap(({ text }) => text ?? [])).toEqual(expect.arrayContaining(["ok", "fail"]));
    expect(calls.some(({ text }) => text === "info")).toBe(false);
    const lines = calls.filter(({ kind, ink }) => kind === "line" && (ink === "ok" || ink === "fail"));
    expect(new Set(lines.map(({ ink, width, dashed }) => `${ink} ${width} ${dashed}`)).size).toBe(2);
    expect(new Set(lines.map(({ width, dashed }) => `${width} ${dashed}`)).size).toBe(2);
  });
});

/** Where the ticks of values lie up to the next title of a panel, px from the top. */
function ticksIn(calls: readonly Call[]): number[] {
  const end = calls.findIndex(({ kind, x = 0 }) => kind === "text" && x >= 72);
  return calls.slice(0, end < 0 ? undefined : end).flatMap(({ kind, ink, points = [] }) => {
    const isTick = kind === "line" && ink === "grid" && points[1] === points[3];
    return isTick ? [points[1] ?? 0] : [];
  });
}

describe.each([
  ["latency quantiles", drawLatencyQuantiles],
  ["rates", drawRate],
] as const)("charts of bins: %s", (_, draw) => {
  const functions = ["read", "write", "cas"];

  it("have a panel with its name for each function where there is room, and else a shape", () => {
    fc.assert(
      fc.property(chartData(functions), (data) => {
        const window = { from: 0, to: 1e9 };
        const shown = functions.filter((_, f) => {
          const { ok = [], fail = [], info = [] } = data.bins.series[f] ?? {};
          return [...ok, ...(draw === drawRate ? [...fail, ...info] : [])].some((count) => count > 0);
        });
        // What began in the run may have ended after it.
        fc.pre(draw === drawRate || shown.length === functions.length);
        const tall = drawn(draw, frameOf(window, 900), data);
        const names = tall.flatMap(({ text = "" }) => (functions.includes(text) ? [text] : []));
        expect(names).toEqual(shown.length > 1 ? shown : []);
        const titles = tall.filter(({ text = "" }) => functions.includes(text) && shown.length > 1);
        for (const [i, title] of titles.entries()) {
          const panel = ticksIn(tall.slice(tall.indexOf(title) + 1));
          expect(panel.length).toBeGreaterThan(1);
          // Half of a tick's label, and the title itself.
          const below = titles[i + 1]?.y ?? Number.POSITIVE_INFINITY;
          expect(Math.max(...panel)).toBeLessThan(below - 10);
          expect(Math.min(...panel)).toBeGreaterThan(title.y ?? 0);
        }
        const low = drawn(draw, frameOf(window, 200), data, {});
        if (shown.length < 2) return;
        const shapes = new Set(low.flatMap(({ kind, shape }) => (kind === "marks" && shape ? [shape] : [])));
        expect(shapes.size).toBeGreaterThanOrEqual(shown.length);
        for (const name of shown) expect(low.some(({ text }) => text === name)).toBe(true);
      }),
    );
  });

  it("keep to their plot", () => {
    fc.assert(
      fc.property(chartData(functions), windows, fc.constantFrom(120, 200, 700), (data, window, height) => {
        const frame = frameOf(window, height);
        const { top, bottom } = plotOf(frame, data, options);
        for (const ink of ["p50", "p95", "p99", "p100", "ok", "fail", "info"])
          for (const { y } of pointsIn(drawn(draw, frame, data), ink)) {
            expect(y).toBeGreaterThanOrEqual(top - 0.5);
            expect(y).toBeLessThanOrEqual(bottom + 0.5);
          }
      }),
    );
  });

  it("are drawn of nothing, too", () => {
    for (const bins of [
      { width: 1, functions: [], series: [] },
      {
        width: 10,
        functions: ["read"],
        series: [{ ok: [], fail: [], info: [], latencies: [[], [], [], []] }],
      },
    ]) {
      const calls = drawn(draw, frameOf({ from: 0, to: 1 }), { points: noPoints, faults: [], bins }, {});
      expect(calls.flatMap(({ x = 0, y = 0, points = [] }) => [x, y, ...points]).every(Number.isFinite)).toBe(
        true,
      );
    }
  });
});

it("labels of values fit into a margin of 44 px", () => {
  const latencies = [100e6, 200e6];
  const bins = {
    width: 10,
    functions: ["read"],
    series: [{ ok: [1, 1], fail: [], info: [], latencies: quantiles.map(() => latencies) }],
  };
  const calls = drawn(
    drawLatencyQuantiles,
    { ...frameOf({ from: 0, to: 20 }), left: 44 },
    { points: noPoints, faults: [], bins },
  );
  const labels = calls.flatMap(({ kind, x = 99, text = "" }) => (kind === "text" && x < 44 ? [text] : []));
  expect(labels).toEqual(["100ms", "200ms", "500ms", "1s"].filter((label) => labels.includes(label)));
  expect(labels.length).toBeGreaterThan(1);
});

describe("faults", () => {
  const texts = (calls: readonly Call[]): string[] => calls.flatMap(({ text }) => text ?? []);

  it("have a bar for each, on a lane of their kind, with its name", () => {
    fc.assert(
      fc.property(chartData(["read"]), windows, (data, window) => {
        const frame = frameOf(window);
        const calls = drawn(drawRate, frame, data);
        const seen = data.faults.filter(
          ({ from, to = Number.POSITIVE_INFINITY }) => from <= frame.to && to >= frame.from,
        );
        const bars = calls.filter(
          ({ kind, ink, height }) => kind === "rect" && ink === "fault" && height === 15,
        );
        expect(bars).toHaveLength(seen.length);
        const laneOf = new Map<string, number>();
        for (const [i, { fault }] of seen.entries()) {
          const { y = -1, x = -1, width = 0 } = bars[i] ?? {};
          expect(laneOf.get(fault) ?? y).toBe(y);
          laneOf.set(fault, y);
          expect(x).toBeGreaterThanOrEqual(frame.left - 1e-9);
          expect(x + width).toBeLessThanOrEqual(frame.width - frame.right + 1 + 1e-9);
          expect(y + 15).toBeLessThanOrEqual(plotOf(frame, data, options).top);
        }
        expect(new Set(laneOf.values()).size).toBe(laneOf.size);
        for (const kind of new Set(data.faults.map(({ fault }) => fault)))
          expect(texts(calls)).toContain(kind);
      }),
    );
  });

  it("have their names on their bars where the margin has no room for words", () => {
    const fault = { fault: "kill", from: 10, to: 20, text: `kill ${"n0 ".repeat(80)}` };
    const data = { points: noPoints, faults: [fault], bins: { width: 1, functions: [], series: [] } };
    const frame = { ...frameOf({ from: 0, to: 40 }), left: 44, width: 380 };
    expect(texts(drawn(drawRate, frame, data))).toContain("kill");
  });
});
