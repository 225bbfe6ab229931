/** The words in which checkers say what contradicts what: who did something, where and when. */
import type { Operation } from "../history/operation.ts";
import { excerpt } from "../nodes/problem.ts";
import { second } from "../time/clock.ts";

/** So many findings are put into words; there may be as many as operations. */
const told = 100;

/** Puts findings into words, the first of them if there are very many. */
export function explain<T>(findings: readonly T[], words: (finding: T) => string): string[] {
  const lines = findings.slice(0, told).map(words);
  if (findings.length > told) lines.push(`… and ${findings.length - told} more like this`);
  return lines;
}

/** "(process 3, at 1.250 s, messages 17 and 18)"; the numbers are the ids of messages in the journal. */
export function whoAndWhen({
  process,
  time,
  messages,
}: Pick<Operation, "process" | "time" | "messages">): string {
  return `(process ${process}, at ${(time / second).toFixed(3)} s${carriedBy(messages)})`;
}

/** ", messages 17 and 18"; of very many, the first. */
export function carriedBy(messages: readonly number[] = []): string {
  if (messages.length === 0) return "";
  if (messages.length === 1) return `, message ${messages[0]}`;
  const last = messages.at(-1);
  const first = messages.slice(0, Math.min(messages.length - 1, 4));
  return `, messages ${first.join(", ")}${messages.length > 5 ? " …" : ""} and ${last}`;
}

/** The node that an operation was asked of; histories of the original do not say which. */
export function nodeOf({ node }: Pick<Operation, "node">): string {
  return node ?? "a node";
}

/** A value as JSON, no more of it than a message should show. */
export function shown(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  return excerpt(
    JSON.stringify(value, (_, item) => (typeof item === "bigint" ? String(item) : item)) ?? "nothing",
  );
}

/** "once", "twice", "3 times" */
export function times(count: number): string {
  return ["never", "once", "twice"][count] ?? `${count} times`;
}
