/** Types and bodies beside the arrows, as far as there is room. */
import { pointsOf } from "./arrows.ts";
import type { Frame } from "./frame.ts";
import { bodyText, typeText } from "./message-text.ts";
import type { Pen } from "./pen.ts";
import type { RunData } from "./run-data.ts";
import type { Emphasis } from "./space-time.ts";
import { type ArrowPicture, cutToSides, type Drawn } from "./space-time-arrows.ts";
import { shortened } from "./visible.ts";

/** px; letters are about so wide on average. */
const letter = 6.5;
const lineHeight = 15;
const longest = 44;
/** px from left to right: beside a flatter arrow there would be no room. */
const flat = 24;

interface Box {
  readonly x0: number;
  readonly x1: number;
  readonly y: number;
}

export function drawLabels(
  pen: Pen,
  frame: Frame,
  picture: ArrowPicture,
  { places }: Drawn,
  { way, selected, cursor }: Emphasis,
): void {
  const { arrows, ys, run } = picture;
  const taken: Box[] = [];
  const isFirst = (row: number): boolean => row === selected || row === cursor;
  const rowOf = (place: number): number => arrows.rows[place] ?? -1;
  const wanted = [...places].filter((place) => !way || way.has(rowOf(place)) || isFirst(rowOf(place)));
  wanted.sort((a, b) => Number(isFirst(rowOf(b))) - Number(isFirst(rowOf(a))));
  const lines = new Map(
    [...places].map((place) => [place, cutToSides(pointsOf(arrows, place, frame, ys), frame)]),
  );
  // Dimmed arrows may be written over.
  const others = way ? wanted.map((place) => lines.get(place) ?? []) : [...lines.values()];
  for (const place of wanted) {
    const points = lines.get(place) ?? [];
    for (const text of textsOf(run, rowOf(place))) {
      const box = freePlace(points, text.length * letter + 4, frame, { taken, ys, others });
      if (!box) continue;
      taken.push(box);
      pen.rect(box.x0 - 2, box.y - 11, box.x1 - box.x0 + 2, lineHeight - 1, "paper", 0.82);
      pen.text(box.x0, box.y, text);
      break;
    }
  }
}

/** From the longest to the shortest. */
function textsOf({ messages }: RunData, row: number): string[] {
  const type = shortened(typeText(messages, row), 24);
  const body = bodyText(messages, row, longest - type.length);
  return body === "" ? [type] : [`${type} ${body}`, `${type} ${shortened(body, 12)}`, type];
}

/** What a label must not lie on. */
interface Obstacles {
  readonly taken: readonly Box[];
  /** Lanes, px. */
  readonly ys: readonly number[];
  /** Arrows, as points. */
  readonly others: readonly (readonly number[])[];
}

/** Right of the arrow, in its middle or near to it, where nothing else is. */
function freePlace(
  points: readonly number[],
  width: number,
  frame: Frame,
  { taken, ys, others }: Obstacles,
): Box | undefined {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = points;
  const right = frame.width - frame.right;
  for (const part of [0.5, 0.36, 0.64, 0.25, 0.75]) {
    const x = x0 + part * (x1 - x0) + 6;
    // Beside a steep arrow; above one that falls and below one that rises, where that is flat.
    const y = y0 + part * (y1 - y0) + (x1 - x0 < flat ? 4 : y1 > y0 ? -6 : lineHeight);
    const box = { x0: x, x1: x + width, y };
    if (box.x0 < frame.left || box.x1 > right) continue;
    if (taken.some((other) => overlap(box, other))) continue;
    if (ys.some((lane) => lane > y - lineHeight + 3 && lane < y + 3)) continue;
    if (others.some((other) => other !== points && crosses(other, box))) continue;
    return box;
  }
  return undefined;
}

/** Whether an arrow goes through a label; with some px of room beside it. */
function crosses([x0 = 0, y0 = 0, x1 = 0, y1 = 0]: readonly number[], box: Box): boolean {
  const [top, bottom] = [box.y - lineHeight + 3, box.y + 3];
  if (Math.max(y0, y1) < top || Math.min(y0, y1) > bottom) return false;
  const xAt = (y: number): number =>
    x0 + ((Math.min(Math.max(y, Math.min(y0, y1)), Math.max(y0, y1)) - y0) / (y1 - y0 || 1)) * (x1 - x0);
  const [a, b] = [xAt(top), xAt(bottom)];
  return Math.max(a, b) > box.x0 - 4 && Math.min(a, b) < box.x1 + 3;
}

function overlap(a: Box, b: Box): boolean {
  return Math.abs(a.y - b.y) < lineHeight && a.x0 < b.x1 && b.x0 < a.x1;
}
