import fc from "fast-check";
import { expect, test } from "vitest";
import { fieldsOf, having, isNumber, isRecord, isText, listOf, oneOf, optional, recordOf } from "./shape.ts";

interface Thing {
  readonly name: string;
  readonly size?: number;
  readonly parts: readonly (readonly number[])[];
}

const isThing = fieldsOf<Thing>({ name: isText, size: optional(isNumber), parts: listOf(listOf(isNumber)) });

const thing = fc.record(
  {
    name: fc.string(),
    size: fc.double({ noNaN: true, noDefaultInfinity: true }),
    parts: fc.array(fc.array(fc.integer())),
  },
  { requiredKeys: ["name", "parts"] },
);

test("what has the shape has it, with whatever else", () => {
  fc.assert(fc.property(thing, fc.jsonValue(), (it, more) => isThing({ ...it, more })));
});

test("what lacks a field, or has another kind of thing in its place, has not", () => {
  const others = fc.constantFrom<unknown>(null, true, {}, [1, "x"], [["1"]], [[Number.NaN]]);
  fc.assert(
    fc.property(thing, fc.constantFrom("name", "size", "parts"), others, (it, field, other) => {
      expect(isThing({ ...it, [field]: other })).toBe(false);
      const { name: _, ...nameless } = it;
      expect(isThing(nameless)).toBe(false);
    }),
  );
});

test("no JSON makes a guard throw, and none is taken for an object that is not one", () => {
  const guards = [
    isThing,
    recordOf(isText),
    listOf(isThing),
    optional(isThing),
    oneOf<1 | "a" | true>(1, "a", true),
  ];
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      for (const guard of guards) expect(typeof guard(value)).toBe("boolean");
      expect(isRecord(value)).toBe(typeof value === "object" && value !== null && !Array.isArray(value));
    }),
  );
});

test("a value is one of those that are named, and nothing that only looks like it", () => {
  const guard = oneOf<true | "true" | 1>(true, "true", 1);
  expect([true, "true", 1, false, "1", undefined].map((value) => guard(value))).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

test("a record has values of one shape under any name", () => {
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.string()), (it) => recordOf(isText)(it)));
  expect(recordOf(isText)({ a: "1", b: 2 })).toBe(false);
});

test("numbers are those that JSON has", () => {
  expect([0, -1.5, Number.NaN, Number.POSITIVE_INFINITY, "1"].map(isNumber)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test("a condition is asked only of what has the shape", () => {
  const even = having(isNumber, (number) => number % 2 === 0);
  expect([2, 3, "2"].map((value) => even(value))).toEqual([true, false, false]);
});
