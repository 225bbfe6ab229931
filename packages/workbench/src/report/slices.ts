/**
 * Which pieces of a run are shown where there is too much for all of it: slices that begin evenly over the run, each as long
 * as its share allows. Within them nothing is missing.
 */
import type { Span } from "../pictures/run-data.ts";

/** A slice of a run: everything from `from` on, up to its share or to `to`, the moment before the next slice. Times are whole ns. */
export interface Slice extends Span {
  /** How many things may be in it. */
  readonly share: number;
}

/**
 * Slices of a run that may have `limit` things in all. Where there is little, all of it is in them, and the others get the
 * more.
 *
 * @param end of the run, ns
 * @param counts how many things are in each slice, at least about
 */
export function slicesOf(end: number, limit: number, counts: readonly number[]): Slice[] {
  const share = fairShare(counts, limit);
  const start = (number: number): number => Math.ceil((number * (end + 1)) / counts.length);
  return counts.map((_, number) => ({ from: start(number), to: start(number + 1) - 1, share }));
}

/** The largest share so that all together have no more than `limit`, if none gets more than there is for it. */
function fairShare(counts: readonly number[], limit: number): number {
  const sorted = [...counts].sort((a, b) => a - b);
  let left = limit;
  for (const [i, count] of sorted.entries()) {
    const share = left / (sorted.length - i);
    if (count > share) return Math.floor(share);
    left -= count;
  }
  return Number.POSITIVE_INFINITY;
}

/**
 * The piece of a slice within which nothing is missing, and how many things are in it. There is at least one, if there
 * is any in the slice: things of the same moment are all in, or all out.
 *
 * @param times of the things from the slice's beginning on, in order; not all of them are looked at
 */
export function pieceOf({ from, to, share }: Slice, times: Iterable<number>): { span: Span; count: number } {
  let [count, earlier, latest] = [0, 0, Number.NaN];
  for (const time of times) {
    if (time > to) break;
    if (time !== latest) {
      if (count > share && earlier > 0) return { span: { from, to: latest - 1 }, count: earlier };
      if (count >= share && count > 0) return { span: { from, to: time - 1 }, count };
      earlier = count;
    }
    latest = time;
    count++;
  }
  if (count > share && earlier > 0) return { span: { from, to: latest - 1 }, count: earlier };
  return { span: { from, to }, count };
}

/** Pieces of time in order, those that touch or overlap as one. */
export function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last !== undefined && span.from <= last.to + 1)
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else result.push(span);
  }
  return result;
}

/** Whether a time lies in one of the pieces, which are in order. */
export function isIn(spans: readonly Span[], time: number): boolean {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.to ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  const span = spans[low];
  return span !== undefined && span.from <= time;
}
