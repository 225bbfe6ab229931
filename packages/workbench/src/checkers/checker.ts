/** Checkers: take the operations of a history one after the other, and say at the end what they make of it. */
import type { Operation } from "../history/operation.ts";
import type { Verdict } from "./verdict.ts";

/**
 * Judges one history. What it says depends on the operations it was given and on nothing else, so that a stored run
 * is judged as it was when it ended. It keeps no more of them than it needs: a history may be longer than memory.
 */
export interface Checker<V extends Verdict = Verdict> {
  /** Takes the next operation. */
  add(operation: Operation): void;
  /**
   * The verdict on all that were taken.
   *
   * @param cutShort the run ended before its time, so that nobody saw what might still have come
   */
  verdict(cutShort?: boolean): V;
}

/** How long a checker may take; only those that search look at it. */
export interface CheckerLimits {
  /** s for all of the judging. */
  readonly timeLimit: number;
  /** A clock, ns. */
  readonly now: () => number;
}

/** Has a checker judge a whole history. */
export function check<V extends Verdict>(checker: Checker<V>, history: Iterable<Operation>): V {
  for (const operation of history) checker.add(operation);
  return checker.verdict();
}
