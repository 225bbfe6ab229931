/**
 * How operations look on their track: colour says how each ended, and so does its form. What ended ok is plain; `fail` is
 * hatched and ends in a cross; `info` has no certain end, and fades into a dashed edge; what did not end is an open frame.
 */
import type { Frame } from "./frame.ts";
import type { Ink, Pen } from "./pen.ts";
import type { OperationColumns } from "./run-data.ts";
import { eachPiece, narrowest } from "./track-pieces.ts";
import { severity, type Tracks } from "./tracks.ts";
import { shortened, visible } from "./visible.ts";

/** By severity. */
const inks: readonly Ink[] = ["ok", "open", "fail", "info"];
/** How strongly a bar is filled after its beginning, so that its label can be read on it. */
const fill = 0.22;
/** px; narrower bars have no label. */
const labelled = 36;
/** px; in narrower bars the cross stands in the middle, and not at the end. */
const crossRoom = 18;
/** px between the lines of a hatch */
const hatch = 7;
/** px that a character is wide, about; what is wider is cut off at the end of the bar. */
const character = 6.4;

interface Bar {
  readonly x0: number;
  readonly x1: number;
  readonly y: number;
  readonly height: number;
}

/** @returns whether operations share a px */
export function drawTrack(
  pen: Pen,
  frame: Frame,
  { tracks, track, operations }: { tracks: Tracks; track: number; operations: OperationColumns },
  box: { readonly y: number; readonly height: number },
): boolean {
  const { left } = frame;
  const right = frame.width - frame.right;
  const crosses: number[] = [];
  const crossesOnInk: number[] = [];
  let lastCross = Number.NEGATIVE_INFINITY;
  const { y, height } = box;
  const middle = y + height / 2;
  const shared = eachPiece(tracks, track, frame, {
    bar(place, from, to) {
      const level = tracks.severities[place] ?? 0;
      const bar = { x0: Math.max(Math.floor(from), left - 4), x1: Math.min(to, right + 4), y, height };
      draw(pen, bar, level, { begins: from >= left - narrowest, ends: to <= right + 4 });
      const room = Math.min(bar.x1, right) - Math.max(bar.x0, left);
      const cross = level === severity.fail && to <= right && room > crossRoom;
      if (cross) crosses.push(to - 8, middle);
      else if (level === severity.fail && room <= crossRoom) crosses.push(bar.x0 + room / 2, middle);
      if (room < labelled) return;
      const x = Math.max(bar.x0, left) + 6;
      pen.clip(x, y, room - (cross ? 22 : 8), height, () => {
        pen.text(
          x,
          middle + 4.2,
          labelOf(operations, tracks.rows[place] ?? 0, (room - (cross ? 22 : 8)) / character),
        );
      });
    },
    run(from, to, level) {
      // What is bad stands out of a row of what is good.
      const out = level >= severity.fail ? 1.5 : 0;
      pen.rect(from, y - out, to - from, height + 2 * out, inkOf(level));
      if (level === severity.info) {
        // Dashed from top to bottom.
        pen.rect(from, y + Math.round(height * 0.3), to - from, 2, "paper");
        pen.rect(from, y + Math.round(height * 0.7) - 1, to - from, 2, "paper");
      } else if (level === severity.fail) {
        const places = to - from < 8 ? crosses : crossesOnInk;
        const first = (from + to) / 2 - Math.floor((to - from) / 2 / 12) * 12;
        for (let x = first; x < to; x += 12) {
          // In a dense place a few crosses say as much as many on top of each other.
          if (x - lastCross < 8) continue;
          places.push(x, middle);
          lastCross = x;
        }
      }
    },
  });
  if (crosses.length > 0) {
    // Seen on whatever lies beside it.
    pen.marks("cross", 11, crosses, "paper");
    pen.marks("cross", 7, crosses, "fail");
  }
  if (crossesOnInk.length > 0) pen.marks("cross", 6, crossesOnInk, "paper");
  return shared;
}

/** @param seen whether its beginning and its end are within the frame */
function draw(
  pen: Pen,
  bar: Bar,
  level: number,
  { begins, ends }: { readonly begins: boolean; readonly ends: boolean },
): void {
  const { x0, x1, y, height } = bar;
  if (level === severity.info && ends) fading(pen, bar);
  else if (level === severity.open) {
    pen.rect(x0, y, x1 - x0, height, "open", 0.1);
    const [top, bottom] = [y + 0.5, y + height - 0.5];
    pen.line([x1, top, x0, top, x0, bottom, x1, bottom], "open", { dashed: true });
  } else pen.rect(x0, y, x1 - x0, height, inkOf(level), fill);
  if (level === severity.fail && x1 - x0 >= hatch) hatched(pen, bar);
  if (begins) pen.rect(x0, y, narrowest, height, inkOf(level));
}

function hatched(pen: Pen, { x0, x1, y, height }: Bar): void {
  const slant = height * 0.6;
  pen.clip(x0, y, x1 - x0, height, () => {
    // From a place that does not depend on the window, so that the hatch stands still.
    for (let x = x0 - slant; x < x1; x += hatch) {
      pen.line([x, y + height, x + slant, y], "fail", { opacity: 0.45 });
    }
  });
}

function fading(pen: Pen, { x0, x1, y, height }: Bar): void {
  const steps = 8;
  const step = Math.min((x1 - x0) / steps / 1.5, 5);
  const solid = x1 - step * steps;
  pen.rect(x0, y, solid - x0, height, "info", fill);
  for (let i = 0; i < steps; i++) {
    pen.rect(solid + i * step, y, step, height, "info", fill * (1 - (i + 1) / (steps + 1)));
  }
  pen.line([x1 - 1, y, x1 - 1, y + height], "info", { dashed: true, width: 1.5 });
}

function inkOf(level: number): Ink {
  return inks[level] ?? "open";
}

/** What was done, and what came of it, in as many characters as there is room for. */
export function labelOf(operations: OperationColumns, row: number, room: number): string {
  const f = operations.functions[operations.f[row] ?? -1] ?? "";
  const [asked = "", answered = ""] = [operations.asked[row], operations.answered[row]];
  const most = Math.max(Math.floor(room), 1);
  const parts = [f];
  if (asked !== "" && asked !== "null") parts.push(shortened(asked, most));
  if (answered !== "") parts.push("\u2192", shortened(answered, most));
  return visible(shortened(parts.join(" "), most));
}
