/**
 * Echo: clients send a payload to their node, and expect the same payload back.
 *
 * An operation `echo` asks for one such exchange; it ends `ok` with the body of the reply. An error that says that
 * nothing happened ends it `fail`, any other error and a reply that does not come within 5 s `info`. The history is
 * right when every payload came back, equal to what was sent.
 */
import { EchoChecker } from "../checkers/echo.ts";
import { repeatedly } from "../clients/generator.ts";
import type { Rpc } from "../clients/rpc.ts";
import { second } from "../time/clock.ts";
import type { Workload } from "./workload.ts";

const echoRpc: Rpc = {
  doc: "Sends a payload, any JSON value, to a node. The node answers with the same payload.",
  request: { type: "echo", fields: { echo: "any" } },
  reply: { type: "echo_ok", fields: { echo: "any" } },
};

export const echo: Workload = {
  name: "echo",
  rpcs: { echo: echoRpc },
  generator: (random) => repeatedly(() => ({ f: "echo", value: `Please echo ${random.integer(128)}` })),
  perform: (client, { value }) => client.request(echoRpc, { echo: value }, 5 * second),
  idempotent: new Set(),
  checker: () => new EchoChecker(),
  meaning: "every echo came back as it was sent",
};
