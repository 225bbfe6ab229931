/** Follows a message through the cluster: all that it led to, what had led to it, and how sure that is. */
import type { Causes } from "./causes.ts";
import type { MessageColumns, Span } from "./run-data.ts";

/**
 * How sure it is that a message was caused by another:
 *
 * - `exact`: it answers it, or is the same request, handed on
 * - `likely`: its sender had received nothing else in between
 * - `late`: the same, but it took its time: a timer may well have sent it. What came of it is not followed
 */
export type Sureness = "exact" | "likely" | "late";

/** A message on the way of a request through the cluster. */
export interface Step {
  readonly row: number;
  /** The row of the step that caused it; -1 for those that were followed. */
  readonly cause: number;
  /** Absent where nothing caused it. */
  readonly sure?: Sureness;
  /** How many steps lie between it and the ones that were followed, plus one; 0 for those. */
  readonly depth: number;
}

export interface Followed {
  /** In the order in which they were sent. */
  readonly steps: readonly Step[];
  /** There are more than these; the earliest ones are here. */
  readonly cut: boolean;
}

/** How sure the cause of a message is; undefined when it has none. */
export function surenessOf({ cause, exact, late }: Causes, row: number): Sureness | undefined {
  if ((cause[row] ?? -1) < 0) return undefined;
  if (exact[row]) return "exact";
  return late[row] ? "late" : "likely";
}

/**
 * @param rows the messages to follow, in any order; what one of them caused is a step of its own only once
 * @param limit so many steps at most
 */
export function follow(
  { id }: Pick<MessageColumns, "id">,
  causes: Causes,
  rows: readonly number[],
  limit = 500,
): Followed {
  const seeds = new Set(rows);
  const depths = new Map<number, number>();
  const steps: Step[] = [];
  // An effect always has a larger row than its cause, so that one pass finds all of them.
  for (let row = Math.min(...rows, id.length); row < id.length; row++) {
    const cause = causes.cause[row] ?? -1;
    const before = cause < 0 ? undefined : depths.get(cause);
    if (before === undefined && !seeds.has(row)) continue;
    if (steps.length >= limit) return { steps, cut: true };
    const sure = before === undefined ? undefined : surenessOf(causes, row);
    const depth = before === undefined ? 0 : before + 1;
    steps.push({ row, cause: before === undefined ? -1 : cause, depth, ...(sure && { sure }) });
    if (sure !== "late" || seeds.has(row)) depths.set(row, depth);
  }
  return { steps, cut: false };
}

/** The messages that led to this one, from the first to its direct cause; no further back than is likely. */
export function leadingTo(causes: Causes, row: number): number[] {
  const before: number[] = [];
  let [at, sure] = [row, surenessOf(causes, row)];
  while (sure === "exact" || sure === "likely") {
    at = causes.cause[at] ?? -1;
    before.push(at);
    sure = surenessOf(causes, at);
  }
  return before.reverse();
}

/** Finds messages by their ids: one that arrived twice has two rows. */
export function rowsById({ id }: Pick<MessageColumns, "id">): ReadonlyMap<number, readonly number[]> {
  const rows = new Map<number, number[]>();
  for (const [row, number] of id.entries()) {
    const known = rows.get(number);
    if (known) known.push(row);
    else rows.set(number, [row]);
  }
  return rows;
}

/** What a request cost. Messages that arrived twice count once. */
export interface Cost {
  readonly messages: number;
  readonly requests: number;
  /** Those that answer the requests. */
  readonly replies: number;
  /** All others, by how sure it is that they followed from them: no surer than the weakest link in between. */
  readonly exact: number;
  readonly likely: number;
  readonly late: number;
  /** From the first send to the last thing that became of one of those that are not late. */
  readonly span: Span;
}

export function costOf(messages: MessageColumns, { steps }: Followed): Cost {
  const seen = new Set<number>();
  const sureness = new Map<number, Sureness>();
  const roots = new Map<number, number>();
  const counts = { requests: 0, replies: 0, exact: 0, likely: 0, late: 0 };
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { row, cause, sure } of steps) {
    const root = roots.get(cause) ?? row;
    roots.set(row, root);
    const all = weakest(sure, sureness.get(cause));
    if (all) sureness.set(row, all);
    if (all !== "late") {
      const sent = messages.sent[row] ?? 0;
      from = Math.min(from, sent);
      to = Math.max(to, messages.arrived[row] ?? -1, sent);
    }
    const id = messages.id[row] ?? -1;
    if (seen.has(id)) continue;
    seen.add(id);
    if (answers(messages, row, root)) counts.replies++;
    else if (all) counts[all]++;
    else counts.requests++;
  }
  return { messages: seen.size, ...counts, span: from > to ? { from: 0, to: 0 } : { from, to } };
}

/** Whether a message is the reply that the sender of the request waits for; also when another than it asked has sent it. */
function answers({ src, dest, msgId, inReplyTo }: MessageColumns, row: number, request: number): boolean {
  const number = inReplyTo[row] ?? -1;
  return number >= 0 && (row === request || (number === msgId[request] && dest[row] === src[request]));
}

function weakest(a: Sureness | undefined, b: Sureness | undefined): Sureness | undefined {
  if (a === "late" || b === "late") return "late";
  if (a === "likely" || b === "likely") return "likely";
  return a ?? b;
}
