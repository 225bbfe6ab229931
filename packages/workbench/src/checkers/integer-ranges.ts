/** Sets of integers as ranges: all sums that some terms can come to take little room, however many terms there are. */

/** From the first integer to the second, both of them included. */
export type IntegerRange = readonly [from: number, to: number];

/** A set of integers that never changes, and is not empty. */
export class IntegerRanges {
  /** In their order, with at least one integer between one and the next. */
  readonly ranges: readonly [IntegerRange, ...IntegerRange[]];

  private constructor(ranges: readonly [IntegerRange, ...IntegerRange[]]) {
    this.ranges = ranges;
  }

  static of(integer: number): IntegerRanges {
    return new IntegerRanges([[integer, integer]]);
  }

  get lowest(): number {
    return this.ranges[0][0];
  }

  get highest(): number {
    return this.ranges.at(-1)?.[1] ?? this.ranges[0][1];
  }

  has(value: unknown): boolean {
    if (typeof value !== "number" || !Number.isInteger(value)) return false;
    return this.ranges.some(([from, to]) => from <= value && value <= to);
  }

  /** The same integers, and each of them with a term added to it. */
  withOrWithout(term: number): IntegerRanges {
    const shifted = this.ranges.map(([from, to]): IntegerRange => [from + term, to + term]);
    const [first = this.ranges[0], ...others] = [...this.ranges, ...shifted].sort(([a], [b]) => a - b);
    const merged: [IntegerRange, ...IntegerRange[]] = [first];
    for (const [from, to] of others) {
      const last = merged.at(-1) ?? first;
      // What follows without a gap is one range: there are only integers.
      if (from <= last[1] + 1) merged[merged.length - 1] = [last[0], Math.max(last[1], to)];
      else merged.push([from, to]);
    }
    return new IntegerRanges(merged);
  }

  /** In words: "70", "68 to 72, or 75". */
  toString(): string {
    const words = this.ranges.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`));
    const more = words.length > shown ? [`${words.length - shown} other ranges`] : [];
    return [...words.slice(0, shown), ...more].join(", or ");
  }
}

/** Ranges that are told in words. */
const shown = 5;
