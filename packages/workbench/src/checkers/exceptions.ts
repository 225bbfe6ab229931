/** Exceptions: operations whose reply no client could understand. The original counts these and calls the run good. */
import type { Operation } from "../history/operation.ts";
import type { Checker } from "./checker.ts";
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
export class ExceptionsChecker implements Checker<Exceptions> {
  #count = 0;
  #example: Operation | undefined;

  add(operation: Operation): void {
    if (operation.error?.kind !== "malformed-reply") return;
    this.#count++;
    this.#example ??= operation;
  }

  verdict(): Exceptions {
    if (this.#example === undefined) return { "valid?": true };
    const exception = { count: this.#count, class: "malformed-reply", example: this.#example };
    return { "valid?": false, exceptions: [exception] };
  }
}
