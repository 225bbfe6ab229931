/**
 * How often a configuration has used operations that nobody knows to have happened, by kind. Calls of one kind that
 * never end are interchangeable, so that counting them is enough.
 */

/** What one configuration has used: kinds in ascending order, and how often each. */
interface Usage {
  readonly kinds: readonly number[];
  readonly counts: readonly number[];
  readonly total: number;
  readonly hash: number;
  /** Another one with the same hash. */
  readonly next: number | undefined;
}

/** All that configurations have used, by number: equal usages have one number, and 0 is none at all. */
export class Usages {
  #usages: Usage[] = [{ kinds: [], counts: [], total: 0, hash: 0, next: undefined }];
  readonly #newest = new Map<number, number>([[0, 0]]);

  get count(): number {
    return this.#usages.length;
  }

  total(usage: number): number {
    return this.#usages[usage]?.total ?? 0;
  }

  /** How often a kind was used. */
  used(usage: number, kind: number): number {
    const { kinds = [], counts = [] } = this.#usages[usage] ?? {};
    return counts[kinds.indexOf(kind)] ?? 0;
  }

  /** The usage with one more of a kind. */
  plus(usage: number, kind: number): number {
    const from = this.#usages[usage];
    if (from === undefined) return 0;
    let at = 0;
    while (at < from.kinds.length && (from.kinds[at] ?? 0) < kind) at++;
    const isNew = from.kinds[at] !== kind;
    const kinds = isNew ? from.kinds.toSpliced(at, 0, kind) : from.kinds;
    const counts = isNew ? from.counts.toSpliced(at, 0, 1) : from.counts.with(at, (from.counts[at] ?? 0) + 1);
    return this.#number(kinds, counts, from.total + 1, (from.hash + Math.imul(kind + 1, 0x9e3779b1)) | 0);
  }

  /** Forgets all but these. Returns their new numbers. */
  keepOnly(usages: Iterable<number>): ReadonlyMap<number, number> {
    const all = this.#usages;
    this.#usages = [];
    this.#newest.clear();
    const numbers = new Map<number, number>();
    for (const usage of [0, ...usages]) {
      const kept = all[usage];
      if (kept !== undefined)
        numbers.set(usage, this.#number(kept.kinds, kept.counts, kept.total, kept.hash));
    }
    return numbers;
  }

  /** Whether the first has used no kind more often than the second. */
  within(first: number, second: number): boolean {
    if (first === second || first === 0) return true;
    const a = this.#usages[first];
    const b = this.#usages[second];
    if (a === undefined || b === undefined || a.total > b.total) return false;
    let at = 0;
    for (let i = 0; i < a.kinds.length; i++) {
      const kind = a.kinds[i] ?? 0;
      while (at < b.kinds.length && (b.kinds[at] ?? 0) < kind) at++;
      if (b.kinds[at] !== kind || (b.counts[at] ?? 0) < (a.counts[i] ?? 0)) return false;
    }
    return true;
  }

  #number(kinds: readonly number[], counts: readonly number[], total: number, hash: number): number {
    const newest = this.#newest.get(hash);
    for (let each = newest; each !== undefined; each = this.#usages[each]?.next) {
      const other = this.#usages[each];
      if (other !== undefined && equal(other.kinds, kinds) && equal(other.counts, counts)) return each;
    }
    const number = this.#usages.push({ kinds, counts, total, hash, next: newest }) - 1;
    this.#newest.set(hash, number);
    return number;
  }
}

function equal(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((each, at) => each === b[at]);
}
