/**
 * Counters: the final reads must be the sum of all adds that were acknowledged and of any of those whose end nobody knows.
 * A counter that nobody could read at the end is unknown; the original calls it valid.
 */
import type { Operation } from "../history/operation.ts";
import { Pairing } from "../history/pairs.ts";
import type { Checker } from "./checker.ts";
import { IntegerRanges } from "./integer-ranges.ts";
import type { Verdict } from "./verdict.ts";
import { explain, nodeOf, shown, whoAndWhen } from "./words.ts";

export interface CounterVerdict extends Verdict {
  /** The final reads that cannot be, or null. */
  readonly errors: readonly Operation[] | null;
  /** What the final reads said. */
  readonly "final-reads": readonly unknown[];
  /** What they may say: from the first to the second of each pair. */
  readonly acceptable: readonly (readonly [from: number, to: number])[];
}

/** Judges a history of `add` and `read`; the value of an add is by how much the counter goes up. */
export class CounterChecker implements Checker<CounterVerdict> {
  readonly #pairing = new Pairing();
  /** How often each delta was acknowledged, and how often nobody knows. */
  readonly #acknowledged = new Map<number, number>();
  readonly #uncertain = new Map<number, number>();
  readonly #finalReads: Operation[] = [];

  add(operation: Operation): void {
    const { type, f, value, final } = operation;
    this.#pairing.add(operation);
    if (f === "add" && type === "ok") count(this.#acknowledged, value);
    if (f === "add" && type === "info") count(this.#uncertain, value);
    if (f === "read" && type === "ok" && final) this.#finalReads.push(operation);
  }

  verdict(): CounterVerdict {
    const acceptable = this.#acceptable();
    const reads = this.#finalReads;
    const errors = reads.filter(({ value }) => !acceptable.has(value));
    const explanation =
      reads.length === 0
        ? ["no final read ended ok: nobody knows what the counter came to"]
        : explain(errors, (read) => this.#describe(read, acceptable));
    return {
      "valid?": reads.length === 0 ? "unknown" : errors.length === 0,
      errors: errors.length === 0 ? null : errors,
      "final-reads": reads.map(({ value }) => value),
      acceptable: acceptable.ranges,
      ...(explanation.length > 0 && { explanation }),
    };
  }

  #acceptable(): IntegerRanges {
    const uncertain = new Map(this.#uncertain);
    // What a history that was cut short did not see the end of may have happened, too.
    for (const { invocation } of this.#pairing.unfinished())
      if (invocation.f === "add") count(uncertain, invocation.value);
    let sums = IntegerRanges.of(sum(this.#acknowledged));
    // Small deltas first: they make one range of what large ones then do not take apart.
    for (const [delta, times] of [...uncertain].sort(([a], [b]) => Math.abs(a) - Math.abs(b)))
      for (const part of parts(times)) sums = sums.withOrWithout(delta * part);
    return sums;
  }

  #describe(read: Operation, acceptable: IntegerRanges): string {
    const said = `${nodeOf(read)} said ${shown(read.value)} in its final read ${whoAndWhen(read)}, acceptable is ${acceptable}`;
    const { value } = read;
    if (typeof value !== "number") return said;
    if (value < acceptable.lowest) return `${said}; ${this.#tooLow(acceptable.lowest - value)}`;
    if (value > acceptable.highest) return `${said}; ${this.#tooHigh(value - acceptable.highest)}`;
    return said;
  }

  #tooLow(deficit: number): string {
    const missing = fewest(deficit, this.#acknowledged, 1);
    const causes = missing === undefined ? [] : [`at least ${adds(missing)} missing`];
    if (this.#subtracts()) causes.push("too much was subtracted");
    return `${deficit} too low: ${causes.join(", or ") || "more is missing than was acknowledged"}`;
  }

  #tooHigh(excess: number): string {
    const missing = fewest(excess, this.#acknowledged, -1);
    const causes = missing === undefined ? [] : [`at least ${adds(missing, "below 0 ")} missing`];
    return `${excess} too high: ${[...causes, "too much was added"].join(", or ")}`;
  }

  /** Whether clients ever took anything away. */
  #subtracts(): boolean {
    return [...this.#acknowledged.keys(), ...this.#uncertain.keys()].some((delta) => delta < 0);
  }
}

function adds(count: number, kind = ""): string {
  return count === 1 ? `1 acknowledged add ${kind}is` : `${count} acknowledged adds ${kind}are`;
}

function count(counts: Map<number, number>, delta: unknown): void {
  if (typeof delta === "number") counts.set(delta, (counts.get(delta) ?? 0) + 1);
}

function sum(counts: ReadonlyMap<number, number>): number {
  let total = 0;
  for (const [delta, times] of counts) total += delta * times;
  return total;
}

/** Numbers of which some come to anything from 0 to `total`, and no more: 1, 2, 4, …, and what is left. They are few. */
function* parts(total: number): IterableIterator<number> {
  let left = total;
  for (let part = 1; left > 0; part *= 2) {
    yield Math.min(part, left);
    left -= part;
  }
}

/** Of the deltas of one sign, the fewest that together come to an amount; undefined when all of them do not. */
function fewest(amount: number, counts: ReadonlyMap<number, number>, sign: 1 | -1): number | undefined {
  let [left, needed] = [amount, 0];
  const sizes = [...counts].map(([delta, times]) => [delta * sign, times] as const);
  for (const [size, times] of sizes.filter(([size]) => size > 0).sort(([a], [b]) => b - a)) {
    const some = Math.min(times, Math.ceil(left / size));
    needed += some;
    left -= some * size;
    if (left <= 0) return needed;
  }
  return undefined;
}
