import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { histories, places, renamed, withInfo } from "../../test/random-histories.ts";
import type { Operation } from "../history/operation.ts";
import { check } from "./checker.ts";
import { CounterChecker } from "./counter.ts";
import { IntegerRanges } from "./integer-ranges.ts";

const judge = (history: readonly Operation[]) => check(new CounterChecker(), history);

const delta = fc.oneof(fc.integer({ min: -5, max: 4 }), fc.constantFrom(10, -20, 100));
const small = fc.integer({ min: -8, max: 8 });
const counted = histories(
  fc.oneof(
    { weight: 2, arbitrary: delta.map((value) => ({ f: "add", value })) },
    fc.boolean().map((final) => ({ f: "read", value: null, ...(final && { final }) })),
  ),
  small,
);

/** All sums that the counter may have come to, one by one. */
function sums(history: readonly Operation[]): Set<number> {
  let sums = new Set([0]);
  for (const { type, f, value, process, index } of history) {
    if (f !== "add" || type !== "invoke" || typeof value !== "number") continue;
    const end = history.find((other) => other.index > index && other.process === process)?.type;
    const taken = [...sums].map((sum) => sum + value);
    if (end === "ok") sums = new Set(taken);
    else if (end !== "fail") sums = new Set([...sums, ...taken]);
  }
  return sums;
}

const finalReads = (history: readonly Operation[]): Operation[] =>
  history.filter(({ type, f, final }) => type === "ok" && f === "read" && final);

