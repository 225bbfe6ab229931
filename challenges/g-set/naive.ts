/** A grow-only set, the naive version: each node tells the others of each element - once. */
import { Node } from "@eddy/node";

interface GSet {
  add(request: { element: number }): { type: "add_ok" };
  read(request: object): { type: "read_ok"; value: number[] };
  replicate(message: { element: number }): void;
}

const node = new Node<GSet>();
const elements = new Set<number>();

node.handle("add", ({ body: { element } }) => {
  elements.add(element);
  for (const id of node.nodeIds) if (id !== node.id) node.send(id, { type: "replicate", element });
  return { type: "add_ok" };
});

node.handle("replicate", ({ body }) => {
  elements.add(body.element);
});

node.handle("read", () => ({ type: "read_ok", value: [...elements] }));

await node.run();
