/** Which nodes a fault strikes. */
import { type Random, shuffled } from "../time/random.ts";

/** One node, less than half of them, more than half, or all. */
export const targetKinds = ["one", "minority", "majority", "all"] as const;
export type TargetKind = (typeof targetKinds)[number];

/** Draws nodes of that kind; in the order of their names in the test. */
export function drawTargets(kind: TargetKind, nodes: readonly string[], random: Random): readonly string[] {
  const majority = Math.floor(nodes.length / 2) + 1;
  const count = { one: 1, minority: Math.max(1, nodes.length - majority), majority, all: nodes.length }[kind];
  const chosen = new Set(shuffled(nodes, random).slice(0, count));
  return nodes.filter((name) => chosen.has(name));
}
