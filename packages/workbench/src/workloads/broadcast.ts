/**
 * Broadcast: clients give messages to their nodes, which are to reach all nodes in the end.
 *
 * Before anything else, every node gets `topology`, which names neighbours for each node; what it makes of them is its own
 * affair. An operation `broadcast` gives a node a new message, one of the integers 0, 1, 2, …; `read` asks a node for all
 * messages that it has seen, in any order. There are about as many of the one as of the other. At the end, when all is
 * healed and 10 s have passed, every client reads once more. An error that says that nothing happened ends an operation
 * `fail`, any other error and a reply that does not come within 5 s `info`; a read changes nothing, and has then failed.
 *
 * The history is right when no message is lost that was acknowledged or ever read: from some time on, every read has to
 * list it. How long that took is in `stable-latencies`. No read may list a message twice, or one that nobody has sent.
 */
import { SetFullChecker } from "../checkers/set-full.ts";
import type { Rpc } from "../clients/rpc.ts";
import { second } from "../time/clock.ts";
import { addsAndReads, finalReads } from "./adds-and-reads.ts";
import { topology } from "./topology.ts";
import type { Workload } from "./workload.ts";

const topologyRpc: Rpc = {
  doc: "Tells a node the neighbours of every node, once, before anything else. The node acknowledges that.",
  typeFirst: true,
  request: { type: "topology", fields: { topology: { map: { array: "string" } } } },
  reply: { type: "topology_ok", fields: {} },
};

const broadcastRpc: Rpc = {
  doc: "Gives a node a message, any JSON value, that is to reach all nodes. The node acknowledges that it has it.",
  typeFirst: true,
  request: { type: "broadcast", fields: { message: "any" } },
  reply: { type: "broadcast_ok", fields: {} },
};

const readRpc: Rpc = {
  doc: "Asks a node for all messages that it has seen, in any order.",
  request: { type: "read", fields: {} },
  reply: { type: "read_ok", fields: { messages: { array: "any" } } },
};

export const broadcast: Workload = {
  name: "broadcast",
  rpcs: { topology: topologyRpc, broadcast: broadcastRpc, read: readRpc },
  setup: ({ nodes, tuning }) => ({
    rpc: topologyRpc,
    fields: { topology: topology(tuning.topology, nodes) },
  }),
  generator: (random) => addsAndReads("broadcast", random),
  final: finalReads,
  async perform(client, { f, value }) {
    if (f === "read") return (await client.request(readRpc, {}, 5 * second)).messages;
    await client.request(broadcastRpc, { message: value }, 5 * second);
    return value;
  },
  idempotent: new Set(["read"]),
  checker: () => new SetFullChecker("broadcast"),
  meaning: "every message that was acknowledged reached the reads that came after, and no other did",
};
