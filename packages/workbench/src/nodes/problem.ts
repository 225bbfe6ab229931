/** What a node did that the protocol forbids, told so that its author knows what to do. */

import { detached } from "../network/bytes.ts";

/**
 * - `not-a-message`: printed a line on stdout that is no message
 * - `unknown-dest`: sent to a node that does not exist
 * - `forged-src`: sent in the name of another
 * - `unasked-reply`: answered what was not asked
 * - `second-reply`: answered a request twice
 * - `exited`: ended, or could not be started
 * - `no-init`: did not answer init, or not as it should
 * - `no-setup`: did not answer what a workload asks before the first operation, or not as it should
 */
const problemKinds = [
  "not-a-message",
  "unknown-dest",
  "forged-src",
  "unasked-reply",
  "second-reply",
  "exited",
  "no-init",
  "no-setup",
] as const;
export type ProblemKind = (typeof problemKinds)[number];

export interface Problem {
  readonly node: string;
  readonly kind: ProblemKind;
  /** ns since the start of the run. */
  readonly time: number;
  /** What happened, in one line that begins with the node's name. */
  readonly message: string;
  /** What shows it: the offending line, or the last lines of the node's log. */
  readonly evidence: readonly string[];
  /** What to do about it. */
  readonly advice: string;
}

/** Whether a value that was read from a file is a problem. */
export function isProblem(value: unknown): value is Problem {
  if (typeof value !== "object" || value === null) return false;
  if (!("node" in value && "kind" in value && "time" in value && "message" in value)) return false;
  const { node, kind, time, message } = value;
  if (!("evidence" in value && Array.isArray(value.evidence) && "advice" in value)) return false;
  const texts = [node, message, value.advice, ...value.evidence];
  return (
    problemKinds.some((each) => each === kind) &&
    typeof time === "number" &&
    texts.every((text) => typeof text === "string")
  );
}

/** Whether a test makes no sense any more once this has happened. */
export function isFatal({ kind }: Problem): boolean {
  return kind === "exited" || kind === "no-init" || kind === "no-setup";
}

/** So much of a text that a node wrote as a message should show; a line may be megabytes long. */
export function excerpt(text: string): string {
  return text.length <= 300 ? text : `${detached(text.slice(0, 300))}… (${text.length} characters)`;
}
