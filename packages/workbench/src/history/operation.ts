/** Operations: what clients asked for, and how it ended. A run's history is the list of them, in the order of time. */

/** `invoke` begins an operation; it ends `ok`, `fail` (it did not happen) or `info` (nobody knows). */
export type OperationType = "invoke" | "ok" | "fail" | "info";

/** One entry of a history: the beginning or the end of an operation. */
export interface Operation {
  /** Its place in the history, from 0. */
  readonly index: number;
  /** ns since the start of the run. */
  readonly time: number;
  readonly type: OperationType;
  /** The logical process that did it; each does one thing at a time. */
  readonly process: number;
  /** The function: what was asked for, e.g. `"echo"`. */
  readonly f: string;
  readonly value: unknown;
  /** The node that it was asked of. */
  readonly node: string;
  /** Why it did not end `ok`. */
  readonly error?: OperationError;
}

/** Why an operation ended `fail` or `info`. */
export interface OperationError {
  readonly kind: ErrorKind;
  /** In words, for people. */
  readonly message: string;
  /** The code of the error that the node answered with, and that code's name. */
  readonly code?: number;
  readonly name?: string;
}

/**
 * - `net-timeout`: no reply came in time
 * - `rpc-error`: the node answered with an error
 * - `malformed-reply`: the node answered with something that is no answer to the question
 * - `interrupted`: the run was cut short before a reply came
 */
export type ErrorKind = "net-timeout" | "rpc-error" | "malformed-reply" | "interrupted";
