/** A counter, the naive version: each node tells the others of each change, again and again until they say they know. */
import { Node } from "@eddy/node";

interface Counter {
  add(request: { delta: number }): { type: "add_ok" };
  read(request: object): { type: "read_ok"; value: number };
  replicate(request: { delta: number }): { type: "replicate_ok" };
}

const node = new Node<Counter>();
let value = 0;

node.handle("add", ({ body: { delta } }) => {
  value += delta;
  for (const id of node.nodeIds)
    if (id !== node.id) void node.rpc(id, { type: "replicate", delta }, { retry: true });
  return { type: "add_ok" };
});

node.handle("replicate", ({ body }) => {
  value += body.delta;
  return { type: "replicate_ok" };
});

node.handle("read", () => ({ type: "read_ok", value }));

await node.run();
