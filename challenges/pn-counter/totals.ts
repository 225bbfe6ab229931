/** A grow-only counter as a CRDT. Two of them make a counter that can fall, one for what was added and one for what was taken. */

/** How much each node has counted, by its name. Only the node itself adds to its number, so that of two the larger is newer. */
export type Totals = Readonly<Record<string, number>>;

/** @param delta 0 or more */
export function add(totals: Totals, node: string, delta: number): Totals {
  return { ...totals, [node]: (totals[node] ?? 0) + delta };
}

/** All that is known on either side. It is commutative, associative and idempotent: that is all that gossip needs. */
export function merge(ours: Totals, theirs: Totals): Totals {
  const merged = { ...ours };
  for (const [node, total] of Object.entries(theirs)) merged[node] = Math.max(merged[node] ?? 0, total);
  return merged;
}

export function sum(totals: Totals): number {
  return Object.values(totals).reduce((sum, total) => sum + total, 0);
}
