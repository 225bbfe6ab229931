/** The order in which messages were sent and received: that of the journal, and where it is not known, of time. */
import type { MessageColumns } from "./run-data.ts";

/**
 * All that happened: `2 * row` is that the message was sent, `2 * row + 1` that it arrived or was dropped. What happened at
 * the same time and has no place in the journal comes in the order of the rows, each sent before it arrives.
 */
export function eventsOf(messages: MessageColumns): Uint32Array {
  const { sent, arrived, sentOrder, arrivedOrder } = messages;
  const sends: number[] = [];
  const ends: number[] = [];
  for (let row = 0; row < sent.length; row++) {
    sends.push(2 * row);
    if ((arrived[row] ?? -1) >= 0) ends.push(2 * row + 1);
  }
  const timeOf = (event: number): number => (event & 1 ? arrived : sent)[event >>> 1] ?? 0;
  const placeOf = (event: number): number => (event & 1 ? arrivedOrder : sentOrder)[event >>> 1] ?? -1;
  const places = sends.every((event) => placeOf(event) >= 0) && ends.every((event) => placeOf(event) >= 0);
  const before = places
    ? (a: number, b: number): number => placeOf(a) - placeOf(b) || a - b
    : (a: number, b: number): number => timeOf(a) - timeOf(b) || a - b;
  // Rows are in the order in which they were sent already, nearly always: sorting them is quick then.
  return Uint32Array.from(sends.concat(ends)).sort(before);
}
