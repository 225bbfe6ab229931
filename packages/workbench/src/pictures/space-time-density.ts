/** How much happens on each lane where messages are too many to draw each: bars for all that was sent or arrived there. */
import { type Frame, xOf } from "./frame.ts";
import type { Pen } from "./pen.ts";
import type { ArrowPicture } from "./space-time-arrows.ts";

/** px of one bar */
const column = 4;
/** px; on lanes that lie close to each other, they are lower. */
const highest = 16;

/** @param places of the arrows that are counted */
export function drawDensity(
  pen: Pen,
  frame: Frame,
  { arrows, ys }: ArrowPicture,
  places: ArrayLike<number>,
): void {
  const { left, width, right } = frame;
  const columns = Math.ceil((width - right - left) / column);
  const counts = new Uint32Array(ys.length * columns);
  let most = 0;
  const count = (lane: number, time: number): void => {
    const at = Math.floor((xOf(frame, time) - left) / column);
    if (at < 0 || at >= columns || lane < 0) return;
    const now = (counts[lane * columns + at] ?? 0) + 1;
    counts[lane * columns + at] = now;
    most = Math.max(most, now);
  };
  for (let i = 0; i < places.length; i++) {
    const place = places[i] ?? 0;
    count(arrows.from[place] ?? -1, arrows.starts[place] ?? 0);
    if (arrows.fate[place] === 0) count(arrows.to[place] ?? -1, arrows.ends[place] ?? 0);
  }
  const height = Math.min(highest, smallestDistance(ys) * 0.9);
  for (const [lane, y] of ys.entries()) {
    for (let at = 0; at < columns; at++) {
      const number = counts[lane * columns + at] ?? 0;
      if (number === 0) continue;
      // By the root: what is rare is to be seen beside what is frequent.
      const bar = Math.max(1.5, Math.sqrt(number / most) * height);
      pen.rect(left + at * column, y - bar / 2, column - 1, bar, "server", 0.5);
    }
  }
}

function smallestDistance(ys: readonly number[]): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (const [i, y] of ys.entries()) {
    const before = ys[i - 1];
    if (before !== undefined) smallest = Math.min(smallest, y - before);
  }
  return smallest;
}
