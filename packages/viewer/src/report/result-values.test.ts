import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { numberIn, numbersIn, partAt } from "./result-values.ts";

describe("values in results", () => {
  const results = {
    stats: { "ok-count": 3, "by-f": { read: { count: 2 } }, "valid?": true },
    odd: [1],
    none: null,
  };

  it("are found by their path", () => {
    expect(partAt(results, "stats", "by-f", "read")).toEqual({ count: 2 });
    expect(numberIn(partAt(results, "stats"), "ok-count")).toBe(3);
    expect(numbersIn(partAt(results, "stats"))).toEqual([["ok-count", 3]]);
  });

  it("are nothing where there is nothing, or something else", () => {
    expect(partAt(undefined, "stats")).toEqual({});
    expect(partAt(results, "odd")).toEqual({});
    expect(partAt(results, "none", "more")).toEqual({});
    expect(partAt(results, "toString")).toEqual({});
    expect(numberIn(partAt(results, "stats"), "valid?")).toBeUndefined();
    expect(partAt(results, "__proto__")).not.toBe(Object.prototype);
    expect(numberIn(Object.create({ a: 1 }), "a")).toBeUndefined();
    expect(numberIn({ a: Number.NaN }, "a")).toBeUndefined();
    expect(numberIn({}, "constructor")).toBeUndefined();
    expect(numbersIn({ a: Number.POSITIVE_INFINITY, b: "1" })).toEqual([]);
  });

  it("are read from anything", () => {
    fc.assert(
      fc.property(fc.anything(), fc.array(fc.string()), (value, path) => {
        expect(() => numbersIn(partAt(value, ...path))).not.toThrow();
      }),
    );
  });
});
