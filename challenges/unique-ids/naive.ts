/** Unique ids, the naive version: a node that is killed and started again counts from 1 once more. */
import { Node } from "@eddy/node";

const node = new Node();
let count = 0;

node.handle("generate", () => {
  count += 1;
  return { type: "generate_ok", id: `${node.id}-${count}` };
});

await node.run();
