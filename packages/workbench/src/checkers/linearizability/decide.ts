/** Whether the calls of one object have an order in which all fit: searches of growing effort, until one of them knows. */
import type { Calls } from "./calls.ts";
import { stepsAtOnce } from "./expansion.ts";
import type { Model } from "./model.ts";
import { type Effort, type Outcome, type Possibility, Search } from "./search.ts";

/** What a decision may cost. */
export interface Limits {
  /** Configurations that are kept at once, at most. */
  readonly configurations: number;
  /** Configurations that are worked on one after the other, at most: some hundred thousand take a second. */
  readonly steps: number;
  /** Throws `OutOfTime` when there is no time left. */
  readonly time: () => void;
}

export type Decision =
  | { readonly kind: "linearizable"; readonly possible: readonly Possibility[] }
  /** At this event, and not before, there is no order. */
  | { readonly kind: "stuck"; readonly at: number; readonly possible: readonly Possibility[] }
  | { readonly kind: "unknown"; readonly reason: string };

/** There is no time left; the message says how much there was. */
export class OutOfTime extends Error {}

/** More would have to be kept than may be. */
class OutOfMemory extends Error {}

/** For the first search: enough for nearly every history. */
const narrow: Effort = { width: 32, unending: 0 };
/** For a closer look at the events before the one where the first search was stuck, going back so many. */
const closer: Effort = { width: 128, unending: 1 };
const distances = [64, 256, 1024, 4096];
/** For searches of the whole, one after the other, before the last one, which uses all it may. */
const wider: readonly Effort[] = [
  { width: 128, unending: 1 },
  { width: 1024, unending: 2 },
];
/** For the search in which calls may happen again. */
const relaxed: Effort = { width: 4096, unending: Number.POSITIVE_INFINITY };

/**
 * Decides. A search that comes to the end has found an order, whatever it left out on the way. One that does not come to
 * the end, and has left something out, may still be right: it is if a search for which calls that never end may happen
 * again and again is stuck at the same event. Only where that one goes on, more effort is needed.
 */
export function decide(model: Model, calls: Calls, limits: Limits): Decision {
  const most = limits.configurations;
  let steps = 0;
  const patience = (states: number, usages: number): void => {
    limits.time();
    steps += stepsAtOnce;
    if (steps > limits.steps) throw new OutOfTime(`it is not known after ${limits.steps} steps`);
    if (Math.max(states, usages) > 16 * most) throw new OutOfMemory();
  };
  const search = (again = false): Search => new Search(model, calls, again, patience);
  const within = (effort: Effort): Effort => ({ ...effort, width: Math.min(effort.width, most) });

  // The search in which calls may happen again goes only as far as others were stuck.
  const repeating = search(true);
  let bound: Outcome | undefined;
  const isProven = (at: number): boolean => {
    if (bound?.stuckAt === undefined) bound = repeating.run(within(relaxed), at + 1);
    return bound.complete && bound.stuckAt === at;
  };
  const verdictOf = ({ stuckAt, complete, possible }: Outcome, asks = true): Decision | undefined => {
    if (stuckAt === undefined) return { kind: "linearizable", possible };
    return complete || (asks && isProven(stuckAt)) ? { kind: "stuck", at: stuckAt, possible } : undefined;
  };
  try {
    const first = search();
    let outcome = first.run(within(narrow));
    for (let tries = 0; tries < distances.length; ) {
      // To look closer costs little and mostly helps, where there is an order.
      const verdict = verdictOf(outcome, tries > 1);
      if (verdict !== undefined) return verdict;
      const stuckAt = outcome.stuckAt ?? 0;
      first.back(stuckAt - (distances[tries] ?? 0));
      outcome = first.run(within(closer), stuckAt + 1);
      if (outcome.stuckAt === undefined) outcome = first.run(within(narrow));
      tries = (outcome.stuckAt ?? stuckAt) > stuckAt ? 0 : tries + 1;
    }
    for (const effort of [...wider, { width: most, unending: Number.POSITIVE_INFINITY }]) {
      const verdict = verdictOf(outcome);
      if (verdict !== undefined) return verdict;
      outcome = search().run(within(effort));
    }
    const verdict = verdictOf(outcome);
    if (verdict !== undefined) return verdict;
  } catch (error) {
    if (error instanceof OutOfTime) return { kind: "unknown", reason: error.message };
    if (!(error instanceof OutOfMemory)) throw error;
  }
  return {
    kind: "unknown",
    reason: `more than ${most} configurations would have to be kept at once`,
  };
}
