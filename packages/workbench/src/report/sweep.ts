/** Goes through pieces of a long file, and after each on until what has begun in it has ended; what lies between is not read. */
import type { Span } from "../pictures/run-data.ts";
import type { Line, LineReader } from "../store/line-reader.ts";

export interface Found<Head> {
  readonly head: Head;
  /** Valid until the next one is asked for. */
  readonly line: Line;
}

/**
 * Gives lines of a file in their order, among them all whose times are in the pieces.
 *
 * @param pieces in any order; they may overlap
 * @param headOf what a line says of itself; times must not fall from line to line
 * @param isOpen whether something has begun that has not ended
 * @throws {UnreadableFile}
 */
export function* sweep<Head extends { readonly time: number }>(
  reader: LineReader,
  pieces: readonly Span[],
  headOf: (line: Line) => Head,
  isOpen: () => boolean,
): IterableIterator<Found<Head>> {
  let read = -1;
  for (const { from, to } of pieces.toSorted((a, b) => a.from - b.from)) {
    const offset = from <= 0 ? 0 : reader.find((line) => headOf(line).time, from);
    reader.seek(Math.max(offset, read));
    for (;;) {
      const line = reader.read();
      if (line === undefined) return;
      const head = headOf(line);
      yield { head, line };
      if (head.time > to && !isOpen()) break;
    }
    read = reader.next;
  }
}
