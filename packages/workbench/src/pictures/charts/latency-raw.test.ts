import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chartData, pointsOfDrawn, runEnd, windows } from "../../../test/chart-data.ts";
import { type Call, RecordingPen } from "../../../test/recording-pen.ts";
import { type Frame, xOf } from "../frame.ts";
import { endings } from "../points.ts";
import { type ChartData, plotOf } from "./chart-data.ts";
import { drawLatencyRaw, findRaw, rawAxis } from "./latency-raw.ts";
import { endingInks, shapeOf } from "./legend.ts";

const functions = ["read", "write", "cas"];

function frameOf({ from, to }: { from: number; to: number }, height = 320): Frame {
  return { width: 900, height, left: 72, right: 20, from, to };
}

function drawn(frame: Frame, data: ChartData, legend = false): readonly Call[] {
  const pen = new RecordingPen();
  drawLatencyRaw(pen, frame, data, { legend });
  return pen.calls;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly look: string;
}

/** Where each operation of the frame's time is to be seen, and as what. */
function expected(frame: Frame, { points, ...data }: ChartData): (Place & { row: number })[] {
  const { scale } = rawAxis(frame, { points, ...data }, { legend: false });
  return Array.from({ length: points.length }, (_, row) => row).flatMap((row) => {
    const [start = -1, latency = -1] = [points.start[row], points.latency[row]];
    if (start < frame.from || start > frame.to) return [];
    const look = `${shapeOf(points.f[row] ?? 0)} ${endingInks[endings[points.ending[row] ?? 0] ?? "ok"]}`;
    return [{ row, x: xOf(frame, start), y: scale(latency), look }];
  });
}

function marksIn(calls: readonly Call[]): Place[] {
  return calls.flatMap(({ kind, points = [], shape, ink }) =>
    kind === "marks"
      ? points.flatMap((x, i) => (i % 2 === 0 ? [{ x, y: points[i + 1] ?? 0, look: `${shape} ${ink}` }] : []))
      : [],
  );
}

const near = (a: Place, b: Place): boolean =>
  a.look === b.look && Math.abs(a.x - b.x) <= 1 && Math.abs(a.y - b.y) <= 1;

