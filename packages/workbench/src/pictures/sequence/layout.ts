/**
 * A sequence of messages from top to bottom, in the order of what happened: each event takes one step, however long it was in
 * coming, so that all of it can be read. Whoever draws it, and whoever points at it, uses this layout.
 */

import { isClient } from "../../network/names.ts";
import { second } from "../../time/clock.ts";
import { distanceTo, type Look } from "../arrows.ts";
import { isError, isLost } from "../message-filter.ts";
import { bodyText, fateText, typeText } from "../message-text.ts";
import type { RunData } from "../run-data.ts";
import { shortened, visible } from "../visible.ts";
import { type Column, type Columns, columnsOf, timesWidth } from "./columns.ts";
import { type SequenceEvent, sequenceEvents } from "./events.ts";

export interface SequenceLayout {
  /** px */
  readonly width: number;
  readonly height: number;
  readonly columns: readonly Column[];
  /** px from the top: where the names of the columns stand; at the top, and again and again below. */
  readonly heads: readonly number[];
  readonly arrows: readonly SequenceArrow[];
  /** What happened beside messages. */
  readonly notes: readonly {
    readonly kind: "fault" | "gap" | "end";
    readonly y: number;
    readonly text: string;
  }[];
  readonly times: readonly { readonly y: number; readonly text: string }[];
}

export interface SequenceArrow {
  /** Row of the message. */
  readonly row: number;
  readonly look: Look;
  readonly fate: "arrived" | "lost" | "under way";
  /** From where it was sent to where it ended, px: x, y, x, y, … */
  readonly points: readonly number[];
  /** At its beginning, on the side to which it does not go. One that arrives twice has it once. */
  readonly label?: SequenceLabel;
  /** At its end, where it was lost: why. */
  readonly why?: SequenceLabel;
  /** All there is to say of it. */
  readonly title: string;
}

export interface SequenceLabel {
  readonly text: string;
  /** px; `y` is the base line. */
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "end";
}

/** px that a character is wide, about */
const character = 6.4;
/** px that a step is high */
const steps = { send: 16, arrive: 9, lose: 16, fault: 22, gap: 22, end: 26 } as const;
export const headHeight = 30;
/** px between two places where the names stand */
const headsEvery = 640;
/** px between a line and a label; letters of a label, at most */
const [aside, longest] = [7, 40];

/**
 * @param rows of messages, in the order in which they were sent
 * @param bodyLength letters of a body in the title of its arrow, at most
 */
export function layoutSequence(rows: ArrayLike<number>, run: RunData, bodyLength = 400): SequenceLayout {
  const columns = columnsOf(run, rows);
  const events = sequenceEvents(rows, run);
  const { places, heads, height } = placesOf(events);
  const at = { send: new Map<number, number>(), end: new Map<number, number>() };
  const labelled = new Set<number>();
  for (const [i, event] of events.entries()) {
    if (!("rows" in event)) continue;
    const map = event.kind === "send" ? at.send : at.end;
    for (const row of event.rows) map.set(row, places[i] ?? 0);
    if (event.kind === "send") labelled.add(event.rows[0] ?? -1);
  }
  const bottom = height - 8;
  const arrows = Array.from(rows, (row): SequenceArrow => {
    const begin = at.send.get(row) ?? 0;
    return arrowOf(run, columns, row, [begin, at.end.get(row) ?? bottom], labelled.has(row), bodyLength);
  });
  return {
    width: columns.width,
    height,
    columns: columns.columns,
    heads,
    arrows,
    notes: events.flatMap((event, i) =>
      "text" in event ? [{ kind: event.kind, y: places[i] ?? 0, text: event.text }] : [],
    ),
    times: timesOf(events, places),
  };
}

/** Where each event lies, px from the top, and the names in between. */
function placesOf(events: readonly SequenceEvent[]): { places: number[]; heads: number[]; height: number } {
  const heads = [0];
  let y = headHeight;
  const places = events.map(({ kind }) => {
    if (y - (heads.at(-1) ?? 0) > headsEvery) {
      heads.push(y);
      y += headHeight;
    }
    const place = y + steps[kind] / 2;
    y += steps[kind];
    return place;
  });
  return { places, heads, height: y + 12 };
}

