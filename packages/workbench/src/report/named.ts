/** What findings name: they are shown in any case, however much there is. */
import { isToldAs, type Mention, operationFinder } from "../pictures/mentions.ts";
import type { Points } from "../pictures/points.ts";
import type { OperationColumns, Span } from "../pictures/run-data.ts";
import { millisecond, second } from "../time/clock.ts";

/** Operations that may be meant, at most. */
const most = 5000;

/**
 * The operations that may be meant: for the time (ns) at which each began, the processes. One of another process that
 * began at the same time is not.
 */
export function namedOperations(mentions: readonly Mention[], points: Points): Map<number, number[]> {
  const named = new Map<number, number[]>();
  const told = mentions.filter(({ process }) => process !== undefined);
  if (told.length === 0) return named;
  const times = timesOf(points);
  let count = 0;
  for (const { process = 0, time } of told) {
    for (const start of startsAt(times, time)) {
      const processes = named.get(start) ?? [];
      if (processes.includes(process)) continue;
      if (++count > most) return named;
      named.set(start, [...processes, process]);
    }
  }
  return named;
}

/** Beginnings and ends of operations in the order of time, and for each when its operation began. */
interface Times {
  readonly at: Float64Array;
  readonly start: Float64Array;
}

function timesOf({ start, latency, length }: Points): Times {
  const order = new Uint32Array(2 * length);
  const at = new Float64Array(2 * length);
  for (let i = 0; i < length; i++) {
    const began = start[i] ?? 0;
    const took = latency[i] ?? -1;
    at[2 * i] = began;
    at[2 * i + 1] = took < 0 ? Number.POSITIVE_INFINITY : began + took;
    order[2 * i] = 2 * i;
    order[2 * i + 1] = 2 * i + 1;
  }
  order.sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0));
  const sorted = { at: new Float64Array(2 * length), start: new Float64Array(2 * length) };
  for (const [place, i] of order.entries()) {
    sorted.at[place] = at[i] ?? 0;
    sorted.start[place] = start[i >> 1] ?? 0;
  }
  return sorted;
}

function* startsAt({ at, start }: Times, told: number): IterableIterator<number> {
  let [low, high] = [0, at.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] ?? 0) < told * second - millisecond) low = middle + 1;
    else high = middle;
  }
  for (let i = low; (at[i] ?? Number.POSITIVE_INFINITY) < told * second + millisecond; i++)
    if (isToldAs(at[i] ?? 0, told)) yield start[i] ?? 0;
}

export interface NamedMessages {
  readonly ids: ReadonlySet<number>;
  /** When the operations went on that are named, ns. */
  readonly during: readonly Span[];
}

/** The messages of the operations that are named, and when to look at what else was said. */
export function namedMessages(
  mentions: readonly Mention[],
  operations: OperationColumns,
  end: number,
): NamedMessages {
  const find = operationFinder(operations);
  const ids = new Set<number>();
  const during: Span[] = [];
  for (const mention of mentions) {
    for (const id of mention.messages) ids.add(id);
    const row = find(mention);
    if (row === undefined) continue;
    for (const id of operations.messages[row] ?? []) ids.add(id);
    const [from = 0, to = -1] = [operations.start[row], operations.end[row]];
    during.push({ from, to: to < 0 ? end : to });
  }
  return { ids: new Set([...ids].slice(0, most)), during };
}
