/** Where time lies in all pictures of a report: the margins are the same, so that a moment is at the same x in each. */
import type { Frame, Span } from "@eddy/workbench/pictures";

/** px; pictures that are narrower have narrower margins. */
const narrow = 560;

/** The frame of a picture of this size that shows this piece of time. */
export function frameOf(width: number, height: number, { from, to }: Span): Frame {
  const [left, right] = width < narrow ? [54, 8] : [76, 16];
  // A picture that has not been laid out yet is drawn as wide as its margins and one px.
  return { width: Math.max(width, left + right + 1), height, left, right, from, to };
}

/** Whether x lies between the margins. */
export function inPlot({ width, left, right }: Frame, x: number): boolean {
  return x >= left && x <= width - right;
}
