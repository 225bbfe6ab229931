/** How many operations ended in each moment, a second: a line for each function and each way to end. */

import { second } from "../../time/clock.ts";
import type { Frame } from "../frame.ts";
import type { Pen } from "../pen.ts";
import type { Bins } from "../run-data.ts";
import { visible } from "../visible.ts";
import { type ChartData, type ChartOptions, plotOf } from "./chart-data.ts";
import { drawFaultBands } from "./fault-bands.ts";
import { drawLegend, endingInks, type LegendEntry, legendHeight, shapeOf } from "./legend.ts";
import { binsIn, drawPanelTitle, functionEntries, needShapes, panelsOf } from "./panels.ts";
import { drawTimeAxis } from "./time-axis.ts";
import { type Axis, drawValueAxis, rateAxis } from "./value-axis.ts";

/** How the lines look: apart from their colours, too. In the order in which they are drawn. */
const looks = [
  { ending: "ok", width: 2, dashed: false },
  { ending: "fail", width: 1.5, dashed: true },
  { ending: "info", width: 3, dashed: false },
] as const;

/** px between marks on a line, at least; and their size */
const [apart, markSize] = [56, 7];

export function drawRate(pen: Pen, frame: Frame, data: ChartData, options: ChartOptions = {}): void {
  const { bins, faults } = data;
  const { legend = true } = options;
  const plot = plotOf(frame, data, options);
  const panels = panelsOf(bins, plot, (f) =>
    looks.some(({ ending }) => bins.series[f]?.[ending].some((count) => count > 0)),
  );
  const shapes = needShapes(panels);
  if (legend) drawLegend(pen, frame, [...endingEntries(bins), ...(shapes ? functionEntries(bins) : [])]);
  drawFaultBands(pen, frame, faults, legend ? legendHeight : 0, plot.bottom);
  const largest = (mostIn(bins) * second) / bins.width;
  for (const panel of panels) {
    const axis = rateAxis(largest, panel);
    if (panels.length > 1) drawPanelTitle(pen, frame, bins, panel);
    drawValueAxis(pen, frame, axis);
    if (panel.bottom === plot.bottom) drawTimeAxis(pen, frame, plot);
    else pen.line([frame.left, panel.bottom, frame.width - frame.right, panel.bottom], "axis");
    const { left, right, width } = frame;
    pen.clip(left, panel.top - 4, width - left - right, panel.bottom - panel.top + 6, () => {
      for (const f of panel.functions) drawFunction(pen, frame, bins, f, axis, shapes);
    });
  }
}

/** Ways to end that occur. */
function endingEntries({ series }: Bins): LegendEntry[] {
  return looks.flatMap(({ ending, ...look }) =>
    series.some((one) => one[ending].some((count) => count > 0))
      ? [{ text: ending, ink: endingInks[ending], ...look }]
      : [],
  );
}

function mostIn({ series }: Bins): number {
  let most = 0;
  for (const { ok, fail, info } of series)
    for (const counts of [ok, fail, info]) for (const count of counts) most = Math.max(most, count);
  return most;
}

/** A step for each bin; where nothing ended for a while, there is no line, so that the axis stays visible. */
function drawFunction(pen: Pen, frame: Frame, bins: Bins, f: number, axis: Axis, shapes: boolean): void {
  const places = binsIn(frame, bins);
  const every = Math.max(1, Math.ceil(apart / Math.max(1e-9, (places[0]?.x1 ?? 1) - (places[0]?.x0 ?? 0))));
  const name = visible(bins.functions[f] ?? "");
  const floor = axis.scale(0);
  for (const { ending, ...look } of looks) {
    const counts = bins.series[f]?.[ending] ?? [];
    pen.group(`${name}: ${ending}`, () => {
      const marks: number[] = [];
      let line: number[] = [];
      let end = 0;
      const finish = (): void => {
        if (line.length > 0) pen.line([...line, end, floor], endingInks[ending], look);
        line = [];
      };
      for (const { bin, x0, x1 } of places) {
        const count = counts[bin] ?? 0;
        if (count === 0) {
          finish();
          continue;
        }
        const y = axis.scale((count * second) / bins.width);
        if (line.length === 0) line.push(x0, floor);
        line.push(x0, y, x1, y);
        end = x1;
        if (shapes && bin % every === 0) marks.push((x0 + x1) / 2, y);
      }
      finish();
      if (marks.length > 0) pen.marks(shapeOf(f), markSize, marks, endingInks[ending]);
    });
  }
}
