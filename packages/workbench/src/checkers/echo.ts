/**
 * Echoes: every one must come back, and as it was sent. Stricter than the original, which
 * passes over what was lost, malformed or an indefinite error: here these make the run invalid, too.
 */
import { isDeepStrictEqual } from "node:util";
import type { Operation } from "../history/operation.ts";
import { type Pair, Pairing } from "../history/pairs.ts";
import { isObject } from "../network/message.ts";
import { excerpt } from "../nodes/problem.ts";
import type { Checker } from "./checker.ts";
import { Outages } from "./outages.ts";
import type { Verdict } from "./verdict.ts";
import { whoAndWhen } from "./words.ts";

export interface EchoVerdict extends Verdict {
  /** As in the original: expected and received, for each echo that is wrong; the first of them, if there are very many. */
  readonly errors: readonly (readonly unknown[])[];
  /** How many are wrong. The original has no such entry. */
  readonly "error-count"?: number;
}

/** Wrong echoes that are kept: a node that is wrong each time must not fill memory and results. */
const kept = 1000;

/** Judges a history of echoes. */
export class EchoChecker implements Checker<EchoVerdict> {
  readonly #pairing = new Pairing();
  readonly #outages = new Outages();
  readonly #wrong: Pair[] = [];
  #count = 0;

  add(operation: Operation): void {
    this.#outages.add(operation);
    const pair = this.#pairing.add(operation);
    if (pair === undefined || !isWrong(pair) || isExcused(pair, this.#outages)) return;
    this.#count++;
    if (this.#wrong.length >= kept) return;
    const { invocation, completion } = pair;
    this.#wrong.push({
      invocation,
      completion: completion && { ...completion, value: bounded(completion.value) },
    });
  }

  verdict(): EchoVerdict {
    if (this.#count === 0) return { "valid?": true, errors: [] };
    const wrong = this.#wrong.toSorted((a, b) => a.invocation.index - b.invocation.index);
    const errors = wrong.map(({ invocation, completion }) => [
      "Expected a message with :echo",
      invocation.value,
      "But received",
      completion?.type === "ok" ? completion.value : (completion?.error?.message ?? null),
    ]);
    return { "valid?": false, errors, "error-count": this.#count, explanation: wrong.map(explain) };
  }
}

/** A reply of many megabytes is kept as its beginning. */
function bounded(value: unknown): unknown {
  const json = JSON.stringify(value) ?? "";
  return json.length <= 10_000 ? value : { echo: excerpt(json) };
}

function isWrong({ invocation, completion }: Pair): boolean {
  // What a run that was cut short did not wait for says nothing about the node.
  if (completion === undefined || completion.error?.kind === "interrupted") return false;
  return completion.type !== "ok" || !isDeepStrictEqual(echoOf(completion.value), invocation.value);
}

/** What a node did not answer while it was killed or paused is no fault of its own. */
function isExcused({ invocation, completion }: Pair, outages: Outages): boolean {
  const { node, time } = invocation;
  return completion?.error?.kind === "net-timeout" && node !== undefined && outages.struck(node, time);
}

function explain({ invocation, completion }: Pair): string {
  const { node = "a node", process, value, time } = invocation;
  const messages = completion?.messages ?? [];
  const asked = `${node} was asked to echo ${JSON.stringify(value)} ${whoAndWhen({ process, time, messages })}`;
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
