/** Availability: which part of the operations ended `ok`, against what was asked for. */
import type { Operation } from "../history/operation.ts";
import type { Checker } from "./checker.ts";
import type { Verdict } from "./verdict.ts";

/** What is asked for: nothing, that every operation ends ok, or at least this fraction of them (0 … 1). */
export type AvailabilityGoal = undefined | "total" | number;

export interface Availability extends Verdict {
  /** Operations that ended ok of those that were invoked, 0 … 1; 1 when there were none. */
  readonly "ok-fraction": number;
}

/** Judges a history against a goal. */
export class AvailabilityChecker implements Checker<Availability> {
  readonly #goal: AvailabilityGoal;
  #ok = 0;
  #invoked = 0;
  #interrupted = 0;

  constructor(goal: AvailabilityGoal) {
    this.#goal = goal;
  }

  add({ type, error }: Operation): void {
    if (type === "ok") this.#ok++;
    if (type === "invoke") this.#invoked++;
    if (error?.kind === "interrupted") this.#interrupted++;
  }

  verdict(): Availability {
    const wanted = (this.#goal === "total" ? 1 : (this.#goal ?? 0)) * this.#invoked;
    // What nobody waited for might have ended ok.
    const valid = this.#ok >= wanted || (this.#ok + this.#interrupted >= wanted && "unknown");
    return { "valid?": valid, "ok-fraction": this.#invoked === 0 ? 1 : this.#ok / this.#invoked };
  }
}
