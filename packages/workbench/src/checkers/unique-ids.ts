/**
 * Unique ids: no two operations that ended ok may have got the same. Ids may be any JSON, also of different kinds, which
 * the original cannot judge.
 */
import type { Operation } from "../history/operation.ts";
import type { Checker } from "./checker.ts";
import { compareValues, kindOf, ValueMap } from "./value-map.ts";
import type { Verdict } from "./verdict.ts";
import { explain, nodeOf, shown, times, whoAndWhen } from "./words.ts";

export interface UniqueIdsVerdict extends Verdict {
  /** Operations that began. */
  readonly "attempted-count": number;
  /** Operations that ended ok: so many ids were given. */
  readonly "acknowledged-count": number;
  /** Ids that were given more than once. */
  readonly "duplicated-count": number;
  /** Those that were given most often, and how often. */
  readonly duplicated: ReadonlyMap<unknown, number>;
  /** The lowest and the highest id of the kind that most ids are of; nulls when there are none. */
  readonly range: readonly [lowest: unknown, highest: unknown];
}

/** Somebody got an id. */
type Giving = Pick<Operation, "node" | "process" | "time" | "messages">;

interface Duplicate {
  count: number;
  /** The first of those who got it. */
  readonly givings: Giving[];
}

interface Range {
  count: number;
  lowest: unknown;
  highest: unknown;
}

/** Duplicated ids in the results; so many has the original, too. */
const listed = 48;
/** For one id, so many of those who got it are remembered. */
const remembered = 5;

/** Judges a history of `generate`. */
export class UniqueIdsChecker implements Checker<UniqueIdsVerdict> {
  #attempted = 0;
  #acknowledged = 0;
  readonly #given = new ValueMap<Giving>();
  readonly #duplicated = new ValueMap<Duplicate>();
  readonly #ranges = new Map<number, Range>();

  add({ type, f, value, node, process, time, messages }: Operation): void {
    if (f !== "generate") return;
    if (type === "invoke") this.#attempted++;
    if (type !== "ok") return;
    this.#acknowledged++;
    this.#widen(value);
    const giving: Giving = {
      process,
      time,
      ...(node !== undefined && { node }),
      ...(messages && { messages }),
    };
    const first = this.#given.get(value);
    if (first === undefined) this.#given.set(value, giving);
    else this.#again(value, first, giving);
  }

  verdict(): UniqueIdsVerdict {
    const duplicated = [...this.#duplicated];
    const most = duplicated
      .toSorted(([a, { count: m }], [b, { count: n }]) => n - m || compareValues(b, a))
      .slice(0, listed)
      .toSorted(([a], [b]) => compareValues(a, b));
    const range = [...this.#ranges.values()].sort((a, b) => b.count - a.count)[0];
    return {
      "valid?": duplicated.length === 0,
      "attempted-count": this.#attempted,
      "acknowledged-count": this.#acknowledged,
      "duplicated-count": duplicated.length,
      duplicated: new Map(most.map(([id, { count }]) => [id, count])),
      range: [range?.lowest ?? null, range?.highest ?? null],
      ...(duplicated.length > 0 && { explanation: explain(duplicated, describe) }),
    };
  }

  #again(id: unknown, first: Giving, giving: Giving): void {
    const duplicate = this.#duplicated.get(id) ?? { count: 1, givings: [first] };
    duplicate.count++;
    if (duplicate.givings.length < remembered) duplicate.givings.push(giving);
    this.#duplicated.set(id, duplicate);
  }

  #widen(id: unknown): void {
    const range = this.#ranges.get(kindOf(id));
    if (range === undefined) this.#ranges.set(kindOf(id), { count: 1, lowest: id, highest: id });
    else {
      range.count++;
      if (compareValues(id, range.lowest) < 0) range.lowest = id;
      else if (compareValues(id, range.highest) > 0) range.highest = id;
    }
  }
}

function describe([id, { count, givings }]: readonly [id: unknown, duplicate: Duplicate]): string {
  const words = givings.map((giving) => `by ${nodeOf(giving)} ${whoAndWhen(giving)}`);
  if (count > givings.length) words.push("…");
  return `the id ${shown(id)} was given ${times(count)}: ${words.join(", ")}`;
}
