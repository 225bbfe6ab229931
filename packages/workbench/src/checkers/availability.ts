/** Availability: which part of the operations ended `ok`, against what was asked for. */
import type { Operation } from "../history/operation.ts";
import { Float } from "../store/edn.ts";
import type { Verdict } from "./verdict.ts";

/** What is asked for: nothing, that every operation ends ok, or at least this fraction of them (0 … 1). */
export type AvailabilityGoal = undefined | "total" | number;

export interface Availability extends Verdict {
  readonly "ok-fraction": Float;
}

export function checkAvailability(history: readonly Operation[], goal: AvailabilityGoal): Availability {
  let [ok, invoked] = [0, 0];
  for (const { type } of history) {
    if (type === "ok") ok++;
    if (type === "invoke") invoked++;
  }
  const fraction = invoked === 0 ? 1 : ok / invoked;
  return { "valid?": fraction >= (goal === "total" ? 1 : (goal ?? 0)), "ok-fraction": new Float(fraction) };
}
