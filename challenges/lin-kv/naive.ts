/** A key-value store, the naive version: each node has one of its own. */
import { Node, RPCError } from "@eddy/node";

interface KV {
  read(request: { key: number }): { type: "read_ok"; value: unknown };
  write(request: { key: number; value: unknown }): { type: "write_ok" };
  cas(request: { key: number; from: unknown; to: unknown }): { type: "cas_ok" };
}

const node = new Node<KV>();
const values = new Map<number, unknown>();

function current(key: number): unknown {
  if (values.has(key)) return values.get(key);
  throw RPCError.keyDoesNotExist(`there is no key ${key}`);
}

node.handle("read", ({ body }) => ({ type: "read_ok", value: current(body.key) }));

node.handle("write", ({ body: { key, value } }) => {
  values.set(key, value);
  return { type: "write_ok" };
});

node.handle("cas", ({ body: { key, from, to } }) => {
  if (current(key) !== from) throw RPCError.preconditionFailed(`${key} is not ${from}`);
  values.set(key, to);
  return { type: "cas_ok" };
});

await node.run();
