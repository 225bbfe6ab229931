/** The laws of the CRDT. */
import { assert, constantFrom, dictionary, nat, property } from "fast-check";
import { expect, it } from "vitest";
import { add, merge, sum } from "./totals.ts";

const node = constantFrom("n1", "n2", "n3");
const totals = dictionary(node, nat(100));

it("merges in any order", () => {
  assert(
    property(totals, totals, totals, (a, b, c) => {
      expect(merge(a, b)).toEqual(merge(b, a));
      expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)));
    }),
  );
});

it("merges as often as one likes", () => {
  assert(
    property(totals, totals, (a, b) => {
      expect(merge(a, a)).toEqual(a);
      expect(merge(merge(a, b), b)).toEqual(merge(a, b));
    }),
  );
});

it("loses nothing that a node has counted, and counts nothing twice", () => {
  assert(
    property(totals, node, nat(100), (before, node, delta) => {
      const after = add(before, node, delta);
      expect(sum(after)).toBe(sum(before) + delta);
      expect(merge(before, after)).toEqual(after);
    }),
  );
});

it("sums nothing to 0", () => {
  expect(sum({})).toBe(0);
});
