/**
 * Unique ids: clients ask for ids, and no two of them may get the same.
 *
 * An operation `generate` asks a node for a new id, which may be any JSON; it ends `ok` with the id. An error that says
 * that nothing happened ends it `fail`, any other error and a reply that does not come within 5 s `info`: the client goes
 * on nevertheless. The history is right when all ids that came back differ, by value.
 */
import { UniqueIdsChecker } from "../checkers/unique-ids.ts";
import { repeatedly } from "../clients/generator.ts";
import type { Rpc } from "../clients/rpc.ts";
import { second } from "../time/clock.ts";
import { exactField } from "./exact-integers.ts";
import type { Workload } from "./workload.ts";

const generate: Rpc = {
  doc: "Asks a node for a new id. The node answers with one, any JSON value, that no node has given before.",
  request: { type: "generate", fields: {} },
  reply: { type: "generate_ok", fields: { id: "any" } },
};

export const uniqueIds: Workload = {
  name: "unique-ids",
  rpcs: { generate },
  generator: () => repeatedly(() => ({ f: "generate", value: null })),
  perform: async (client) => exactField(await client.exchange(generate, {}, 5 * second), "id"),
  idempotent: new Set(),
  reusableClients: true,
  checker: () => new UniqueIdsChecker(),
  meaning: "no id was given twice",
};
