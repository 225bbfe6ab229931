/** What g-counter and pn-counter have in common: the RPCs, what clients do with them, and who judges. */
import { CounterChecker } from "../checkers/counter.ts";
import type { Rpc } from "../clients/rpc.ts";
import { second } from "../time/clock.ts";
import { finalReads } from "./adds-and-reads.ts";
import type { Workload } from "./workload.ts";

const add: Rpc = {
  doc: "Asks a node to add an integer to the counter. The node acknowledges that it is counted.",
  request: { type: "add", fields: { delta: "integer" } },
  reply: { type: "add_ok", fields: {} },
};

const read: Rpc = {
  doc: "Asks a node for the value of the counter: the sum of all that was added, as far as the node knows.",
  request: { type: "read", fields: {} },
  reply: { type: "read_ok", fields: { value: "integer" } },
};

/** A counter, but for its name and for what clients add to it. */
export const counter: Omit<Workload, "name" | "generator"> = {
  rpcs: { add, read },
  final: finalReads,
  async perform(client, { f, value }) {
    if (f === "read") return (await client.request(read, {}, 5 * second)).value;
    await client.request(add, { delta: value }, 5 * second);
    return value;
  },
  idempotent: new Set(["read"]),
  checker: () => new CounterChecker(),
  meaning: "every final read was the sum of all that was acknowledged, give or take what nobody knows",
};
