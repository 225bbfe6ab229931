import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { histories, places, renamed, withInfo } from "../../test/random-histories.ts";
import type { Operation } from "../history/operation.ts";
import { check } from "./checker.ts";
import { UniqueIdsChecker } from "./unique-ids.ts";
import { compareValues, kindOf } from "./value-map.ts";

const judge = (history: readonly Operation[]) => check(new UniqueIdsChecker(), history);

/** Ids of all kinds, few enough to meet again, and alike enough to be taken for each other. */
const id = fc.oneof(
  fc.constantFrom<unknown>(2n ** 60n, 2n ** 60n + 1n, [2n ** 60n], [2n ** 60n + 1n], `${2n ** 60n}`, [
    `${2n ** 60n}`,
  ]),
  { weight: 4, arbitrary: fc.nat({ max: 30 }) },
  fc.constantFrom<unknown>(null, true, false, "", "0", "1", "null", "true", "[1]", '{"a":1}', 1.5, -1),
  fc.constantFrom<unknown>([1], [1, 2], ["1"], [[1]], [], {}, [{}], ["1,2"], ["1", "2"]),
  fc.constantFrom<unknown>({ a: 1 }, { a: 1, b: 2 }, { b: 2, a: 1 }, { a: "1" }, { a: { b: 2 } }),
);

const generated = histories(fc.constant({ f: "read", value: null }), id).map((history) =>
  history.map((operation) => ({ ...operation, f: "generate" })),
);

/** The ids that were given more than once, found by comparing each with each. */
function repeated(ids: readonly unknown[]): (readonly [id: unknown, count: number])[] {
  const counts = ids.map((id) => [id, ids.filter((other) => isDeepStrictEqual(id, other)).length] as const);
  return counts.filter(
    ([id, count], i) => count > 1 && counts.findIndex(([other]) => isDeepStrictEqual(id, other)) === i,
  );
}

const given = (history: readonly Operation[]): unknown[] =>
  history.filter(({ type }) => type === "ok").map(({ value }) => value);

describe("unique ids", () => {
  it("finds what comparing each with each finds", () => {
    fc.assert(
      fc.property(generated, (history) => {
        const ids = given(history);
        const expected = repeated(ids);
        const verdict = judge(history);
        expect(verdict).toMatchObject({
          "valid?": expected.length === 0,
          "attempted-count": history.filter(({ type }) => type === "invoke").length,
          "acknowledged-count": ids.length,
          "duplicated-count": expected.length,
        });
        expect([...verdict.duplicated]).toHaveLength(expected.length);
        for (const [id, count] of verdict.duplicated)
          expect(expected.some(([other, n]) => n === count && isDeepStrictEqual(id, other))).toBe(true);
        expect(verdict.explanation?.length ?? 0).toBe(expected.length);
      }),
      { numRuns: 20_000 },
    );
  });

  it("says from where to where the ids of the commonest kind go", () => {
    fc.assert(
      fc.property(generated, (history) => {
        const ids = given(history);
        const [lowest, highest] = judge(history).range;
        if (ids.length === 0) expect([lowest, highest]).toEqual([null, null]);
        else {
          const alike = ids.filter((id) => kindOf(id) === kindOf(lowest));
          for (const kind of [0, 1, 2, 3, 4, 5])
            expect(ids.filter((id) => kindOf(id) === kind).length).toBeLessThanOrEqual(alike.length);
          for (const id of alike) {
            expect(compareValues(lowest, id)).toBeLessThanOrEqual(0);
            expect(compareValues(id, highest)).toBeLessThanOrEqual(0);
          }
          expect(ids).toContainEqual(lowest);
          expect(ids).toContainEqual(highest);
        }
      }),
    );
  });

  it("does not care for the names of processes, for what nobody knows the end of, nor for what comes later", () => {
    fc.assert(
      fc.property(generated, places, fc.nat(), (history, place, length) => {
        const valid = judge(history)["valid?"];
        expect({ ...judge(renamed(history)), explanation: undefined }).toEqual({
          ...judge(history),
          explanation: undefined,
        });
        expect(judge(withInfo(history, { f: "generate", value: null }, place))["valid?"]).toBe(valid);
        if (valid) expect(judge(history.slice(0, length % (history.length + 1)))["valid?"]).toBe(true);
      }),
    );
  });

  it("names who got the same id, the first five of them", () => {
    const ok = (value: unknown, i: number): Operation => ({
      ...{ index: i, time: i * 1e6, type: "ok", process: i, f: "generate", value, node: `n${i % 3}` },
    });
    expect(judge(["a", "b", "a"].map(ok)).explanation).toEqual([
      'the id "a" was given twice: by n0 (process 0, at 0.000 s), by n2 (process 2, at 0.002 s)',
    ]);
    const [line = ""] = judge(Array.from({ length: 7 }, () => 7).map(ok)).explanation ?? [];
    expect(line).toMatch(/^the id 7 was given 7 times: by n0 .*, by n1 \(process 4, at 0.004 s\), …$/);
    expect(judge([2n ** 60n, 2n ** 60n].map(ok)).explanation?.[0]).toMatch(/^the id 1152921504606846976 was/);
    const hundred = Array.from({ length: 200 }, (_, i) => ok(i % 100, i));
    expect(judge(hundred).explanation).toHaveLength(100);
    expect(judge(hundred).explanation?.[99]).toMatch(/^the id 99 was given twice/);
    const elsewhere = [ok("a", 0), { ...ok("a", 1), f: "read" }, { ...ok("a", 2), type: "info" as const }];
    expect(judge(elsewhere)["valid?"]).toBe(true);
  });

  it("lists 48 of very many, those that were given most often, in their order", () => {
    const ids = Array.from({ length: 200 }, (_, i) => Array.from({ length: 2 + (i % 2) }, () => i)).flat();
    const verdict = judge(
      ids.map((value, index) => ({ index, time: 0, type: "ok", process: 0, f: "generate", value })),
    );
    expect(verdict["duplicated-count"]).toBe(200);
    expect([...verdict.duplicated]).toEqual(Array.from({ length: 48 }, (_, i) => [105 + 2 * i, 3]));
    expect(verdict.explanation).toHaveLength(101);
    expect(verdict.explanation?.at(-1)).toBe("… and 100 more like this");
  });
});

describe("the order of values", () => {
  it("has bigints among the numbers", () => {
    const values = [null, false, -(2n ** 60n), -1, 2n ** 60n, 1e30, "", [], {}];
    expect(values.toReversed().sort(compareValues)).toEqual(values);
  });

  it("is one: total, and the same from both sides", () => {
    fc.assert(
      fc.property(id, id, id, (a, b, c) => {
        expect(Math.sign(compareValues(a, b))).toBe(-Math.sign(compareValues(b, a)) + 0);
        expect(compareValues(a, b) === 0).toBe(isDeepStrictEqual(a, b));
        if (compareValues(a, b) <= 0 && compareValues(b, c) <= 0)
          expect(compareValues(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
