/** Verdicts: what a checker says of a history, and what several of them say together. */

/** Whether what was judged is as it should be; `unknown` when that cannot be told. */
export type Validity = true | false | "unknown";

/** What a checker found. Its other fields are the evidence, under the names that the original gives them. */
export interface Verdict {
  readonly "valid?": Validity;
  /** In words, what contradicts what. The original has no such entry. */
  readonly explanation?: readonly string[];
}

/** The worst of several: false before unknown before true. */
export function worst(validities: Iterable<Validity>): Validity {
  let result: Validity = true;
  for (const validity of validities) {
    if (validity === false) return false;
    if (validity === "unknown") result = "unknown";
  }
  return result;
}
