/** Exceptions: operations whose reply no client could understand. The original counts these and calls the run good. */
import type { Operation } from "../history/operation.ts";
import type { Verdict } from "./verdict.ts";

export interface Exceptions extends Verdict {
  readonly exceptions?: readonly ExceptionCount[];
}

export interface ExceptionCount {
  readonly count: number;
  readonly class: string;
  /** The first operation that it happened to. */
  readonly example: Operation;
}

/** Gathers the malformed replies of a history. */
export function checkExceptions(history: readonly Operation[]): Exceptions {
  const malformed = history.filter(({ error }) => error?.kind === "malformed-reply");
  const [example] = malformed;
  if (example === undefined) return { "valid?": true };
  return { "valid?": false, exceptions: [{ count: malformed.length, class: "malformed-reply", example }] };
}
