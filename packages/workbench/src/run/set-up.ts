/** The step between the nodes' init and the first operation: what a workload asks of each node before everything else. */
import { type Client, RequestFailed } from "../clients/client.ts";
import { describeReply } from "../clients/rpc.ts";
import type { Problem } from "../nodes/problem.ts";
import { type Clock, second } from "../time/clock.ts";
import type { Setup } from "../workloads/workload.ts";

export interface SetUpOptions {
  readonly nodes: readonly string[];
  readonly clock: Clock;
  /** Makes a client that talks to a node. */
  readonly openClient: (node: string) => Client;
  readonly problem: (problem: Problem) => void;
  /** Ends the waiting for answers. */
  readonly signal: AbortSignal;
}

/** ns; as the original has it for all requests of clients */
const timeout = 5 * second;

/** Asks all nodes at once, each through a client of its own; resolves when each has answered, or is known not to. */
export async function setUp(setup: Setup, options: SetUpOptions): Promise<void> {
  await Promise.all(options.nodes.map((node) => setUpNode(node, setup, options)));
}

async function setUpNode(
  node: string,
  { rpc, fields }: Setup,
  { clock, openClient, problem, signal }: SetUpOptions,
): Promise<void> {
  if (signal.aborted) return;
  const client = openClient(node);
  const interrupt = (): void => client.interrupt(String(signal.reason));
  signal.addEventListener("abort", interrupt, { once: true });
  try {
    await client.request(rpc, fields, timeout);
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error;
    if (error.reason.kind === "interrupted") return;
    problem({
      node,
      kind: "no-setup",
      time: clock.now(),
      message: describe(node, rpc.request.type, error),
      evidence: [],
      advice: `Before the first operation, every node must answer its ${rpc.request.type} with ${describeReply(rpc.reply)}.`,
    });
  } finally {
    signal.removeEventListener("abort", interrupt);
  }
}

function describe(
  node: string,
  asked: string,
  { reason: { kind, message, code, name } }: RequestFailed,
): string {
  switch (kind) {
    case "net-timeout":
      return `${node} did not answer ${asked} within ${timeout / second} s`;
    case "rpc-error":
      return `${node} answered ${asked} with an error: ${message} (code ${code}, ${name})`;
    default:
      return message;
  }
}
