/** Availability: which part of the operations ended `ok`, against what was asked for. */
import type { Operation } from "../history/operation.ts";
import type { Verdict } from "./verdict.ts";

/** What is asked for: nothing, that every operation ends ok, or at least this fraction of them (0 … 1). */
export type AvailabilityGoal = undefined | "total" | number;

export interface Availability extends Verdict {
  /** Operations that ended ok of those that were invoked, 0 … 1; 1 when there were none. */
  readonly "ok-fraction": number;
}

/** Judges a history against a goal. */
export function checkAvailability(history: readonly Operation[], goal: AvailabilityGoal): Availability {
  let [ok, invoked, interrupted] = [0, 0, 0];
  for (const { type, error } of history) {
    if (type === "ok") ok++;
    if (type === "invoke") invoked++;
    if (error?.kind === "interrupted") interrupted++;
  }
  const wanted = (goal === "total" ? 1 : (goal ?? 0)) * invoked;
  // What nobody waited for might have ended ok.
  const valid = ok >= wanted || (ok + interrupted >= wanted && "unknown");
  return { "valid?": valid, "ok-fraction": invoked === 0 ? 1 : ok / invoked };
}
