/** Logs, the naive version: a node keeps them in memory, and gives out offsets as it likes. Right, as long as it is alone. */
import { Node } from "@eddy/node";

type Offsets = Record<string, number>;

interface Kafka {
  send(request: { key: string; msg: unknown }): { type: "send_ok"; offset: number };
  poll(request: { offsets: Offsets }): { type: "poll_ok"; msgs: Record<string, [number, unknown][]> };
  commit_offsets(request: { offsets: Offsets }): { type: "commit_offsets_ok" };
  list_committed_offsets(request: { keys: string[] }): {
    type: "list_committed_offsets_ok";
    offsets: Offsets;
  };
}

const node = new Node<Kafka>();
const logs = new Map<string, unknown[]>();
const committed: Offsets = {};

node.handle("send", ({ body: { key, msg } }) => {
  const log = logs.get(key) ?? [];
  logs.set(key, log);
  return { type: "send_ok", offset: log.push(msg) - 1 };
});

node.handle("poll", ({ body }) => {
  const msgs: Record<string, [number, unknown][]> = {};
  for (const [key, from] of Object.entries(body.offsets))
    msgs[key] = (logs.get(key) ?? []).slice(from).map((msg, i) => [from + i, msg]);
  return { type: "poll_ok", msgs };
});

node.handle("commit_offsets", ({ body }) => {
  Object.assign(committed, body.offsets);
  return { type: "commit_offsets_ok" };
});

node.handle("list_committed_offsets", ({ body }) => {
  const known = body.keys.flatMap((key): [string, number][] => {
    const offset = committed[key];
    return offset === undefined ? [] : [[key, offset]];
  });
  return { type: "list_committed_offsets_ok", offsets: Object.fromEntries(known) };
});

await node.run();
