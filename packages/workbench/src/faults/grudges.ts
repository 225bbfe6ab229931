/** The ways in which a network falls apart: for each the grudge, which says whose messages do not get through to whom. */
import type { Grudge } from "../network/partition.ts";
import { type Random, shuffled } from "../time/random.ts";

/**
 * The original's four kinds.
 *
 * - `one`: a single node is cut off from all others
 * - `majority`: a smaller and a larger half
 * - `majorities-ring`: each node still hears a majority, and no two of them the same
 * - `minority-third`: fewer than a third of the nodes are cut off from the rest
 */
export const partitionKinds = ["one", "minority-third", "majority", "majorities-ring"] as const;
export type PartitionKind = (typeof partitionKinds)[number];

/** Draws a grudge of that kind. */
export function drawGrudge(kind: PartitionKind, nodes: readonly string[], random: Random): Grudge {
  const order = shuffled(nodes, random);
  switch (kind) {
    case "one":
      return split(order, 1);
    case "minority-third":
      return split(order, Math.floor((order.length - 1) / 3));
    case "majority":
      return split(order, Math.floor(order.length / 2));
    case "majorities-ring":
      return order.length <= 5 ? ring(order) : overlappingMajorities(order, random);
  }
}

/** The first `count` nodes on one side, the others on the other. */
function split(nodes: readonly string[], count: number): Grudge {
  const sides = [nodes.slice(0, count), nodes.slice(count)] as const;
  const across = (own: readonly string[], others: readonly string[]) =>
    own.map((node) => [node, new Set(others)] as const);
  return new Map([...across(sides[0], sides[1]), ...across(sides[1], sides[0])]);
}

/** What each node hears, turned into what it does not hear. */
function allBut(
  nodes: readonly string[],
  heard: (node: string, index: number) => ReadonlySet<string>,
): Grudge {
  return new Map(
    nodes.map((node, i) => {
      const hears = heard(node, i);
      return [node, new Set(nodes.filter((other) => other !== node && !hears.has(other)))];
    }),
  );
}

/** In a ring, each node hears the majority that it stands in the middle of. */
function ring(nodes: readonly string[]): Grudge {
  const size = Math.floor(nodes.length / 2) + 1;
  return allBut(nodes, (_, i) => {
    const first = i - Math.floor(size / 2) + nodes.length;
    return new Set(Array.from({ length: size }, (_, j) => nodes[(first + j) % nodes.length] ?? ""));
  });
}

/**
 * More than five nodes have no ring for every number of them. Links nodes with the fewest links, one pair after the
 * other, until each hears a majority.
 */
function overlappingMajorities(nodes: readonly string[], random: Random): Grudge {
  const majority = Math.floor(nodes.length / 2) + 1;
  const hears = new Map(nodes.map((node) => [node, new Set([node])]));
  const degree = (node: string): number => hears.get(node)?.size ?? 0;
  for (;;) {
    const byDegree = shuffled(nodes, random).sort((a, b) => degree(a) - degree(b));
    const [first = ""] = byDegree;
    if (degree(first) >= majority) return allBut(nodes, (node) => hears.get(node) ?? new Set());
    const second = byDegree.find((node) => !hears.get(first)?.has(node)) ?? first;
    hears.get(first)?.add(second);
    hears.get(second)?.add(first);
  }
}
