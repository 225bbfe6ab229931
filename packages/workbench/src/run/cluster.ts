/** The nodes of a run: starts them all at once, tells each who it is, and stops them. */
import { type Client, RequestFailed } from "../clients/client.ts";
import type { Rpc } from "../clients/rpc.ts";
import { toLine } from "../network/message.ts";
import type { Network } from "../network/network.ts";
import { excerpt, type Problem } from "../nodes/problem.ts";
import { maxLineLength, ProcessNode } from "../nodes/process-node.ts";
import type { Command } from "../nodes/program.ts";
import { type Finding, notAMessage, uplink } from "../nodes/uplink.ts";
import type { StoreError } from "../store/store-error.ts";
import { type Clock, second } from "../time/clock.ts";

const initRpc: Rpc = {
  doc: "Tells a node who it is and who else is there, once, before anything else.",
  typeFirst: true,
  request: { type: "init", fields: { node_id: "string", node_ids: "any" } },
  // The original looks at the type alone.
  reply: { type: "init_ok", fields: {}, open: true },
};
/** ns */
const initTimeout = 10 * second;

export interface ClusterOptions {
  readonly names: readonly string[];
  readonly command: Command;
  readonly logFile: (name: string) => string;
  readonly clock: Clock;
  readonly network: Network;
  /** Makes a client that talks to a node. */
  readonly openClient: (node: string) => Client;
  readonly problem: (problem: Problem) => void;
  readonly logFailed: (error: StoreError) => void;
  readonly stderrLine?: (name: string, line: string) => void;
}

export class Cluster {
  readonly #options: ClusterOptions;
  readonly #nodes: ProcessNode[] = [];

  constructor(options: ClusterOptions) {
    this.#options = options;
  }

  /** Starts all nodes and resolves when each has answered its init, or is known not to. */
  async start(signal: AbortSignal): Promise<void> {
    for (const name of this.#options.names) this.#nodes.push(this.#startNode(name));
    await Promise.all(this.#nodes.map((node) => this.#init(node, signal)));
  }

  async stop(): Promise<void> {
    for (const { name } of this.#nodes) this.#options.network.detach(name);
    await Promise.all(this.#nodes.map((node) => node.stop()));
  }

  #startNode(name: string): ProcessNode {
    const { command, logFile, logFailed, clock, network, stderrLine } = this.#options;
    const found = (finding: Finding | undefined): void => {
      if (finding !== undefined) this.#report(name, finding);
    };
    const node = new ProcessNode({
      name,
      command,
      logFile: logFile(name),
      logFailed,
      clock,
      line: (line) => found(uplink(name, line, network)),
      longLine: (beginning) => found(notAMessage(name, beginning, `is longer than ${maxLineLength} bytes`)),
      exited: (reason) => this.#report(name, exited(name, reason, node.logTail(), command.hint)),
      ...(stderrLine && { stderrLine: (line: string) => stderrLine(name, line) }),
    });
    network.attach(name, (message) => node.deliver(toLine(message)));
    return node;
  }

  async #init(node: ProcessNode, signal: AbortSignal): Promise<void> {
    const { names, openClient } = this.#options;
    const { name } = node;
    const client = openClient(name);
    const interrupt = (): void => client.interrupt(String(signal.reason));
    signal.addEventListener("abort", interrupt, { once: true });
    try {
      const request = client.request(initRpc, { node_id: name, node_ids: names }, initTimeout);
      if (signal.aborted) interrupt();
      await request;
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      if (error.reason.kind !== "interrupted") this.#report(name, noInit(name, error, node.logTail()));
    } finally {
      signal.removeEventListener("abort", interrupt);
    }
  }

  #report(node: string, finding: Finding): void {
    const evidence = finding.evidence.map(excerpt);
    this.#options.problem({ node, time: this.#options.clock.now(), ...finding, evidence });
  }
}

function exited(name: string, reason: string, logTail: readonly string[], hint: string | undefined): Finding {
  let advice = "A node runs until it is stopped.";
  if (hint !== undefined) advice = hint;
  else if (reason.endsWith("status 0"))
    advice += " This one came to its end: with @eddy/node, is node.run() missing?";
  else if (logTail.length > 0) advice += ` All that it logged is in node-logs/${name}.log.`;
  const evidence = logTail.length > 0 ? logTail : ["(it logged nothing on stderr)"];
  return { kind: "exited", message: `${name} ${reason}`, evidence, advice };
}

function noInit(name: string, { reason }: RequestFailed, logTail: readonly string[]): Finding {
  const advice =
    'A node answers the init message with {"type": "init_ok", "in_reply_to": …} within 10 s. ' +
    "With @eddy/node that is done when its init hook returns.";
  switch (reason.kind) {
    case "net-timeout":
      return {
        kind: "no-init",
        message: `${name} did not answer init within 10 s`,
        evidence: logTail,
        advice,
      };
    case "rpc-error":
      return {
        kind: "no-init",
        message: `${name} answered init with an error: ${reason.message} (code ${reason.code}, ${reason.name})`,
        evidence: logTail,
        advice,
      };
    default:
      return { kind: "no-init", message: reason.message, evidence: logTail, advice };
  }
}
