/** What stands above and behind the tracks of the timeline: the axis of time, the faults, and the time that is not in the data. */
import { timeTicks } from "./charts/time-axis.ts";
import { type Frame, xOf } from "./frame.ts";
import type { Pen } from "./pen.ts";
import type { FaultSpan, Part, RunData, Span } from "./run-data.ts";
import { shortened, visible } from "./visible.ts";

/** px */
export const axisHeight = 24;
const faultHeight = 18;
/** Frames whose left margin is narrower have no room for words there. */
const wordy = 60;
/** px that a character is wide, about */
const character = 6.6;

/** The faults of a run by their kind: each kind has a row of its own above the tracks. */
export interface FaultRows {
  readonly kinds: readonly string[];
  readonly faults: readonly FaultSpan[];
}

export function faultRowsOf({ faults }: Pick<RunData, "faults">): FaultRows {
  return { kinds: [...new Set(faults.map(({ fault }) => fault))], faults };
}

/** px above the first track */
export function headHeight({ kinds }: FaultRows): number {
  return axisHeight + kinds.length * faultHeight + (kinds.length > 0 ? 4 : 0);
}

/** Pieces of the frame's time that are not in the data. */
export function gapsIn({ spans }: Pick<Part, "spans">, { from, to }: Span): Span[] {
  if (!spans) return [];
  const gaps: Span[] = [];
  let end = from;
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    if (span.from > end) gaps.push({ from: end, to: Math.min(span.from, to) });
    end = Math.max(end, span.to);
    if (end >= to) return gaps;
  }
  gaps.push({ from: end, to });
  return gaps;
}

/** px where a piece of time lies; no wider than the frame, and wide enough to be seen. */
function edgesOf(frame: Frame, from: number, to: number): { x0: number; x1: number } {
  const right = frame.width - frame.right;
  const x0 = Math.max(xOf(frame, from), frame.left);
  return { x0, x1: Math.min(Math.max(xOf(frame, to), x0 + 1), right) };
}

/** The lines of the axis, and its times, as below the charts. */
export function drawAxis(pen: Pen, frame: Frame): void {
  const { left, width } = frame;
  const right = width - frame.right;
  for (const { value, label } of timeTicks(frame, Math.max(2, Math.floor((right - left) / 110)))) {
    const x = xOf(frame, value);
    pen.line([x, axisHeight - 5, x, frame.height], "grid");
    const half = label.length * 3.4;
    // At either end a label stays within the frame, beside what stands in the margin.
    const anchor = x - half < left ? "start" : x + half > width ? "end" : "middle";
    pen.text(anchor === "end" ? width - 2 : x, 14, label, { ink: "faint", anchor });
  }
  pen.line([left, axisHeight - 0.5, right, axisHeight - 0.5], "axis");
}

/** Each kind of fault in its row, and faintly behind the tracks. */
export function drawFaults(pen: Pen, frame: Frame, { kinds, faults }: FaultRows, bottom: number): void {
  const right = frame.width - frame.right;
  const { left, to: end } = frame;
  for (const { fault, from, to = Number.POSITIVE_INFINITY, text } of faults) {
    if (from > end || to < frame.from) continue;
    const { x0, x1 } = edgesOf(frame, from, Math.min(to, end));
    const y = axisHeight + 2 + kinds.indexOf(fault) * faultHeight;
    pen.group(visible(text), () => {
      pen.rect(x0, y + faultHeight, x1 - x0, bottom - y - faultHeight, "fault", 0.07);
      pen.rect(x0, y + 2, x1 - x0, faultHeight - 3, "fault", 0.24);
      if (xOf(frame, from) >= left) pen.rect(x0, y + 2, 2, faultHeight - 3, "fault");
      if (xOf(frame, to) <= right) pen.rect(x1 - 1, y + 2, 1, faultHeight - 3, "fault");
      if (x1 - x0 < 40) return;
      const words = visible(shortened(inRow(fault, text, left < wordy), (x1 - x0 - 11) / character));
      pen.clip(x0, y, x1 - x0 - 4, faultHeight, () => pen.text(x0 + 7, y + 13.5, words));
    });
  }
  for (const [i, kind] of kinds.entries()) {
    const y = axisHeight + 2 + i * faultHeight + 13.5;
    if (left >= wordy) pen.text(left - 8, y, kind, { ink: "faint", anchor: "end" });
  }
}

/** What is said of a fault in its row: its kind stands beside the row, if there is room. */
function inRow(fault: string, text: string, alone: boolean): string {
  const begin = [`start-${fault}`, fault].find((words) => text === words || text.startsWith(`${words} `));
  const rest = begin === undefined ? text : text.slice(begin.length + 1);
  return alone ? `${fault} ${rest}` : rest;
}

/** The fault of the row under the pointer; of those that lie on each other there, the last. */
export function faultAt(
  x: number,
  y: number,
  frame: Frame,
  { kinds, faults }: FaultRows,
): FaultSpan | undefined {
  const kind = kinds[Math.floor((y - axisHeight - 2) / faultHeight)];
  if (kind === undefined) return undefined;
  return faults.findLast(({ fault, from, to = Number.POSITIVE_INFINITY }) => {
    if (fault !== kind || from > frame.to || to < frame.from) return false;
    const { x0, x1 } = edgesOf(frame, from, Math.min(to, frame.to));
    return x >= x0 - 2 && x <= x1 + 2;
  });
}

/** Hatches the time of which only some operations are in the data, and says so where there is room. */
export function drawGaps(pen: Pen, frame: Frame, gaps: readonly Span[], top: number, bottom: number): void {
  for (const gap of gaps) {
    const { x0, x1 } = edgesOf(frame, gap.from, gap.to);
    const height = bottom - top;
    pen.clip(x0, top, x1 - x0, height, () => {
      pen.rect(x0, top, x1 - x0, height, "gap", 0.08);
      // Where the lines lie does not depend on the window, as long as it does not move.
      for (let x = Math.floor((x0 - height) / 12) * 12; x < x1; x += 12) {
        pen.line([x, bottom, x + height, top], "gap", { opacity: 0.35 });
      }
    });
  }
}
