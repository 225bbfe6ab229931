/**
 * G-set: clients add elements to a set that only grows, and read it.
 *
 * An operation `add` adds a new element, one of the integers 0, 1, 2, …; `read` asks a node for all elements, in any order.
 * There are about as many of the one as of the other. At the end, when all is healed and 10 s have passed, every client
 * reads once more. An error that says that nothing happened ends an operation `fail`, any other error and a reply that does
 * not come within 5 s `info`; a read changes nothing, and has then failed.
 *
 * The history is right when no element is lost that was acknowledged or ever read: from some time on, every read has to
 * list it. No read may list an element twice, or one that nobody has added.
 */
import { SetFullChecker } from "../checkers/set-full.ts";
import type { Rpc } from "../clients/rpc.ts";
import { second } from "../time/clock.ts";
import { addsAndReads, finalReads } from "./adds-and-reads.ts";
import type { Workload } from "./workload.ts";

const add: Rpc = {
  doc: "Asks a node to add an element, any JSON value, to the set. The node acknowledges that it is in it.",
  request: { type: "add", fields: { element: "any" } },
  reply: { type: "add_ok", fields: {} },
};

const read: Rpc = {
  doc: "Asks a node for all elements of the set, in any order.",
  request: { type: "read", fields: {} },
  reply: { type: "read_ok", fields: { value: { array: "any" } } },
};

export const gSet: Workload = {
  name: "g-set",
  rpcs: { add, read },
  generator: (random) => addsAndReads("add", random),
  final: finalReads,
  async perform(client, { f, value }) {
    if (f === "read") return (await client.request(read, {}, 5 * second)).value;
    await client.request(add, { element: value }, 5 * second);
    return value;
  },
  idempotent: new Set(["read"]),
  checker: () => new SetFullChecker(),
  meaning: "every element that was acknowledged was in the reads that came after, and no other was",
};
