/** The lines of the space-time diagram: who has one of their own, who shares one, and where they lie. */
import { isClient, serviceNames } from "../network/names.ts";
import type { MessageColumns, RunData } from "./run-data.ts";

/** A line of the diagram: that of a node, a service or a client, or of all clients of a node. */
export interface Lane {
  readonly kind: "node" | "clients" | "client" | "service";
  readonly label: string;
  /** Those whose messages begin and end here: indices into `names` of the messages. */
  readonly names: readonly number[];
  /** The node that it belongs to; "" when there is none. */
  readonly node: string;
}

export interface Lanes {
  readonly lanes: readonly Lane[];
  /** For each of the `names` of the messages, the index of its lane; -1 when it has none. */
  readonly laneOf: Int32Array;
}

/** A node with more clients than this has the rest of them on one line, also when they are unfolded. */
const mostUnfolded = 40;

/**
 * Each node in order, above it its clients, and all services below. A run may have hundreds of clients, for a client that
 * waited in vain is replaced: those of a node share a line.
 *
 * @param unfolded nodes whose clients have a line each
 * @param rows of messages: those who neither sent nor got one of them have no line. Without it, all have
 */
export function lanesOf(
  { nodes, messages }: Pick<RunData, "nodes" | "messages">,
  unfolded: ReadonlySet<string>,
  rows?: Int32Array,
): Lanes {
  const { names } = messages;
  const clients = clientsByNode(messages, nodes);
  const lanes: Lane[] = [];
  for (const node of ["", ...nodes]) {
    lanes.push(...clientLanes(node, clients.get(node) ?? [], names, unfolded.has(node)));
    const own = names.indexOf(node);
    if (node !== "") lanes.push({ kind: "node", label: node, names: own < 0 ? [] : [own], node });
  }
  const known = new Set(nodes);
  const others = names.flatMap((name, i) => (known.has(name) || isClient(name) ? [] : [{ name, i }]));
  const rank = (name: string): number => {
    const place = serviceNames.indexOf(name);
    return place < 0 ? serviceNames.length : place;
  };
  others.sort((a, b) => rank(a.name) - rank(b.name) || a.i - b.i);
  for (const { name, i } of others) lanes.push({ kind: "service", label: name, names: [i], node: "" });
  const shown = rows ? lanes.filter(usedIn(messages, rows)) : lanes;
  const laneOf = new Int32Array(names.length).fill(-1);
  for (const [lane, { names: all }] of shown.entries()) for (const name of all) laneOf[name] = lane;
  return { lanes: shown, laneOf };
}

/** Whether a lane is that of somebody who sent or got one of the messages; of all, when there are none. */
function usedIn({ src, dest }: MessageColumns, rows: Int32Array): (lane: Lane) => boolean {
  const used = new Set<number>();
  for (const row of rows) used.add(src[row] ?? -1).add(dest[row] ?? -1);
  return ({ names }) => rows.length === 0 || names.some((name) => used.has(name));
}

/** The clients of each node, by the first message that they sent or got; "" has those whose node nobody knows. */
export function clientsByNode(
  { names, src, dest }: MessageColumns,
  nodes: readonly string[],
): ReadonlyMap<string, readonly number[]> {
  const known = new Set(nodes);
  const found = new Map<number, string>();
  const clients = names.map(isClient);
  for (let row = 0; row < src.length; row++) {
    const [from = -1, to = -1] = [src[row], dest[row]];
    for (const [client, other] of [
      [from, to],
      [to, from],
    ] as const) {
      const node = names[other] ?? "";
      if (clients[client] && known.has(node) && !found.has(client)) found.set(client, node);
    }
  }
  const byNode = new Map<string, number[]>();
  for (const [client, is] of clients.entries()) {
    if (!is) continue;
    const node = found.get(client) ?? "";
    const all = byNode.get(node);
    if (all) all.push(client);
    else byNode.set(node, [client]);
  }
  return byNode;
}

function clientLanes(
  node: string,
  clients: readonly number[],
  names: readonly string[],
  unfolded: boolean,
): Lane[] {
  const label = (client: number): string => names[client] ?? "";
  if (clients.length === 0) return [];
  const single = clients.length === 1 || unfolded ? clients.slice(0, mostUnfolded) : [];
  const rest = clients.slice(single.length);
  const lanes = single.map(
    (client): Lane => ({ kind: "client", label: label(client), names: [client], node }),
  );
  if (rest.length > 0) {
    const more = single.length > 0 ? `${rest.length} more` : `${rest.length} clients`;
    const few = single.length === 0 && rest.length === 2 ? rest.map(label).join(" ") : more;
    lanes.unshift({ kind: "clients", label: few.length > 11 ? more : few, names: rest, node });
  }
  return lanes;
}

/** px between lanes: of clients to their node, and of one node to what belongs to the next. */
function distances(count: number): { near: number; far: number } {
  if (count <= 3) return { near: 88, far: 88 };
  if (count <= 6) return { near: 52, far: 64 };
  if (count <= 12) return { near: 34, far: 46 };
  if (count <= 30) return { near: 22, far: 34 };
  return { near: 16, far: 22 };
}

/** Where the lanes lie, px below the first; and how much room they take. */
export function placesOf(lanes: readonly Lane[]): {
  readonly ys: readonly number[];
  readonly height: number;
} {
  const { near, far } = distances(lanes.length);
  const ys: number[] = [];
  let y = 0;
  for (const [i, { kind, node }] of lanes.entries()) {
    const before = lanes[i - 1];
    if (before) {
      const together = before.node === node && node !== "" && before.kind !== "node";
      y += together ? (kind === "node" ? near : Math.min(near, 18)) : far;
    }
    ys.push(y);
  }
  return { ys, height: y };
}
