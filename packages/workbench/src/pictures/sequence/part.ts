/** Which part of a run's messages a picture shows that cannot show all of them. */
import { mentions, operationFinder } from "../mentions.ts";
import type { RunData } from "../run-data.ts";

/** A piece of the messages. */
export interface ShownPart {
  /** Rows, in the order in which the messages were sent. */
  readonly rows: readonly number[];
  /** The message that it was chosen for: the first that a finding names. */
  readonly named?: number;
}

/**
 * The beginning of the run; or, where a check has found something wrong and says which messages were of it, what went on
 * around the first of these.
 *
 * @param most messages
 */
export function partOf(run: RunData, most: number): ShownPart {
  const count = run.messages.id.length;
  const piece = (first: number): number[] =>
    Array.from({ length: Math.min(most, count) }, (_, i) => first + i);
  if (count <= most) return { rows: piece(0) };
  const named = firstNamed(run);
  if (named === undefined) return { rows: piece(0) };
  return { rows: piece(Math.max(0, Math.min(named - Math.floor(most / 2), count - most))), named };
}

/** The row of the first message that findings name, or of the first of the operation that they name. */
function firstNamed({ checks, messages, operations }: RunData): number | undefined {
  const rows = new Map<number, number>();
  for (const [row, id] of messages.id.entries()) if (!rows.has(id)) rows.set(id, row);
  const find = operationFinder(operations);
  for (const { valid, findings } of checks) {
    if (valid === true) continue;
    for (const mention of findings.flatMap((finding) => mentions(finding))) {
      const ids = mention.messages.length > 0 ? mention.messages : operations.messages[find(mention) ?? -1];
      const row = rows.get(ids?.[0] ?? -1);
      if (row !== undefined) return row;
    }
  }
  return undefined;
}
