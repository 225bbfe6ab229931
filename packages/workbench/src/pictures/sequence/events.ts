/** What happened, in its order: messages were sent, arrived or were lost, faults began and ended, and some time is not in the data. */
import { second } from "../../time/clock.ts";
import { faultDetails } from "../charts/fault-bands.ts";
import { isLost } from "../message-filter.ts";
import type { RunData, Span } from "../run-data.ts";

export type SequenceEvent =
  | { readonly kind: "send"; readonly time: number; readonly rows: readonly number[] }
  | { readonly kind: "arrive" | "lose"; readonly time: number; readonly rows: readonly number[] }
  | { readonly kind: "fault" | "gap" | "end"; readonly time: number; readonly text: string };

interface Ordered {
  readonly event: SequenceEvent;
  /** Its place in the journal; -1 when it has none. */
  readonly place: number;
}

/** @param rows of messages, in the order in which they were sent */
export function sequenceEvents(rows: ArrayLike<number>, run: RunData): SequenceEvent[] {
  const { sent, arrived, sentOrder, arrivedOrder, id, fate } = run.messages;
  const sends = new Map<number, number[]>();
  const ordered: Ordered[] = [];
  let underWay = 0;
  for (const row of Array.from(rows)) {
    // One that arrives twice was sent once.
    const twin = sends.get(id[row] ?? -1);
    if (twin) twin.push(row);
    else {
      const together = [row];
      sends.set(id[row] ?? -1, together);
      ordered.push({
        event: { kind: "send", time: sent[row] ?? 0, rows: together },
        place: sentOrder[row] ?? -1,
      });
    }
    const time = arrived[row] ?? -1;
    if (time < 0) underWay++;
    else {
      const kind = isLost(fate[row]) ? "lose" : "arrive";
      ordered.push({ event: { kind, time, rows: [row] }, place: arrivedOrder[row] ?? -1 });
    }
  }
  const events = inOrder(ordered);
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last) return [];
  const among = { from: first.time, to: last.time };
  const merged = merge(withGaps(events, run.messages.spans), faultEvents(run, among));
  if (underWay === 0) return merged;
  const text =
    underWay === 1 ? "1 message was under way at the end" : `${underWay} messages were under way at the end`;
  return [...merged, { kind: "end", time: Math.max(run.end, last.time), text }];
}

function inOrder(events: readonly Ordered[]): SequenceEvent[] {
  // Without all places, there is only the time; what was sent first comes first then.
  const placed = events.every(({ place }) => place >= 0);
  const sorted = [...events].sort((a, b) =>
    placed
      ? a.place - b.place
      : a.event.time - b.event.time || Number(a.event.kind !== "send") - Number(b.event.kind !== "send"),
  );
  return sorted.map(({ event }) => event);
}

/** Faults that begin or end while the messages go on. */
function faultEvents({ faults }: RunData, { from, to }: Span): SequenceEvent[] {
  const events = faults.flatMap((span) => {
    const details = `${span.fault === faultDetails(span) ? "" : `: ${faultDetails(span)}`}`;
    const event = (time: number, what: string): SequenceEvent => ({
      kind: "fault",
      time,
      text: `${span.fault} ${what}${details}`,
    });
    return [event(span.from, "begins"), ...(span.to === undefined ? [] : [event(span.to, "ends")])];
  });
  return events.filter(({ time }) => time >= from && time <= to).sort((a, b) => a.time - b.time);
}

function merge(events: readonly SequenceEvent[], others: readonly SequenceEvent[]): SequenceEvent[] {
  const merged: SequenceEvent[] = [];
  let next = 0;
  for (const event of events) {
    for (let other = others[next]; other && other.time <= event.time; other = others[++next])
      merged.push(other);
    merged.push(event);
  }
  return [...merged, ...others.slice(next)];
}

/** Says where one event is the last of a piece of the data, and the next one is of another piece. */
function withGaps(events: readonly SequenceEvent[], spans: readonly Span[] | undefined): SequenceEvent[] {
  if (!spans) return [...events];
  const pieceOf = (time: number): number => spans.findIndex(({ from, to }) => time >= from && time <= to);
  let before = events[0];
  let piece = before ? pieceOf(before.time) : -1;
  return events.flatMap((event) => {
    const [last, lastPiece] = [before, piece];
    before = event;
    piece = pieceOf(event.time);
    if (!last || (piece === lastPiece && piece >= 0) || last === event) return [event];
    const length = ((event.time - last.time) / second).toFixed(3);
    return [
      { kind: "gap", time: event.time, text: `${length} s of which only some messages are known` },
      event,
    ];
  });
}