describe("a counter", () => {
  it("accepts the sums that counting all of them one by one finds, and no other", () => {
    fc.assert(
      fc.property(counted, (history) => {
        const acceptable = sums(history);
        const reads = finalReads(history);
        const errors = reads.filter(({ value }) => !acceptable.has(Number(value)));
        const verdict = judge(history);
        expect(verdict).toMatchObject({
          "valid?": reads.length === 0 ? "unknown" : errors.length === 0,
          errors: errors.length === 0 ? null : errors,
          "final-reads": reads.map(({ value }) => value),
        });
        const integers = verdict.acceptable.flatMap(([from, to]) =>
          Array.from({ length: to - from + 1 }, (_, i) => from + i),
        );
        expect(integers).toEqual([...acceptable].sort((a, b) => a - b));
        expect(verdict.explanation?.length ?? 0).toBe(errors.length || Number(reads.length === 0));
      }),
      { numRuns: 20_000 },
    );
  });

  it("does not care for the names of processes, and is not refuted by what nobody knows the end of", () => {
    fc.assert(
      fc.property(counted, delta, places, (history, value, place) => {
        const verdict = judge(history);
        expect(judge(renamed(history))).toMatchObject({
          "valid?": verdict["valid?"],
          acceptable: verdict.acceptable,
        });
        if (verdict["valid?"] === true)
          expect(judge(withInfo(history, { f: "add", value }, place))["valid?"]).toBe(true);
      }),
    );
  });

  it("is not refuted by a part of a valid history whose final reads come last", () => {
    fc.assert(
      fc.property(counted, fc.nat(), (history, length) => {
        const isFinal = ({ f, final }: Operation): boolean => f === "read" && final === true;
        const ordered = [...history.filter((each) => !isFinal(each)), ...finalReads(history)].map(
          (each, index) => ({ ...each, index }),
        );
        if (judge(ordered)["valid?"] === true)
          expect(judge(ordered.slice(0, length % (ordered.length + 1)))["valid?"]).not.toBe(false);
      }),
    );
  });

  /** A history of adds, each with its end, and of one final read. */
  function added(adds: readonly (readonly [delta: number, type: "ok" | "fail" | "info"])[], read: unknown) {
    const entry = { index: 0, time: 2_500_000_000, node: "n3" };
    const ends = adds.map(
      ([value, type], process): Operation => ({ ...entry, process, type, f: "add", value }),
    );
    const end: Operation = { ...entry, process: 4, type: "ok", f: "read", value: read, final: true };
    return judge([...ends, end]).explanation;
  }
  const said = "in its final read (process 4, at 2.500 s), acceptable is";

  it.each([
    [3, "n3 said 3", "9; 6 too low: at least 2 acknowledged adds are missing"],
    [6, "n3 said 6", "9; 3 too low: at least 1 acknowledged add is missing"],
    [-1, "n3 said -1", "9; 10 too low: more is missing than was acknowledged"],
    [10, "n3 said 10", "9; 1 too high: too much was added"],
    ["9", 'n3 said "9"', "9"],
    [8.5, "n3 said 8.5", "9; 0.5 too low: at least 1 acknowledged add is missing"],
  ])("that only grows and says %j is told what is wrong", (read, start, end) => {
    const adds = [
      [1, "ok"],
      [4, "ok"],
      [4, "ok"],
      [0, "ok"],
      [7, "fail"],
    ] as const;
    expect(added(adds, read)).toEqual([`${start} ${said} ${end}`]);
  });

  it.each([
    [-30, "n3 said -30", "-17, or -7, or 0, or 10; 13 too low: too much was subtracted"],
    [
      -19,
      "n3 said -19",
      "-17, or -7, or 0, or 10; 2 too low: at least 1 acknowledged add is missing, or too much was subtracted",
    ],
    [-5, "n3 said -5", "-17, or -7, or 0, or 10"],
    [
      13,
      "n3 said 13",
      "-17, or -7, or 0, or 10; 3 too high: at least 1 acknowledged add below 0 is missing, or too much was added",
    ],
    [99, "n3 said 99", "-17, or -7, or 0, or 10; 89 too high: too much was added"],
  ])("that goes up and down and says %j is told what is wrong", (read, start, end) => {
    const adds = [
      [3, "ok"],
      [-3, "ok"],
      [10, "info"],
      [-17, "info"],
    ] as const;
    expect(added(adds, read)).toEqual([`${start} ${said} ${end}`]);
  });

  it("may have had more taken away than is certain", () => {
    expect(
      added(
        [
          [3, "ok"],
          [-17, "info"],
        ],
        -15,
      ),
    ).toEqual([
      `n3 said -15 ${said} -14, or 3; 1 too low: at least 1 acknowledged add is missing, or too much was subtracted`,
    ]);
  });

  it("never says a fraction", () => {
    const adds = [
      [1, "info"],
      [1, "info"],
    ] as const;
    expect(added(adds, 1)).toBeUndefined();
    expect(added(adds, 1.5)).toEqual([`n3 said 1.5 ${said} 0 to 2`]);
  });

  it("is judged as often as one likes, and by adds alone", () => {
    const entry = { index: 0, time: 0, process: 0 };
    const checker = new CounterChecker();
    checker.add({ ...entry, type: "invoke", f: "add", value: 2 });
    checker.add({ ...entry, type: "invoke", f: "read", value: 7, process: 1 });
    checker.add({ ...entry, type: "ok", f: "read", value: 2, process: 2, final: true });
    const verdict = checker.verdict();
    expect(verdict).toMatchObject({
      "valid?": true,
      acceptable: [
        [0, 0],
        [2, 2],
      ],
    });
    expect(checker.verdict()).toEqual(verdict);
  });

  it("is judged at once also when very many adds are uncertain", () => {
    const uncertain = Array.from({ length: 10_000 }, () => [3, "info"] as const);
    expect(added(uncertain, 30_000)).toBeUndefined();
    expect(added(uncertain, 30_003)?.[0]).toMatch(/or 9996 other ranges; 3 too high: too much was added$/);
    expect(added([[1, "info"], ...uncertain, [-2, "info"], [1, "info"]], 29_999)).toBeUndefined();
  });

  it("is unknown when nobody could read it at the end", () => {
    const read: Operation = { index: 0, time: 0, type: "ok", process: 0, f: "read", value: 7 };
    const failed: Operation = { ...read, type: "fail", final: true };
    expect(judge([read, failed])).toEqual({
      "valid?": "unknown",
      errors: null,
      "final-reads": [],
      acceptable: [[0, 0]],
      explanation: ["no final read ended ok: nobody knows what the counter came to"],
    });
  });
});

describe("ranges of integers", () => {
  it("stay few when there are very many terms", () => {
    let ranges = IntegerRanges.of(3);
    for (let i = 0; i < 10_000; i++) ranges = ranges.withOrWithout((i % 10) - 5);
    expect(ranges.ranges).toEqual([[3 - 15_000, 3 + 10_000]]);
    expect([ranges.lowest, ranges.highest]).toEqual([-14_997, 10_003]);
    expect(`${ranges}`).toBe("-14997 to 10003");
  });

  it("are told in words, not more than five of them", () => {
    const ranges = [10, 100, 1000].reduce((sums, term) => sums.withOrWithout(term), IntegerRanges.of(0));
    expect(`${ranges}`).toBe("0, or 10, or 100, or 110, or 1000, or 3 other ranges");
  });
});
