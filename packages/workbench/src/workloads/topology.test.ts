import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Topology, topology } from "./topology.ts";

/** Each topology with the most neighbours that a node may have in it. */
const degrees: readonly (readonly [name: string, atMost: (nodes: number) => number])[] = [
  ["grid", () => 4],
  ["line", () => 2],
  ["total", (nodes) => nodes - 1],
  ["tree", () => 3],
  ["tree2", () => 3],
  ["tree3", () => 4],
  ["tree4", () => 5],
];

const names = fc
  .integer({ min: 1, max: 60 })
  .map((count) => Array.from({ length: count }, (_, i) => `n${i}`));

/** All nodes that can be reached from one, neighbour by neighbour. */
function reachable(from: string, neighbours: Topology): Set<string> {
  const found = new Set([from]);
  for (const node of found) for (const other of neighbours[node] ?? []) found.add(other);
  return found;
}

describe.each(degrees)("the topology %s", (name, atMost) => {
  it("joins all nodes, each to few others, and both ways", () => {
    fc.assert(
      fc.property(names, (nodes) => {
        const neighbours = topology(name, nodes);
        expect(Object.keys(neighbours)).toEqual(nodes);
        expect(reachable("n0", neighbours).size).toBe(nodes.length);
        for (const [node, others] of Object.entries(neighbours)) {
          expect(others).not.toContain(node);
          expect(new Set(others).size).toBe(others.length);
          expect(others.length).toBeLessThanOrEqual(atMost(nodes.length));
          expect(others.filter((other) => !neighbours[other]?.includes(node))).toEqual([]);
        }
      }),
    );
  });

  it("leaves a node alone that is the only one", () => {
    expect(topology(name, ["n0"])).toEqual({ n0: [] });
  });
});

describe("a topology", () => {
  const edges = (name: string, count: number): number =>
    Object.values(
      topology(
        name,
        Array.from({ length: count }, (_, i) => `n${i}`),
      ),
    ).flat().length / 2;

  it("has as many edges as its form needs", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (count) => {
        for (const name of ["line", "tree", "tree2", "tree3", "tree4"])
          expect(edges(name, count)).toBe(count - 1);
        expect(edges("total", count)).toBe((count * (count - 1)) / 2);
      }),
    );
    for (const side of [1, 2, 3, 5, 7]) expect(edges("grid", side * side)).toBe(2 * side * (side - 1));
  });

  it("is the original's", () => {
    // By wire/broadcast-node0.stdin.jsonl of the original, and by its source.
    expect(topology("grid", ["n0", "n1", "n2"])).toEqual({ n0: ["n2", "n1"], n1: ["n0"], n2: ["n0"] });
    expect(topology("grid", ["a", "b", "c", "d", "e"])).toEqual({
      ...{ a: ["d", "b"], b: ["e", "c", "a"], c: ["b"], d: ["a", "e"], e: ["b", "d"] },
    });
    expect(topology("line", ["a", "b", "c"])).toEqual({ a: ["b"], b: ["a", "c"], c: ["b"] });
    expect(topology("tree3", ["a", "b", "c", "d", "e", "f"])).toEqual({
      ...{ a: ["b", "c", "d"], b: ["a", "e", "f"], c: ["a"], d: ["a"], e: ["b"], f: ["b"] },
    });
    expect(topology("tree", ["a", "b", "c", "d"])).toEqual(topology("tree2", ["a", "b", "c", "d"]));
    expect(() => topology("ring", [])).toThrow(
      "there is no topology ring; there is grid, line, total, tree,",
    );
  });
});
