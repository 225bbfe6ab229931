/** Charts of bins: one panel below the other for each function where there is room, or else all functions in one. */

import { type Frame, xOf } from "../frame.ts";
import type { Pen } from "../pen.ts";
import type { Bins } from "../run-data.ts";
import { shortened, visible } from "../visible.ts";
import type { Plot } from "./chart-data.ts";
import { type LegendEntry, shapeOf } from "./legend.ts";

export interface Panel extends Plot {
  /** The functions that it shows, by their place among the functions. */
  readonly functions: readonly number[];
}

/** px that a panel is high, at least, and that its title takes */
const [least, titleHeight] = [90, 22];

/** @param occurs whether there is anything of a function to be seen, by its place among the functions */
export function panelsOf(
  { functions }: Bins,
  { top, bottom }: Plot,
  occurs: (f: number) => boolean,
): Panel[] {
  const all = [...functions.keys()].filter(occurs);
  const height = (bottom - top) / all.length;
  if (all.length < 2 || height < least) return [{ top, bottom, functions: all }];
  return all.map((f, i) => ({
    top: top + i * height + titleHeight,
    bottom: i === all.length - 1 ? bottom : top + (i + 1) * height,
    functions: [f],
  }));
}

/** Whether shapes tell functions apart; otherwise each has a panel with its name. */
export function needShapes(panels: readonly Panel[]): boolean {
  return panels.some(({ functions }) => functions.length > 1);
}

export function drawPanelTitle(pen: Pen, { left }: Frame, bins: Bins, { top, functions }: Panel): void {
  const name = bins.functions[functions[0] ?? -1] ?? "";
  pen.text(left + 1, top - 7, visible(shortened(name, 60)), { bold: true });
}

/** What shapes mean, where they are needed. */
export function functionEntries({ functions }: Bins): LegendEntry[] {
  return functions.length < 2 ? [] : functions.map((text, f) => ({ text, ink: "text", shape: shapeOf(f) }));
}

/** The bins that lie at least partly in the frame, each with its edges in px. */
export function binsIn(
  frame: Frame,
  { from = 0, width, series }: Bins,
): { bin: number; x0: number; x1: number }[] {
  const count = Math.max(0, ...series.map(({ ok }) => ok.length));
  const first = Math.max(0, Math.floor((frame.from - from) / width));
  const last = Math.min(count - 1, Math.ceil((frame.to - from) / width) - 1);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => ({
    bin: first + i,
    x0: xOf(frame, from + (first + i) * width),
    x1: xOf(frame, from + (first + i + 1) * width),
  }));
}