function arrowOf(
  run: RunData,
  { xOf, shared, width }: Columns,
  row: number,
  [y0, y1]: readonly [number, number],
  labelled: boolean,
  bodyLength: number,
): SequenceArrow {
  const { messages } = run;
  const { names, fate } = messages;
  const [src, dest] = [messages.src[row] ?? -1, messages.dest[row] ?? -1];
  const [from, to] = [xOf[src] ?? 0, xOf[dest] ?? 0];
  const clients = [src, dest].filter((name) => isClient(names[name] ?? ""));
  const client = clients.find((name) => shared[name]);
  const prefix = client === undefined ? "" : `${visible(shortened(names[client] ?? "", 12))}: `;
  const isGone = isLost(fate[row]);
  const way = fate[row] === "u" ? "under way" : isGone ? "lost" : "arrived";
  const text = `${prefix}${typeText(messages, row)} ${bodyText(messages, row, longest)}`.trim();
  const label = labelled && { label: labelBeside(text, from, y0, to < from ? "start" : "end", width) };
  const why = isGone && {
    why: labelBeside(reasons.get(fate[row] ?? "") ?? "lost", to, y1, to < from ? "end" : "start", width),
  };
  return {
    row,
    look: isError(messages, row) ? "error" : clients.length > 0 ? "client" : "server",
    fate: way,
    points: pathOf(from, y0, to, y1, way === "arrived" ? 0 : 11),
    ...label,
    ...why,
    title: titleOf(run, row, bodyLength),
  };
}

/** What is said of a message that was lost, in a few words. */
const reasons: ReadonlyMap<string, string> = new Map([
  ["l", "lost"],
  ["p", "lost: partition"],
  ["d", "lost: receiver down"],
  ["f", "lost: receiver full"],
]);

/** A message to oneself goes out and comes back. @param short px that it ends before its receiver */
function pathOf(x0: number, y0: number, x1: number, y1: number, short: number): number[] {
  if (x0 === x1) return [x0, y0, x0 + 24, y0, x0 + 24, y1, x0 + Math.min(short, 12), y1];
  return [x0, y0, x1 - Math.sign(x1 - x0) * short, y1];
}

/** On one side of its line; columns leave room enough there for the beginning of any text. */
function labelBeside(
  text: string,
  x: number,
  y: number,
  anchor: "start" | "end",
  width: number,
): SequenceLabel {
  const room = anchor === "start" ? width - x - aside - 4 : x - aside - timesWidth;
  return {
    text: shortened(text, Math.min(longest, Math.floor(room / character))),
    x: x + (anchor === "start" ? aside : -aside),
    y: y + 4,
    anchor,
  };
}

function titleOf({ messages }: RunData, row: number, bodyLength: number): string {
  const { names, src, dest, id, body, fate } = messages;
  const nameOf = (name: number | undefined): string => visible(shortened(names[name ?? -1] ?? "?", 40));
  const sent = messages.sent[row] ?? 0;
  const arrived = messages.arrived[row] ?? -1;
  const took = arrived < 0 ? "" : `, after ${((arrived - sent) / 1e6).toFixed(3)} ms`;
  return [
    `message ${id[row] ?? "?"}, ${nameOf(src[row])} to ${nameOf(dest[row])}: ${typeText(messages, row)}`,
    `sent at ${(sent / second).toFixed(6)} s; ${fateText(fate[row])}${took}`,
    shortened(visible(shortened(body[row] ?? "", bodyLength)), bodyLength),
  ].join("\n");
}

/** The time of sends, to a millisecond, wherever it is another than before. */
function timesOf(events: readonly SequenceEvent[], places: readonly number[]): { y: number; text: string }[] {
  let last = "";
  return events.flatMap((event, i) => {
    const text = `${(event.time / second).toFixed(3)} s`;
    if (event.kind === "arrive" || text === last) return [];
    last = text;
    return [{ y: places[i] ?? 0, text }];
  });
}

/** px a label takes. */
export function labelWidth({ text }: SequenceLabel): number {
  return text.length * character;
}

/** The row of the message whose label is at a place, or whose arrow is near it; undefined when there is none. */
export function sequenceMessageAt(
  layout: SequenceLayout,
  x: number,
  y: number,
  reach = 6,
): number | undefined {
  let [nearest, found]: [number, number | undefined] = [reach, undefined];
  for (const { row, points, label } of layout.arrows) {
    const [, y0 = 0] = points;
    if (y0 - 20 > y) continue;
    if (label && Math.abs(label.y - 4 - y) <= 8) {
      const width = labelWidth(label);
      const left = label.anchor === "start" ? label.x : label.x - width;
      if (x >= left && x <= left + width) return row;
    }
    const distance = distanceTo(points, x, y);
    if (distance > nearest) continue;
    nearest = distance;
    found = row;
  }
  return found;
}
