/**
 * Echoes: every one must come back, and as it was sent. Stricter than the original, which
 * passes over what was lost, malformed or an indefinite error: here these make the run invalid, too.
 */
import { isDeepStrictEqual } from "node:util";
import { type Pair, pairs } from "../history/history.ts";
import type { Operation } from "../history/operation.ts";
import { isObject } from "../network/message.ts";
import { excerpt } from "../nodes/problem.ts";
import type { Verdict } from "./verdict.ts";

export interface EchoVerdict extends Verdict {
  /** As in the original: expected and received, for each echo that is wrong. */
  readonly errors: readonly (readonly unknown[])[];
}

/** Judges a history of echoes. */
export function checkEcho(history: readonly Operation[]): EchoVerdict {
  const wrong = pairs(history).filter(isWrong);
  if (wrong.length === 0) return { "valid?": true, errors: [] };
  const errors = wrong.map(({ invocation, completion }) => [
    "Expected a message with :echo",
    invocation.value,
    "But received",
    completion?.type === "ok" ? completion.value : (completion?.error?.message ?? null),
  ]);
  return { "valid?": false, errors, explanation: wrong.map(explain) };
}

function isWrong({ invocation, completion }: Pair): boolean {
  // What a run that was cut short did not wait for says nothing about the node.
  if (completion === undefined || completion.error?.kind === "interrupted") return false;
  return completion.type !== "ok" || !isDeepStrictEqual(echoOf(completion.value), invocation.value);
}

function explain({ invocation, completion }: Pair): string {
  const { node, process, value, time } = invocation;
  const asked = `${node} was asked to echo ${JSON.stringify(value)} (process ${process}, at ${(time / 1e9).toFixed(3)} s)`;
  if (completion?.type === "ok")
    return `${asked} and answered ${excerpt(JSON.stringify(echoOf(completion.value)) ?? "nothing")}`;
  switch (completion?.error?.kind) {
    case "net-timeout":
      return `${asked}: ${completion.error.message}`;
    case "malformed-reply":
      return `${asked} and gave a malformed reply`;
    default:
      return `${asked} and answered with an error: ${completion?.error?.message ?? "no reason given"}`;
  }
}

function echoOf(value: unknown): unknown {
  return isObject(value) ? value.echo : undefined;
}
