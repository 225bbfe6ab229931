/** Messages as arrows between lanes: columns made once for what is shown, so that a window of time is found and drawn quickly. */
import { isClient } from "../network/names.ts";
import type { Causes } from "./causes.ts";
import { type Frame, xOf } from "./frame.ts";
import type { Lanes } from "./lanes.ts";
import { isError, isLost } from "./message-filter.ts";
import type { RunData, Span } from "./run-data.ts";

/** What a message is to the eye: traffic of clients, of servers among themselves and with services, or an error. */
export const looks = ["client", "server", "error"] as const;
export type Look = (typeof looks)[number];

/** One entry for each message that is shown, in the order in which they were sent. */
export interface Arrows {
  /** Rows of the messages. */
  readonly rows: Int32Array;
  /** ns: when it was sent, and when it arrived or was dropped, or the run's end. */
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** Lanes. */
  readonly from: Int16Array;
  readonly to: Int16Array;
  /** Indices into `looks`. */
  readonly look: Uint8Array;
  /** 0: it arrived, 1: it was lost, 2: it was under way at the end. */
  readonly fate: Uint8Array;
}

export const arrived = 0;
export const lost = 1;
export const underWay = 2;

/** @param rows those that are shown, in order */
export function arrowsOf(
  { messages, end }: Pick<RunData, "messages" | "end">,
  causes: Causes,
  { laneOf }: Lanes,
  rows: Int32Array,
): Arrows {
  const { names, src, dest } = messages;
  const clients = names.map(isClient);
  const count = rows.length;
  const arrows = {
    rows,
    starts: new Float64Array(count),
    ends: new Float64Array(count),
    from: new Int16Array(count),
    to: new Int16Array(count),
    look: new Uint8Array(count),
    fate: new Uint8Array(count),
  };
  for (let i = 0; i < count; i++) {
    const row = rows[i] ?? 0;
    const [sender = -1, receiver = -1] = [src[row], dest[row]];
    const start = messages.sent[row] ?? 0;
    const stop = messages.arrived[row] ?? -1;
    const fate = messages.fate[row];
    arrows.starts[i] = start;
    arrows.ends[i] = Math.max(stop < 0 ? end : stop, start);
    const real = laneOf[realSender(messages, causes, row)] ?? -1;
    arrows.from[i] = real < 0 ? (laneOf[sender] ?? -1) : real;
    arrows.to[i] = laneOf[receiver] ?? -1;
    arrows.fate[i] = fate === "u" ? underWay : isLost(fate) ? lost : arrived;
    arrows.look[i] = isError(messages, row) ? 2 : clients[sender] || clients[receiver] ? 0 : 1;
  }
  return arrows;
}

/** Who sent it, as an index into `names`: a client's request that was handed on was sent by the node that had got it. */
export function realSender(
  { src, dest, inReplyTo }: RunData["messages"],
  causes: Causes,
  row: number,
): number {
  const cause = causes.cause[row] ?? -1;
  const handedOn = cause >= 0 && causes.exact[row] === 1 && (inReplyTo[row] ?? -1) < 0;
  return (handedOn ? dest[cause] : src[row]) ?? -1;
}

/** The arrows of which something lies in a piece of time, by their place in the columns. */
export function arrowsIn({ starts, ends }: Arrows, { from, to }: Span): Int32Array {
  const found = new Int32Array(firstAfter(starts, to));
  let count = 0;
  for (let i = 0; i < found.length; i++) if ((ends[i] ?? 0) >= from) found[count++] = i;
  return found.subarray(0, count);
}

/** Where in a sorted list the first number stands that is larger than this. */
export function firstAfter(sorted: ArrayLike<number>, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** px between a lane and the cross of a message that did not get there */
const shortOf = 7;
/** How high a message to oneself rises above its lane, px. */
const hop = 12;

/** Where an arrow lies: points x, y, x, y, …; three points when it leads back to its own lane. */
export function pointsOf(arrows: Arrows, i: number, frame: Frame, ys: readonly number[]): number[] {
  const x0 = xOf(frame, arrows.starts[i] ?? 0);
  const x1 = xOf(frame, arrows.ends[i] ?? 0);
  const [y0 = 0, y1 = 0] = [ys[arrows.from[i] ?? -1], ys[arrows.to[i] ?? -1]];
  if (y0 === y1) {
    const middle = Math.max((x0 + x1) / 2, x0 + 4);
    return [x0, y0, middle, y0 - hop, Math.max(x1, x0 + 8), y1];
  }
  if (arrows.fate[i] === lost) return [x0, y0, x1, y1 - Math.sign(y1 - y0) * shortOf];
  return [x0, y0, x1, y1];
}

/** px from a place to an arrow */
export function distanceTo(points: readonly number[], x: number, y: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 0; i + 3 < points.length; i += 2) {
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = [points[i], points[i + 1], points[i + 2], points[i + 3]];
    const [dx, dy] = [x1 - x0, y1 - y0];
    const length = dx * dx + dy * dy;
    const part = length === 0 ? 0 : Math.min(Math.max(((x - x0) * dx + (y - y0) * dy) / length, 0), 1);
    nearest = Math.min(nearest, Math.hypot(x0 + part * dx - x, y0 + part * dy - y));
  }
  return nearest;
}
