/** A pen that draws lower than it is told: for a picture below something else. */
import type { Pen } from "./pen.ts";

/** @param by px */
export function lowered(pen: Pen, by: number): Pen {
  const lower = (places: readonly number[]): number[] =>
    places.map((place, i) => (i % 2 === 0 ? place : place + by));
  return {
    rect: (x, y, ...rest) => pen.rect(x, y + by, ...rest),
    line: (points, ...rest) => pen.line(lower(points), ...rest),
    marks: (shape, size, places, ink) => pen.marks(shape, size, lower(places), ink),
    text: (x, y, ...rest) => pen.text(x, y + by, ...rest),
    group: (title, draw) => pen.group(title, draw),
    clip: (x, y, ...rest) => pen.clip(x, y + by, ...rest),
  };
}
