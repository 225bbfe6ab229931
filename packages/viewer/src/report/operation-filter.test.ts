import type { OperationColumns } from "@eddy/workbench/pictures";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { everything, filtered, isProblem, type OperationFilter, stepFrom } from "./operation-filter.ts";

const words = fc.constantFrom("", "5", "null", '"Echo 5"', '["a+b",null]');
const row = fc.record({
  ...{
    ending: fc.constantFrom("o", "f", "i", "?"),
    process: fc.nat(4),
    f: fc.nat(2),
    node: fc.integer({ min: -1, max: 2 }),
  },
  ...{ asked: words, answered: words, error: fc.constantFrom("", "net-timeout"), start: fc.nat(30) },
});

const operations: fc.Arbitrary<OperationColumns> = fc.array(row, { maxLength: 30 }).map((unordered) => {
  const rows = [...unordered].sort((a, b) => a.start - b.start);
  return {
    total: rows.length,
    functions: ["read", "write", "cas"],
    index: rows.map((_, i) => i),
    start: rows.map(({ start }) => start),
    end: rows.map(({ start }) => start),
    ending: rows.map(({ ending }) => ending).join(""),
    process: rows.map(({ process }) => process),
    f: rows.map(({ f }) => f),
    node: rows.map(({ node }) => node),
    asked: rows.map(({ asked }) => asked),
    answered: rows.map(({ answered }) => answered),
    error: rows.map(({ error }) => error),
    messages: rows.map(() => []),
  };
});

const filters: fc.Arbitrary<OperationFilter> = fc.record({
  hidden: fc.constantFrom("", "o", "of", "i?", "ofi?"),
  f: fc.option(fc.nat(2), { nil: undefined }),
  node: fc.option(fc.nat(2), { nil: undefined }),
  process: fc.option(fc.nat(4), { nil: undefined }),
  text: fc.constantFrom("", "", "5", "ECHO", "a+b", "timeout", "nothing"),
});

/** What a filter says, once more. */
function passes(it: OperationColumns, filter: OperationFilter, row: number): boolean {
  const { hidden, f, node, process, text } = filter;
  const all = [it.asked[row], it.answered[row], it.error[row]].map((value) => `${value}`.toLowerCase());
  return (
    !hidden.includes(it.ending[row] ?? "") &&
    (f ?? it.f[row]) === it.f[row] &&
    (node ?? it.node[row]) === it.node[row] &&
    (process ?? it.process[row]) === it.process[row] &&
    all.some((value) => value.includes(text.toLowerCase()))
  );
}

describe("a filter", () => {
  it("lets through what it says, in order", () => {
    fc.assert(
      fc.property(operations, filters, (operations, filter) => {
        const all = operations.start.map((_, row) => row);
        const expected = all.filter((row) => passes(operations, filter, row));
        expect([...(filtered(operations, filter) ?? all)]).toEqual(expected);
      }),
      { numRuns: 500 },
    );
    fc.assert(fc.property(operations, (operations) => filtered(operations, everything) === undefined));
  });
});

describe("a step", () => {
  const selected = fc.option(fc.nat(29), { nil: undefined });
  const by = fc.constantFrom(1 as const, -1 as const);

  it("leads to the next operation that passes, and on without end to all of them", () => {
    fc.assert(
      fc.property(
        operations,
        fc.oneof(fc.constant(everything), filters),
        selected,
        fc.nat(30),
        by,
        fc.boolean(),
        (operations, filter, row, from, by, problems) => {
          const rows = filtered(operations, filter);
          const window = { row, from, to: from + 5 };
          const start = (row: number): number => operations.start[row] ?? -1;
          const candidates = [...(rows ?? operations.start.keys())].filter(
            (one) => !problems || isProblem(operations, one),
          );
          const after = (one: number): boolean => (row === undefined ? start(one) >= from : one > row);
          const before = (one: number): boolean => (row === undefined ? start(one) <= from + 5 : one < row);
          const expected = by === 1 ? candidates.find(after) : candidates.findLast(before);
          expect(stepFrom(operations, rows, window, by, problems)).toBe(expected);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("knows a problem by its ending", () => {
    expect([..."ofi?"].map((_, row) => isProblem({ ending: "ofi?" }, row))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
