import fc from "fast-check";
import { expect, test } from "vitest";
import { leavesOfBoth } from "./differences.ts";

const options = fc.dictionary(fc.string(), fc.jsonValue());
/** As it comes out of a file: no -0, no prototype. */
const asRead = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** The same with the fields of every object in another order, which says nothing. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, reordered(inner)]),
  );
}

test("nothing differs from itself", () => {
  fc.assert(
    fc.property(options, (it) => {
      expect(leavesOfBoth(it, reordered(it)).filter(({ differs }) => differs)).toEqual([]);
    }),
  );
});

test("what differs is found, and only that", () => {
  fc.assert(
    fc.property(options, fc.string(), fc.jsonValue(), (it, name, value) => {
      const a: object = JSON.parse(JSON.stringify(it));
      const b = { ...a, [name]: { one: asRead(value), other: "there" } };
      const rest = { ...a, [name]: 0 };
      const different = leavesOfBoth(rest, b).filter(({ differs }) => differs);
      expect(different.length).toBeGreaterThan(0);
      // The other fields are the same, so that nothing of them is among what differs.
      const same = leavesOfBoth(rest, b).filter(({ differs }) => !differs);
      const { [name]: _, ...others } = rest;
      const simple = leavesOfBoth(others, others).filter(
        ({ path }) => path !== "" || Object.keys(others).length > 0,
      );
      expect(same.map(({ path }) => path)).toEqual(simple.map(({ path }) => path));
    }),
  );
});

test("both sides are the same but for their names", () => {
  fc.assert(
    fc.property(options, options, (a, b) => {
      const turned = leavesOfBoth(b, a).map(({ path, a: one, b: other, differs }) => ({
        path,
        a: other,
        b: one,
        differs,
      }));
      expect(new Set(leavesOfBoth(a, b).map((leaf) => JSON.stringify(leaf)))).toEqual(
        new Set(turned.map((leaf) => JSON.stringify(leaf))),
      );
    }),
  );
});

test("leaves are told as people write them", () => {
  const a = { latency: { mean: 0, "a.b": 1 }, args: ["x", "y"], rate: "1", nodes: [], only: null };
  const b = { latency: { mean: 5, "a.b": 1 }, args: ["x y"], rate: 1, nodes: [], deep: [{ x: 1 }] };
  expect(leavesOfBoth(a, b)).toEqual([
    { path: "latency.mean", a: "0", b: "5", differs: true },
    { path: 'latency."a.b"', a: "1", b: "1", differs: false },
    { path: "args", a: "x y", b: "x y", differs: true },
    { path: "rate", a: "1", b: "1", differs: true },
    { path: "nodes", a: "[]", b: "[]", differs: false },
    { path: "only", a: "null", b: undefined, differs: true },
    { path: "deep", a: undefined, b: '[{"x":1}]', differs: true },
  ]);
});

test("what is nested without end does no harm", () => {
  let deep: unknown = 1;
  for (let i = 0; i < 100_000; i += 1) deep = { a: [deep] };
  expect(leavesOfBoth({ deep }, { deep: 1 })).toHaveLength(2);
});
