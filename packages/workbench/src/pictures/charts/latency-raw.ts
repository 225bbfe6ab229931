/** Each operation by when it began and how long it took: its colour says how it ended, its shape what it was. */
import { type Frame, timeAt, xOf } from "../frame.ts";
import { type Pen, shapes } from "../pen.ts";
import { endings, firstFrom, type Points } from "../points.ts";
import { visible } from "../visible.ts";
import { type ChartData, type ChartOptions, plotOf } from "./chart-data.ts";
import { drawFaultBands } from "./fault-bands.ts";
import { drawLegend, endingInks, type LegendEntry, legendHeight, shapeOf } from "./legend.ts";
import { spotsOf } from "./spots.ts";
import { drawTimeAxis } from "./time-axis.ts";
import { type Axis, drawValueAxis, type LatencyRange, latencyAxis } from "./value-axis.ts";

/** What was drawn of the piece of time that is shown. */
export interface Drawn {
  readonly operations: number;
  /** Fewer than operations where some lay on the same spot. */
  readonly marks: number;
  /** px: the width of a spot; more than 1 where there would have been too many marks. */
  readonly spot: number;
}

/** px: what did not end has a line of its own above the others. */
const openRoom = 18;

export function drawLatencyRaw(pen: Pen, frame: Frame, data: ChartData, options: ChartOptions = {}): Drawn {
  const { points, faults } = data;
  const { legend = true, mostMarks = Number.POSITIVE_INFINITY } = options;
  const plot = plotOf(frame, data, options);
  const axis = rawAxis(frame, data, options);
  const bandsTop = legend ? legendHeight : 0;
  if (legend) drawLegend(pen, frame, rawLegend(points));
  drawFaultBands(pen, frame, faults, bandsTop, plot.bottom);
  drawValueAxis(pen, frame, axis);
  drawTimeAxis(pen, frame, plot);

  const { from, to } = rowsIn(points, frame);
  const { start, latency, ending, f } = points;
  const { left, right, width, height } = frame;
  const perNs = (width - left - right) / (frame.to - frame.from);
  const { places, marks, spot } = spotsOf(width, height, endings.length * shapes.length, mostMarks, (add) => {
    for (let i = from; i < to; i++) {
      const x = left + ((start[i] ?? 0) - frame.from) * perNs;
      const look = (ending[i] ?? 0) * shapes.length + ((f[i] ?? 0) % shapes.length);
      if (!add(x, axis.scale(latency[i] ?? -1), look)) return;
    }
  });
  const size = marks < 2000 ? 7 : marks < 8000 ? 6 : 5;
  for (const [look, at] of places.entries()) {
    const [shape, ending] = [shapes[look % shapes.length], endings[Math.floor(look / shapes.length)]];
    if (at.length === 0 || !shape || !ending) continue;
    const names = points.functions.filter((_, f) => shapeOf(f) === shape).map(visible);
    pen.group(`${names.join(", ")}: ${endingWords[ending]}`, () =>
      pen.marks(shape, size, at, endingInks[ending]),
    );
  }
  return { operations: to - from, marks, spot };
}

/** What is written of an ending. */
export const endingWords = { ok: "ok", fail: "fail", info: "info", open: "no end" } as const;

function rawLegend({ functions, ending, length }: Points): LegendEntry[] {
  const occurring = endings.map(() => false);
  for (let i = 0; i < length; i++) occurring[ending[i] ?? 0] = true;
  const several = functions.length > 1;
  return [
    ...endings.flatMap((word, i): LegendEntry[] =>
      occurring[i]
        ? [{ text: endingWords[word], ink: endingInks[word], shape: several ? "circle" : shapeOf(0) }]
        : [],
    ),
    ...(several ? functions.map((text, f): LegendEntry => ({ text, ink: "text", shape: shapeOf(f) })) : []),
  ];
}

/** The axis of latencies, the same for every piece of time of the same data; what has no end (-1) lies at its top. */
export function rawAxis(frame: Frame, data: ChartData, options: ChartOptions = {}): Axis {
  const { top, bottom } = plotOf(frame, data, options);
  const { open, ...range } = rangeOf(data.points);
  const axis = latencyAxis(range, { top: open ? Math.min(top + openRoom, bottom) : top, bottom });
  if (!open) return axis;
  return {
    scale: (latency) => (latency < 0 ? top : axis.scale(latency)),
    ticks: [...axis.ticks, { value: -1, label: "no end" }],
  };
}

function rangeOf({ latency, length }: Points): LatencyRange & { readonly open: boolean } {
  let [least, largest, zero, open] = [Number.POSITIVE_INFINITY, 0, false, false];
  for (let i = 0; i < length; i++) {
    const took = latency[i] ?? -1;
    if (took < 0) open = true;
    else if (took === 0) zero = true;
    else {
      if (took < least) least = took;
      if (took > largest) largest = took;
    }
  }
  return { least: largest > 0 ? least : 0, largest, zero, open };
}

/** The operations that began in the piece of time: from the first up to before the last. */
function rowsIn(points: Points, { from, to }: Pick<Frame, "from" | "to">): { from: number; to: number } {
  return { from: firstFrom(points, from), to: firstFrom(points, to + 1) };
}

/**
 * The operation that is nearest to a place.
 *
 * @param place px, and how far from it an operation may be
 * @returns its place among the points
 */
export function findRaw(
  frame: Frame,
  data: ChartData,
  { x, y, reach }: { readonly x: number; readonly y: number; readonly reach: number },
  options: ChartOptions = {},
): number | undefined {
  const { start, latency } = data.points;
  const { scale } = rawAxis(frame, data, options);
  const near = { from: timeAt(frame, x - reach), to: timeAt(frame, x + reach) };
  const { from, to } = rowsIn(data.points, {
    from: Math.max(frame.from, near.from),
    to: Math.min(frame.to, near.to),
  });
  let [nearest, found]: [number, number | undefined] = [reach, undefined];
  for (let i = from; i < to; i++) {
    const distance = Math.hypot(xOf(frame, start[i] ?? 0) - x, scale(latency[i] ?? -1) - y);
    if (distance > nearest) continue;
    nearest = distance;
    found = i;
  }
  return found;
}
