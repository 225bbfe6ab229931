/**
 * Topologies: who is whose neighbour, as `broadcast` tells its nodes. They bind nobody: a node may send to any other.
 * The original's, but that a node which is all alone has no neighbours instead of no entry.
 */

/** Each node with its neighbours. */
export type Topology = Readonly<Record<string, readonly string[]>>;

/** Where the neighbours of one node stand in a row of so many; places outside of the row are left out. */
type Neighbours = (place: number, count: number) => readonly number[];

const makers: ReadonlyMap<string, Neighbours> = new Map([
  ["grid", grid],
  ["line", line],
  ["total", total],
  ["tree", tree(2)],
  ["tree2", tree(2)],
  ["tree3", tree(3)],
  ["tree4", tree(4)],
]);

export const topologyNames: readonly string[] = [...makers.keys()].sort();

/** The topology of that name, for these nodes. */
export function topology(name: string, nodes: readonly string[]): Topology {
  const neighbours = makers.get(name);
  if (neighbours === undefined)
    throw new Error(`there is no topology ${name}; there is ${[...makers.keys()].join(", ")}`);
  const entries = nodes.map((node, place) => {
    const others = neighbours(place, nodes.length).flatMap((other) => nodes[other] ?? []);
    return [node, others] as const;
  });
  return Object.fromEntries(entries);
}

/** Rows of a square, the last of which may be short or missing: four neighbours at most. */
function grid(place: number, count: number): number[] {
  const side = Math.ceil(Math.sqrt(count));
  const row = Math.floor(place / side);
  const beside = [place + 1, place - 1].filter((other) => Math.floor(other / side) === row);
  return [place + side, place - side, ...beside];
}

/** One after the other. */
function line(place: number): number[] {
  return [place - 1, place + 1];
}

/** Everybody and everybody else. */
function total(place: number, count: number): number[] {
  return Array.from({ length: count }, (_, other) => other).filter((other) => other !== place);
}

/** A root with so many children, each of which has as many, level by level: the parent comes before the children. */
function tree(branches: number): Neighbours {
  return (place) => {
    const children = Array.from({ length: branches }, (_, child) => branches * place + 1 + child);
    return [Math.ceil(place / branches) - 1, ...children];
  };
}
