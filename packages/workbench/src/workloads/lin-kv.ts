/**
 * Lin-kv: clients read, write and compare-and-set registers, which together have to be as one that everybody shares.
 *
 * A `read` of a key ends ok with its value, a `write` sets it, and a `cas` sets it if it has a certain value; with the key
 * the value of an operation is `[key, value]`, for a cas `[key, [from, to]]`. Keys are 0, 1, 2, …, values 0 … 4. So many
 * clients as twice the nodes share a key: half of them read, of the others' operations two in three are a cas. When 20
 * processes have had to do with a key, because requests were not answered, they go on with another.
 *
 * An error that says that nothing happened ends an operation `fail`: that the key does not exist (20), or that its value is
 * another (22). Any other error and a reply that does not come within 10 x the mean latency, but 1 s at least, ends it
 * `info`; a read changes nothing, and has then failed. The history is right when the operations on each key can be put in one
 * order in which each of them takes effect at a moment between its beginning and its end.
 */
import { LinearizabilityChecker } from "../checkers/linearizability/checker.ts";
import type { Rpc } from "../clients/rpc.ts";
import { millisecond, second } from "../time/clock.ts";
import { linKvOperations } from "./lin-kv-operations.ts";
import type { Workload } from "./workload.ts";

const read: Rpc = {
  doc: "Asks for the value of a key. The node answers with error 20 when the key does not exist.",
  request: { type: "read", fields: { key: "any" } },
  reply: { type: "read_ok", fields: { value: "any" } },
};

const write: Rpc = {
  doc: "Sets the value of a key, whether it exists or not.",
  request: { type: "write", fields: { key: "any", value: "any" } },
  reply: { type: "write_ok", fields: {} },
};

const cas: Rpc = {
  doc:
    "Sets the value of a key to `to` if it is `from`, at one moment. The node answers with error 20 when the key does not " +
    "exist, and with 22 when its value is another.",
  request: { type: "cas", fields: { key: "any", from: "any", to: "any" } },
  reply: { type: "cas_ok", fields: {} },
};

export const linKv: Workload = {
  name: "lin-kv",
  rpcs: { read, write, cas },
  generator: linKvOperations,
  async perform(client, { f, value }, { latency }) {
    const timeout = Math.max(second, 10 * latency.mean * millisecond);
    const [key, argument] = listOf(value);
    if (f === "read") return [key, (await client.request(read, { key }, timeout)).value];
    if (f === "write") await client.request(write, { key, value: argument }, timeout);
    else {
      const [from, to] = listOf(argument);
      await client.request(cas, { key, from, to }, timeout);
    }
    return value;
  },
  idempotent: new Set(["read"]),
  reusableClients: true,
  checker: (limits) => new LinearizabilityChecker(limits),
  meaning: "the operations on each key can be put in one order that explains all that was answered",
};

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
