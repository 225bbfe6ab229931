import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Grudge } from "../network/partition.ts";
import { randomStream } from "../time/random.ts";
import { drawGrudge, type PartitionKind } from "./grudges.ts";
import { drawTargets, targetKinds } from "./targets.ts";

const nodes = (count: number): string[] => Array.from({ length: count }, (_, i) => `n${i}`);

/** Checks a law for grudges of a kind, over clusters of all sizes and many seeds. */
function law(kind: PartitionKind, check: (grudge: Grudge, names: string[]) => void): void {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 25 }), fc.nat(), (count, seed) => {
      check(drawGrudge(kind, nodes(count), randomStream(seed, "test")), nodes(count));
    }),
    { numRuns: 500 },
  );
}

/** The nodes that one hears, itself among them, as one word. */
function heard(grudge: Grudge, names: readonly string[], node: string): string[] {
  return names.filter((other) => !grudge.get(node)?.has(other));
}

/** Checks that the nodes fall into two sides that hear nothing of each other; returns the size of the smaller one. */
function smallerSide(grudge: Grudge, names: readonly string[]): number {
  const sides = new Set(names.map((node) => heard(grudge, names, node).join(" ")));
  const sizes = [...sides].map((side) => side.split(" ").length);
  expect(sizes.reduce((sum, size) => sum + size)).toBe(names.length);
  expect(sizes.length).toBeLessThanOrEqual(2);
  return sizes.length === 1 ? 0 : Math.min(...sizes);
}

describe("a partition", () => {
  it.each([
    ["one", (n: number) => Math.min(1, n - 1)],
    ["majority", (n: number) => Math.floor(n / 2)],
    ["minority-third", (n: number) => Math.floor((n - 1) / 3)],
  ] as const)("of the kind %s has two sides of the right sizes, and no way across", (kind, size) => {
    law(kind, (grudge, names) => expect(smallerSide(grudge, names)).toBe(size(names.length)));
  });

  it("of the kind majorities-ring lets each node hear a majority, and itself", () => {
    law("majorities-ring", (grudge, names) => {
      for (const node of names) {
        const hears = heard(grudge, names, node);
        expect(hears).toContain(node);
        expect(hears.length).toBeGreaterThan(names.length / 2);
        // Not many more than it needs; with some numbers of nodes one more cannot be helped.
        expect(hears.length).toBeLessThanOrEqual(Math.floor(names.length / 2) + 2);
      }
    });
  });

  it("of that kind lets no two of five nodes hear the same, in both directions", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const names = nodes(5);
        const grudge = drawGrudge("majorities-ring", names, randomStream(seed, "test"));
        expect(new Set(names.map((node) => heard(grudge, names, node).join(" "))).size).toBe(5);
        for (const [node, others] of grudge)
          for (const other of others) expect(grudge.get(other)?.has(node)).toBe(true);
      }),
    );
  });

  it("of that kind cuts both ways when there are more than five nodes", () => {
    law("majorities-ring", (grudge, names) => {
      if (names.length <= 5) return;
      for (const [node, others] of grudge)
        for (const other of others) expect(grudge.get(other)?.has(node)).toBe(true);
    });
  });

  it("strikes each node as often as any other", () => {
    const alone = new Map<string, number>();
    for (let seed = 0; seed < 2000; seed++) {
      const grudge = drawGrudge("one", nodes(4), randomStream(seed, "test"));
      const [loner] = [...grudge].find(([, others]) => others.size === 3) ?? [""];
      alone.set(loner, (alone.get(loner) ?? 0) + 1);
    }
    for (const name of nodes(4)) expect(Math.abs((alone.get(name) ?? 0) - 500)).toBeLessThan(100);
  });
});

it("draws targets of the right number, in the order of their names, any of them", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 25 }),
      fc.constantFrom(...targetKinds),
      fc.nat(),
      (count, kind, seed) => {
        const names = nodes(count);
        const targets = drawTargets(kind, names, randomStream(seed, "test"));
        expect(targets).toEqual(names.filter((name) => targets.includes(name)));
        const half = count / 2;
        if (kind === "one") expect(targets).toHaveLength(1);
        else if (kind === "all") expect(targets).toHaveLength(count);
        else if (kind === "majority") expect(targets.length).toBe(Math.floor(half) + 1);
        else if (count > 2) expect([targets.length < half, targets.length > 0]).toEqual([true, true]);
      },
    ),
  );
});
