/** Quantiles of the latencies of operations that ended ok, by when these began: a line for each, by function. */
import type { Frame } from "../frame.ts";
import type { Ink, Pen } from "../pen.ts";
import { type Bins, quantiles } from "../run-data.ts";
import { visible } from "../visible.ts";
import { type ChartData, type ChartOptions, plotOf } from "./chart-data.ts";
import { drawFaultBands } from "./fault-bands.ts";
import { drawLegend, type LegendEntry, legendHeight, shapeOf } from "./legend.ts";
import { binsIn, drawPanelTitle, functionEntries, needShapes, panelsOf } from "./panels.ts";
import { drawTimeAxis } from "./time-axis.ts";
import { type Axis, drawValueAxis, type LatencyRange, latencyAxis } from "./value-axis.ts";

/** How the lines look, in the order of `quantiles`: apart from their colours, too. */
const looks: readonly { readonly ink: Ink; readonly width: number; readonly dashed: boolean }[] = [
  { ink: "p50", width: 3, dashed: false },
  { ink: "p95", width: 2, dashed: false },
  { ink: "p99", width: 1.5, dashed: true },
  { ink: "p100", width: 1, dashed: false },
];

/** px between marks on a line, at least; and their size */
const [apart, markSize] = [28, 7];

/** `p50`, `p95`, `p99`, `max`, as in the results. */
export function quantileName(q: number): string {
  return q === 1 ? "max" : `p${Math.round(q * 100)}`;
}

/** What the lines mean, and the shapes of functions if there are several. */
export function quantilesLegend(bins: Bins): LegendEntry[] {
  const lines = quantiles.map(
    (q, i): LegendEntry => ({ text: quantileName(q), ...(looks[i] ?? { ink: "text" }) }),
  );
  return [...lines, ...functionEntries(bins)];
}

export function drawLatencyQuantiles(
  pen: Pen,
  frame: Frame,
  data: ChartData,
  options: ChartOptions = {},
): void {
  const { bins, faults } = data;
  const { legend = true } = options;
  const plot = plotOf(frame, data, options);
  const panels = panelsOf(
    bins,
    plot,
    (f) => bins.series[f]?.latencies[0]?.some((latency) => latency >= 0) ?? false,
  );
  const shapes = needShapes(panels);
  if (legend)
    drawLegend(pen, frame, shapes ? quantilesLegend(bins) : quantilesLegend({ ...bins, functions: [] }));
  drawFaultBands(pen, frame, faults, legend ? legendHeight : 0, plot.bottom);
  const range = rangeOf(bins);
  for (const panel of panels) {
    const axis = latencyAxis(range, panel);
    if (panels.length > 1) drawPanelTitle(pen, frame, bins, panel);
    drawValueAxis(pen, frame, axis);
    if (panel.bottom === plot.bottom) drawTimeAxis(pen, frame, plot);
    else pen.line([frame.left, panel.bottom, frame.width - frame.right, panel.bottom], "grid");
    // Half of a line's width lies beyond the highest and the lowest value.
    const { left, right, width } = frame;
    pen.clip(left, panel.top - 4, width - left - right, panel.bottom - panel.top + 8, () => {
      for (const f of panel.functions) drawFunction(pen, frame, bins, f, axis, shapes);
    });
  }
}

function drawFunction(pen: Pen, frame: Frame, bins: Bins, f: number, axis: Axis, shapes: boolean): void {
  const places = binsIn(frame, bins);
  const every = Math.max(1, Math.ceil(apart / Math.max(1e-9, (places[0]?.x1 ?? 1) - (places[0]?.x0 ?? 0))));
  const name = visible(bins.functions[f] ?? "");
  // The widest line first: where they lie on each other, all can be seen.
  for (const [i, look] of looks.entries()) {
    const column = bins.series[f]?.latencies[i] ?? [];
    pen.group(`${name}: ${quantileName(quantiles[i] ?? 0)}`, () => {
      const marks: number[] = [];
      let line: number[] = [];
      const finish = (): void => {
        if (line.length > 2) pen.line(line, look.ink, look);
        else marks.push(...line);
        line = [];
      };
      for (const { bin, x0, x1 } of places) {
        const latency = column[bin] ?? -1;
        if (latency < 0) {
          finish();
          continue;
        }
        const [x, y] = [(x0 + x1) / 2, axis.scale(latency)];
        line.push(x, y);
        if (shapes && bin % every === 0) marks.push(x, y);
      }
      finish();
      if (marks.length > 0) pen.marks(shapeOf(f), markSize, marks, look.ink);
    });
  }
}

function rangeOf({ series }: Bins): LatencyRange {
  let [least, largest, zero] = [Number.POSITIVE_INFINITY, 0, false];
  for (const latency of series.flatMap(({ latencies }) => latencies.flat())) {
    if (latency === 0) zero = true;
    if (latency <= 0) continue;
    least = Math.min(least, latency);
    largest = Math.max(largest, latency);
  }
  return { least: largest > 0 ? least : 0, largest, zero };
}
