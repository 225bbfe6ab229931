/** Operations: what clients asked for, and how it ended. A run's history is the list of them, in the order of time. */

const operationTypes = ["invoke", "ok", "fail", "info"] as const;

/** `invoke` begins an operation; it ends `ok`, `fail` (it did not happen) or `info` (nobody knows). */
export type OperationType = (typeof operationTypes)[number];

/** Who does operations: clients have numbers; the nemesis is who makes things go wrong. */
export type Process = number | "nemesis";

/** One entry of a history: the beginning or the end of an operation. */
export interface Operation {
  /** Its place in the history, from 0. */
  readonly index: number;
  /** ns since the start of the run. */
  readonly time: number;
  readonly type: OperationType;
  /**
   * The logical process that did it; each does one thing at a time. What the nemesis does has the type `info` where it
   * begins and where it ends.
   */
  readonly process: Process;
  /** The function: what was asked for, e.g. `"echo"`. */
  readonly f: string;
  readonly value: unknown;
  /** The node that it was asked of; the nemesis asks none. */
  readonly node?: string;
  /** It belongs to the final phase of the run. */
  readonly final?: boolean;
  /** Where it ends: the ids, in the journal, of the messages between its client and the node, as far as there were any. */
  readonly messages?: readonly number[];
  /** Why it did not end `ok`. */
  readonly error?: OperationError;
}

/** Whether a value that was read from a file is an operation. What its fields beyond the necessary hold is taken on trust. */
export function isOperation(value: unknown): value is Operation {
  if (typeof value !== "object" || value === null) return false;
  if (!("index" in value && "time" in value && "type" in value && "process" in value && "f" in value))
    return false;
  const { index, time, type, process, f } = value;
  return (
    Number.isInteger(index) &&
    typeof time === "number" &&
    operationTypes.some((each) => each === type) &&
    (Number.isInteger(process) || process === "nemesis") &&
    typeof f === "string"
  );
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
