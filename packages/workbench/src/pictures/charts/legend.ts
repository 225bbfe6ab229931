/** Legends: what the colours, shapes and lines of a chart mean. */
import type { Frame } from "../frame.ts";
import { type Ink, type Pen, type Shape, shapes } from "../pen.ts";
import type { EndingWord } from "../points.ts";
import { shortened, visible } from "../visible.ts";

/** How operations are drawn that ended in one way. */
export const endingInks: Readonly<Record<EndingWord, Ink>> = {
  ok: "ok",
  fail: "fail",
  info: "info",
  open: "open",
};

/** The shape of a function, by its place among the functions. */
export function shapeOf(f: number): Shape {
  return shapes[f % shapes.length] ?? "circle";
}

export interface LegendEntry {
  readonly text: string;
  readonly ink: Ink;
  /** Absent where it is a line. */
  readonly shape?: Shape;
  readonly dashed?: boolean;
  /** px */
  readonly width?: number;
}

/** px */
export const legendHeight = 24;
const [swatch, gap, baseLine, size] = [18, 16, 15, 8];
/** px that a character is wide, about */
const character = 6.4;

/** Writes the entries from left to right; those for which there is no room are counted. */
export function drawLegend(pen: Pen, frame: Frame, entries: readonly LegendEntry[]): void {
  const end = frame.width - frame.right;
  let x = frame.left;
  for (const [i, { text, ink, shape, dashed = false, width = 2 }] of entries.entries()) {
    const words = visible(shortened(text, 30));
    const needed = swatch + words.length * character;
    const left = entries.length - i;
    if (x + needed > end - (left > 1 ? 60 : 0)) {
      pen.text(x, baseLine, `and ${left} more`, { ink: "faint" });
      return;
    }
    if (shape) pen.marks(shape, size, [x + 6, baseLine - 4], ink);
    else pen.line([x, baseLine - 4, x + 13, baseLine - 4], ink, { width, dashed });
    pen.text(x + swatch, baseLine, words, { ink: "faint" });
    x += needed + gap;
  }
}
