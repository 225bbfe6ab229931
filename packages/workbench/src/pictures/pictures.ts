/** The pictures of a run that are files: its charts and its messages, as SVG. */

import { second } from "../time/clock.ts";
import { binCount, binned } from "./bins.ts";
import { type ChartData, type ChartOptions, plotOf } from "./charts/chart-data.ts";
import { drawLatencyQuantiles } from "./charts/latency-quantiles.ts";
import { type Drawn, drawLatencyRaw } from "./charts/latency-raw.ts";
import { drawRate } from "./charts/rate.ts";
import { latencyLabel } from "./charts/value-axis.ts";
import type { Frame } from "./frame.ts";
import { lowered } from "./lowered-pen.ts";
import type { Pen } from "./pen.ts";
import type { FaultSpan } from "./run-data.ts";
import { svgFile } from "./svg-file.ts";
import { shortened, visible } from "./visible.ts";

export { messagesSvg } from "./sequence/messages-svg.ts";

/** What stands above a chart. */
export interface About {
  /** What was run. */
  readonly title: string;
  /** When the last thing happened, ns. */
  readonly end: number;
}

/** px: of a picture; what its title takes; that a function's part of it is high. */
const [width, headHeight, panelHeight] = [1000, 56, 130];
/** px that a chart of one function is high, its axis and its legend among them. */
const chartHeight = 400;
/** As many marks as a file can hold that is to stay small. */
const mostMarks = 60_000;
/** Bins that a file shows, at most. */
const mostBins = 150;
/** Of more operations than these the bins are taken as they are. */
const fewOperations = 200_000;

/** Each operation of the run. */
export function latencyRawSvg(data: ChartData, about: About): string {
  return chartSvg("latency of each operation", data, about, chartHeight, (pen, frame) =>
    whatMarksAre(drawLatencyRaw(pen, frame, data, { mostMarks }), data),
  );
}

export function latencyQuantilesSvg(given: ChartData, about: About): string {
  const name = "latency quantiles of operations that ended ok";
  const data = wellBinned(given, about, 20);
  return chartSvg(name, data, about, panelsHeight(data), (pen, frame, options) => {
    drawLatencyQuantiles(pen, frame, data, options);
    return `Each point is what began within ${latencyLabel(data.bins.width)}.`;
  });
}

export function rateSvg(given: ChartData, about: About): string {
  const data = wellBinned(given, about, 6);
  return chartSvg("operations a second", data, about, panelsHeight(data), (pen, frame, options) => {
    drawRate(pen, frame, data, options);
    return `Each step is what ended within ${latencyLabel(data.bins.width)}.`;
  });
}

/** With bins that suit the number of operations: so many in each, at least on average. */
function wellBinned(data: ChartData, { end }: About, enough: number): ChartData {
  const { points } = data;
  if (points.length === 0 || points.length > fewOperations) return data;
  return {
    ...data,
    bins: binned(points, { from: 0, to: Math.max(1, end) }, binCount(points, mostBins, enough)),
  };
}

/** Of a chart that has a part for each function. */
function panelsHeight({ bins }: ChartData): number {
  // Where there are too many, one holds all.
  const count = bins.functions.length;
  return count > 8 ? chartHeight : Math.max(chartHeight, (count + 1) * panelHeight);
}

/** Draws, and returns what is to be known of what it drew. */
type Draw = (pen: Pen, frame: Frame, options: ChartOptions) => string;

function chartSvg(name: string, data: ChartData, about: About, height: number, draw: Draw): string {
  const { points, faults } = data;
  // Faults take their room from nobody.
  const taller =
    height + plotOf({ ...none, height }, data).top - plotOf({ ...none, height }, { ...data, faults: [] }).top;
  const frame: Frame = {
    width,
    height: taller,
    left: 72,
    right: 24,
    from: 0,
    to: about.end > 0 ? about.end : second,
  };
  const title = `${visible(shortened(about.title, 60))}: ${name}`;
  const operations = points.length === 1 ? "1 operation" : `${count(points.length)} operations`;
  const description = `${operations} in ${latencyLabel(about.end)}; ${faultsInWords(faults)}.`;
  return svgFile({ width, height: taller + headHeight, title, description }, (pen) => {
    pen.text(frame.left, 24, title, { bold: true, size: 15 });
    const remark = draw(lowered(pen, headHeight), frame, {});
    pen.text(
      frame.left,
      43,
      `${operations} in ${latencyLabel(about.end)}. ${points.length > 0 ? remark : ""}`,
      { ink: "faint" },
    );
    if (points.length > 0) return;
    pen.text(width / 2, headHeight + taller / 2, "No client began an operation.", {
      ink: "faint",
      anchor: "middle",
    });
  });
}

const none: Frame = { width, height: 0, left: 0, right: 0, from: 0, to: 1 };

/** What is to be known of marks that may stand for several operations. */
function whatMarksAre({ operations, marks, spot }: Drawn, { points }: ChartData): string {
  if (operations === 0) return "";
  const hidden = points.length - operations;
  const outside = hidden > 0 ? ` ${count(hidden)} began after the end.` : "";
  if (operations === marks) return `Each mark is one of them.${outside}`;
  const where = spot === 1 ? "on the same spot" : `within ${spot} px`;
  return `Those that look alike and lie ${where} are one mark: ${count(marks)} marks.${outside}`;
}

function faultsInWords(faults: readonly FaultSpan[]): string {
  if (faults.length === 0) return "no faults";
  const counts = new Map<string, number>();
  for (const { fault } of faults) counts.set(fault, (counts.get(fault) ?? 0) + 1);
  return [...counts]
    .map(([fault, times]) => `${visible(fault)} ${times === 1 ? "once" : `${times} times`}`)
    .join(", ");
}

function count(number: number): string {
  return number.toLocaleString("en");
}
