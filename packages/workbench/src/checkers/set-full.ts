/**
 * Sets that only grow: what became of each element that clients added, by the reads that list all elements. Jepsen's
 * set-full, with its words and figures. Stricter: a read must not list an element twice, nor one that nobody had tried to
 * add by then, nor one whose add was answered with an error that says that it did not happen.
 */
import type { Operation } from "../history/operation.ts";
import { Pairing } from "../history/pairs.ts";
import type { Checker } from "./checker.ts";
import { Elements, type Finding } from "./set-elements.ts";
import { describeAborted, describeDuplicate, describeLost, describePhantom } from "./set-explanations.ts";
import { type ElementResult, type Outcome, quantiles, resultOf } from "./set-outcomes.ts";
import { compareValues } from "./value-map.ts";
import type { Verdict } from "./verdict.ts";
import { explain } from "./words.ts";

export interface SetFullVerdict extends Verdict {
  /** Elements that clients tried to add. */
  readonly "attempt-count": number;
  /** Elements of each outcome; see `Outcome`. */
  readonly "stable-count": number;
  readonly "lost-count": number;
  readonly lost: readonly unknown[];
  readonly "never-read-count": number;
  readonly "never-read": readonly unknown[];
  /** Stable elements that a read did not list although it was certain that they were there when it began. */
  readonly "stale-count": number;
  readonly stale: readonly unknown[];
  /** Those of them that took longest to become stable. */
  readonly "worst-stale": readonly ElementResult[];
  /** Elements that one read listed more than once, and how often at most. */
  readonly "duplicated-count": number;
  readonly duplicated: ReadonlyMap<unknown, number>;
  /** Elements that a read listed before anybody had tried to add them; 1000 at most. The original has no such entry. */
  readonly "phantom-count": number;
  readonly phantom: readonly unknown[];
  /** Elements that a read listed although they were certainly not added. The original has no such entry. */
  readonly "aborted-read-count": number;
  readonly "aborted-read": readonly unknown[];
  /** By quantile, the times that stable elements took to become so, ms; absent when there are none. */
  readonly "stable-latencies"?: ReadonlyMap<number, number>;
  /** The same of lost elements. */
  readonly "lost-latencies"?: ReadonlyMap<number, number>;
}

/** Stale elements that are listed with all that is known of them; so many has the original, too. */
const worst = 8;

/** Judges a history of reads and of adds, whose function may have another name. */
export class SetFullChecker implements Checker<SetFullVerdict> {
  readonly #add: string;
  readonly #pairing = new Pairing();
  readonly #elements = new Elements();
  constructor(add = "add") {
    this.#add = add;
  }

  add(operation: Operation): void {
    const { type, f, value } = operation;
    const pair = this.#pairing.add(operation);
    if (f === this.#add) {
      if (type === "invoke") this.#elements.tried(value);
      if (type === "ok") this.#elements.acknowledged(value, operation);
      if (type === "fail") this.#elements.refused(value, operation);
    }
    if (f === "read" && type === "ok" && pair !== undefined && isCollection(value)) {
      const { value: _, ...completion } = operation;
      const { messages } = completion;
      this.#elements.read({ ...pair.invocation, ...(messages && { messages }) }, completion, value);
    }
  }

  verdict(cutShort = false): SetFullVerdict {
    const elements = this.#elements.all.toSorted((a, b) => compareValues(a.value, b.value));
    const results = elements.map(resultOf);
    const of = (outcome: Outcome): ElementResult[] => results.filter((result) => result.outcome === outcome);
    const [stable, lost, neverRead] = [of("stable"), of("lost"), of("never-read")];
    const stale = stable.filter((result) => latency(result) > 0);
    const duplicated = sorted(this.#elements.duplicated);
    const phantoms = sorted(this.#elements.phantoms);
    const aborted = elements.filter(({ tries, lastPresent }) => tries === 0 && lastPresent !== undefined);
    // What reads do not list by now may still be on its way.
    const tooEarly = cutShort && lost.length > 0;
    const wrong = [
      ...explain(tooEarly ? [] : elements.filter((_, i) => results[i]?.outcome === "lost"), describeLost),
      ...explain(duplicated, describeDuplicate),
      ...explain(phantoms, describePhantom),
      ...explain(aborted, describeAborted),
    ];
    const doubts = [...(tooEarly ? [noFinalRead] : []), ...(stable.length === 0 ? [nothingRead] : [])];
    const valid = wrong.length > 0 ? false : doubts.length > 0 ? "unknown" : true;
    const stableLatencies = quantiles(stable.map(latency));
    const lostLatencies = quantiles(lost.map(latency));
    return {
      "worst-stale": stale
        .toSorted((a, b) => latency(a) - latency(b))
        .toReversed()
        .slice(0, worst),
      "duplicated-count": duplicated.length,
      "valid?": valid,
      "lost-count": lost.length,
      lost: lost.map(({ element }) => element),
      "stable-count": stable.length,
      "stale-count": stale.length,
      stale: stale.map(({ element }) => element),
      "never-read-count": neverRead.length,
      ...(stableLatencies && { "stable-latencies": stableLatencies }),
      "attempt-count": results.length,
      ...(lostLatencies && { "lost-latencies": lostLatencies }),
      "never-read": neverRead.map(({ element }) => element),
      duplicated: new Map(duplicated.map(({ value, count }) => [value, count])),
      "phantom-count": phantoms.length,
      phantom: phantoms.map(({ value }) => value),
      "aborted-read-count": aborted.length,
      "aborted-read": aborted.map(({ value }) => value),
      ...(valid !== true && { explanation: valid === "unknown" ? doubts : wrong }),
    };
  }
}

const noFinalRead =
  "the run ended before its final reads: what the last reads did not list may still have been on its way";
const nothingRead = "no element that was added is in the reads that came after it: there is nothing to judge";

function isCollection(value: unknown): value is Iterable<unknown> {
  return Array.isArray(value) || value instanceof Set;
}

function latency(result: ElementResult): number {
  return result["stable-latency"] ?? result["lost-latency"] ?? 0;
}

function sorted(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => compareValues(a.value, b.value));
}
