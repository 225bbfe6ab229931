/** Draws messages as arrows; which of them, where there are too many; and the ways within a node from one message to the next. */
import { type Arrows, looks, lost, pointsOf, underWay } from "./arrows.ts";
import type { Sureness } from "./follow.ts";
import { type Frame, xOf } from "./frame.ts";
import type { Ink, LineStyle, Pen } from "./pen.ts";
import type { RunData, Span } from "./run-data.ts";

/** What arrows are drawn of: `ys` are the lanes' places, px. */
export interface ArrowPicture {
  readonly run: RunData;
  readonly arrows: Arrows;
  readonly ys: readonly number[];
}

/** The arrows in a window. */
export interface Drawn {
  /** Those that are drawn one by one, by their place among the arrows. */
  readonly places: Int32Array;
  readonly all: Int32Array;
  readonly total: number;
}

/** So many arrows can be told apart, more or less, and are drawn within a frame. */
export const mostArrows = 4_000;
/** How many are drawn of more than that: of those that were lost, that begin or end in the window, and that only pass. */
const sampleSizes = { lost: 300, inside: 1_000, passing: 200 } as const;

/**
 * All arrows, or a sample of them that is spread evenly. Each arrow has a number by chance, and those with the smallest are
 * drawn: so they stay when the window moves, and more join them when one zooms in.
 *
 * @param all those of which something lies in the piece of time
 */
export function sampleOf(arrows: Arrows, all: Int32Array, { from, to }: Span): Drawn {
  const total = all.length;
  if (total <= mostArrows) return { places: all, all, total };
  const kindOf = (place: number): keyof typeof sampleSizes => {
    if (arrows.fate[place] === lost) return "lost";
    const begins = (arrows.starts[place] ?? 0) >= from;
    return begins || (arrows.ends[place] ?? 0) <= to ? "inside" : "passing";
  };
  const counts = { lost: 0, inside: 0, passing: 0 };
  for (const place of all) counts[kindOf(place)]++;
  const places = all.filter((place) => {
    const kind = kindOf(place);
    return chanceOf(place) * counts[kind] < sampleSizes[kind];
  });
  return { places, all, total };
}

/** A number from 0 to 1 that looks like chance; those of neighbours lie as far apart as can be. */
function chanceOf(place: number): number {
  return (Math.imul(place + 1, 0x9e3779b1) >>> 0) / 0x1_0000_0000;
}

/** How wide a line is and what it ends in tells kinds of messages apart, and not their colour alone. */
const widths = { client: 1.8, server: 1, error: 1.4 } as const;
/** px: on shorter arrows there is no room for a tip. */
const shortestWithTip = 7;

/** Draws the arrows of a window; faintly where they are not on the way that stands out. */
export function drawArrows(
  pen: Pen,
  frame: Frame,
  picture: ArrowPicture,
  { places, total }: Drawn,
  way: ReadonlyMap<number, unknown> | undefined,
): void {
  const sampled = places.length < total;
  const opacity = way ? 0.16 : sampled || total > 1_500 ? 0.6 : 1;
  const errors: number[] = [];
  for (const place of places) {
    if (way?.has(picture.arrows.rows[place] ?? -1)) continue;
    drawArrow(pen, frame, picture, place, { opacity }, total <= 400 && !way ? errors : undefined);
  }
  pen.marks("diamond", 7, errors, "error");
}

/**
 * @param style what is not as it is with all arrows of its kind
 * @param errors gets the place where the mark of an error belongs, x, y; without it, that is drawn at once
 */
export function drawArrow(
  pen: Pen,
  frame: Frame,
  { arrows, ys }: ArrowPicture,
  place: number,
  style: LineStyle,
  errors?: number[],
): void {
  const look = looks[arrows.look[place] ?? 0] ?? "client";
  const fate = arrows.fate[place];
  const all = pointsOf(arrows, place, frame, ys);
  const points = all.length === 4 ? cutToSides(all, frame) : all;
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = points.slice(-4);
  const ink: Ink = fate === lost ? "lost" : fate === underWay ? "open" : look;
  const long = Math.hypot(x1 - x0, y1 - y0) >= shortestWithTip;
  const tip =
    fate === lost ? ("cross" as const) : fate === underWay || !long ? undefined : ("arrow" as const);
  const { width = widths[look], dashed = fate === underWay, opacity = 1 } = style;
  pen.line(points, ink, { width, dashed, opacity, ...(tip && { tip }) });
  if (look !== "error" || opacity < 0.5) return;
  const middle = [(x0 + x1) / 2, (y0 + y1) / 2];
  if (errors) errors.push(...middle);
  else if (style.width !== undefined) pen.marks("diamond", 7, middle, "error");
}

/** px beyond the sides of the frame where lines are cut off */
const beyond = 30;

/** Cuts a straight line off a little beyond the sides: where one zooms in far, it would be millions of px long. */
export function cutToSides(points: readonly number[], frame: Frame): readonly number[] {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = points;
  const [left, right] = [frame.left - beyond, frame.width - frame.right + beyond];
  if (x1 <= x0 || (x0 >= left && x1 <= right)) return points;
  const yAt = (x: number): number => y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
  const from = Math.max(x0, left);
  const to = Math.min(x1, right);
  return [from, yAt(from), to, yAt(to)];
}

/** The way within a node: from when it got a message to when it sent the one that this caused, along its lane. */
export function drawHop(
  pen: Pen,
  frame: Frame,
  { arrows, ys }: ArrowPicture,
  cause: number,
  effect: number,
  sure: Sureness | undefined,
): void {
  const y = ys[arrows.from[effect] ?? -1];
  if (y === undefined) return;
  const [x0, x1] = [xOf(frame, arrows.ends[cause] ?? 0), xOf(frame, arrows.starts[effect] ?? 0)];
  const points = cutToSides([x0, y, Math.max(x1, x0 + 1), y], frame);
  pen.line(points, "text", { width: 3, dashed: sure !== "exact", opacity: 0.75 });
}