describe("the chart of latencies", () => {
  it("has a mark for each operation of the piece of time, and no other; its shape is its function, its colour its end", () => {
    fc.assert(
      fc.property(chartData(functions), windows, (data, window) => {
        const frame = frameOf(window);
        const [marks, places] = [marksIn(drawn(frame, data)), expected(frame, data)];
        for (const place of places) expect(marks.some((mark) => near(mark, place))).toBe(true);
        for (const mark of marks) expect(places.some((place) => near(mark, place))).toBe(true);
        const { top, bottom } = plotOf(frame, data, { legend: false });
        for (const { y } of marks) expect(y >= top - 0.5 && y <= bottom + 0.5).toBe(true);
      }),
    );
  });

  it("tells how many operations and marks it drew", () => {
    fc.assert(
      fc.property(chartData(functions), windows, (data, window) => {
        const pen = new RecordingPen();
        const { operations, marks } = drawLatencyRaw(pen, frameOf(window), data, { legend: false });
        expect(operations).toBe(expected(frameOf(window), data).length);
        expect(marks).toBe(marksIn(pen.calls).length);
        expect(marks).toBeLessThanOrEqual(operations);
      }),
    );
    const twice = { start: 5, latency: 7, ending: "ok", f: 0 } as const;
    const points = pointsOfDrawn([twice, twice, { ...twice, f: 1 }], functions);
    const data = { points, faults: [], bins: { width: 1, functions: [], series: [] } };
    const told = drawLatencyRaw(new RecordingPen(), frameOf({ from: 0, to: 10 }), data);
    expect(told).toEqual({ operations: 3, marks: 2, spot: 1 });
  });

  it("finds the operation that is nearest to a place", () => {
    const places = fc.tuple(fc.nat(900), fc.nat(320), fc.integer({ min: 1, max: 60 }));
    fc.assert(
      fc.property(chartData(functions), windows, places, (data, window, [x, y, reach]) => {
        const frame = frameOf(window);
        const found = findRaw(frame, data, { x, y, reach }, { legend: false });
        const distances = expected(frame, data).map((place) => ({
          row: place.row,
          distance: Math.hypot(place.x - x, place.y - y),
        }));
        const least = Math.min(...distances.map(({ distance }) => distance), Number.POSITIVE_INFINITY);
        if (least > reach) expect(found).toBeUndefined();
        else expect(distances.find(({ row }) => row === found)?.distance).toBeCloseTo(least, 6);
      }),
      { numRuns: 500 },
    );
  });

  it("has and finds what began at the ends of the piece of time, and not what began beside it", () => {
    const operations = [99, 100, 200, 201].map(
      (start) => ({ start, latency: 5, ending: "ok", f: 0 }) as const,
    );
    const points = pointsOfDrawn(operations, functions);
    const data = { points, faults: [], bins: { width: 1, functions: [], series: [] } };
    const frame = frameOf({ from: 100, to: 200 });
    const marks = marksIn(drawn(frame, data));
    expect(marks.map(({ x }) => x)).toEqual([72, 880]);
    const found = (x: number): number | undefined =>
      findRaw(frame, data, { x, y: marks[0]?.y ?? 0, reach: 30 }, { legend: false });
    expect([found(66), found(890), found(400)]).toEqual([1, 2, undefined]);
  });

  it("shows what has no end above all others, and says so", () => {
    fc.assert(
      fc.property(chartData(functions), (data) => {
        const frame = frameOf({ from: 0, to: runEnd });
        const calls = drawn(frame, data);
        const open = marksIn(calls).filter(({ look }) => look.endsWith(" open"));
        const others = marksIn(calls).filter(({ look }) => !look.endsWith(" open"));
        for (const { y } of open) for (const other of others) expect(other.y).toBeGreaterThan(y + 8);
        expect(calls.some(({ text }) => text === "no end")).toBe(open.length > 0);
      }),
    );
  });

  it("says what its colours and shapes mean, of those that occur", () => {
    fc.assert(
      fc.property(chartData(functions), (data) => {
        const frame = frameOf({ from: 0, to: runEnd });
        const bare = new Set(drawn(frame, { ...data, faults: [] }).map(({ text }) => text));
        const calls = drawn(frame, { ...data, faults: [] }, true).filter(
          ({ text }) => text && !bare.has(text),
        );
        const words = endings.filter((_, i) => Array.from(data.points.ending).includes(i));
        const said = calls.map(({ text }) => (text === "no end" ? "open" : text));
        const without = words.filter((word) => word !== "open");
        expect(said.filter((word) => word !== "open")).toEqual([...without, ...functions]);
      }),
    );
  });

  it("draws a hundred thousand operations with few marks, and none gets lost", () => {
    const operations = Array.from({ length: 100_000 }, (_, i) => ({
      start: i * 10_000,
      latency: 1000 + ((i * 7919) % 1_000_000) ** 1.2,
      ending: endings[(i * 31) % 3] ?? "ok",
      f: i % 3,
    }));
    const data = {
      points: pointsOfDrawn(operations, functions),
      faults: [],
      bins: { width: 1, functions: [], series: [] },
    };
    const pen = new RecordingPen();
    const told = drawLatencyRaw(pen, frameOf({ from: 0, to: runEnd }), data, {
      legend: false,
      mostMarks: 5000,
    });
    expect(told.operations).toBe(100_000);
    expect(told.marks).toBeLessThanOrEqual(5000);
    expect(told.spot).toBeGreaterThan(1);
    const marks = marksIn(pen.calls);
    for (const place of expected(frameOf({ from: 0, to: runEnd }), data).filter(
      ({ row }) => row % 997 === 0,
    )) {
      const close = ({ x, y, look }: Place): boolean =>
        look === place.look && Math.abs(x - place.x) <= told.spot && Math.abs(y - place.y) <= told.spot;
      expect(marks.some(close)).toBe(true);
    }
  });

  it("has something to show of nothing, of one operation, and of a run without length", () => {
    const none = { points: pointsOfDrawn([], []), faults: [], bins: { width: 1, functions: [], series: [] } };
    const one = { ...none, points: pointsOfDrawn([{ start: 0, latency: 0, ending: "ok", f: 0 }], ["read"]) };
    for (const data of [none, one]) {
      for (const to of [1, runEnd]) {
        const calls = drawn(frameOf({ from: 0, to }), data, true);
        for (const { x = 0, y = 0, points = [] } of calls)
          expect([x, y, ...points].every((value) => Number.isFinite(value))).toBe(true);
        expect(calls.filter(({ kind }) => kind === "text").length).toBeGreaterThan(3);
      }
    }
    expect(marksIn(drawn(frameOf({ from: 0, to: 1 }), one))).toHaveLength(1);
  });
});
