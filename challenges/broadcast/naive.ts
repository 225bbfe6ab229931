/** Broadcast, the naive version: what a node hears for the first time it tells its neighbours - once. */
import { Node } from "@eddy/node";

interface Broadcast {
  topology(request: { topology: Record<string, string[]> }): { type: "topology_ok" };
  broadcast(request: { message: number }): { type: "broadcast_ok" };
  read(request: object): { type: "read_ok"; messages: number[] };
}

const node = new Node<Broadcast>();
const messages = new Set<number>();
let neighbours: string[] = [];

node.handle("topology", ({ body }) => {
  neighbours = body.topology[node.id] ?? [];
  return { type: "topology_ok" };
});

node.handle("broadcast", ({ src, body: { message } }) => {
  if (!messages.has(message)) {
    messages.add(message);
    for (const neighbour of neighbours)
      if (neighbour !== src) node.send(neighbour, { type: "broadcast", message });
  }
  return { type: "broadcast_ok" };
});

node.handle("read", () => ({ type: "read_ok", messages: [...messages] }));

await node.run();
