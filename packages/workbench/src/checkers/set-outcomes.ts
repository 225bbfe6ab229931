/** What became of an element of a set, as Jepsen's set-full has it, and how long that took. */
import type { Element, Event } from "./set-elements.ts";

/**
 * - `stable`: from some time on every read that began listed it
 * - `lost`: it was there for sure, and from some time on no read that began listed it
 * - `never-read`: neither; no read says what became of it, or nobody knows whether it was added
 */
export type Outcome = "stable" | "lost" | "never-read";

/** One element in the results. */
export interface ElementResult {
  readonly element: unknown;
  readonly outcome: Outcome;
  /** ms from when it was certain that it is there to when every read listed it; 0 when all reads after that did. */
  readonly "stable-latency": number | null;
  /** ms from when it was certain that it is there to when no read listed it any more; 0 when none ever did. */
  readonly "lost-latency": number | null;
  /** The operation that made certain that it is there; a read without what it listed. */
  readonly known: Event | null;
  /** The beginning of the last read that did not list it. */
  readonly "last-absent": Event | null;
}

/** The outcome of an element, with its figures. */
export function resultOf({ value, known, lastPresent, lastAbsent }: Element): ElementResult {
  const present = lastPresent?.index ?? -1;
  const absent = lastAbsent?.index ?? -1;
  const stable = present > absent;
  // A read that began before the element was certain may have been answered before it was added.
  const lost = known !== undefined && absent > present && absent > known.index;
  const latency = (last: Event | undefined): number => latencyOf(last, known);
  return {
    element: value,
    outcome: stable ? "stable" : lost ? "lost" : "never-read",
    "stable-latency": stable ? latency(lastAbsent) : null,
    "lost-latency": lost ? latency(lastPresent) : null,
    known: known ?? null,
    "last-absent": lastAbsent ?? null,
  };
}

/** Whole ms from when an element was certain to the beginning of the last read that said otherwise. */
function latencyOf(last: Event | undefined, known: Event | undefined): number {
  if (last === undefined || known === undefined) return 0;
  return Math.trunc(Math.max(0, last.time + 1 - known.time) / 1e6);
}

/** Quantiles as the original takes them: from the values in their order, the one at that part of their number. */
export function quantiles(values: readonly number[]): ReadonlyMap<number, number> | undefined {
  if (values.length === 0) return undefined;
  const sorted = Float64Array.from(values).sort();
  const at = (point: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * point))] ?? Number.NaN;
  return new Map([0, 0.5, 0.95, 0.99, 1].map((point) => [point, at(point)]));
}
