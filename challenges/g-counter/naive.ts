/** A counter in seq-kv, the naive version: one key, which all nodes change by compare-and-swap. */
import { Node, SeqKV } from "@eddy/node";

interface Counter {
  add(request: { delta: number }): { type: "add_ok" };
  read(request: object): { type: "read_ok"; value: number };
}

const node = new Node<Counter>();
const kv = new SeqKV<number>(node);

node.handle("add", async ({ body }) => {
  await kv.update("counter", (value = 0) => value + body.delta);
  return { type: "add_ok" };
});

node.handle("read", async () => ({ type: "read_ok", value: await kv.readOr("counter", 0) }));

await node.run();
