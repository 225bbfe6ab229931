/** The nodes of a run: starts them all at once, tells each who it is, stops them, and does with them what faults want. */
import { type Client, RequestFailed } from "../clients/client.ts";
import type { Rpc } from "../clients/rpc.ts";
import type { NodeControl } from "../faults/fault.ts";
import { type Message, toLine } from "../network/message.ts";
import type { Network } from "../network/network.ts";
import { maxWaiting } from "../nodes/inbox.ts";
import type { Node, NodeStarter } from "../nodes/node.ts";
import { excerpt, type Problem } from "../nodes/problem.ts";
import { maxLineLength } from "../nodes/process-node.ts";
import { BadBinary } from "../nodes/program.ts";
import { type Finding, notAMessage, uplink } from "../nodes/uplink.ts";
import { StoreError } from "../store/store-error.ts";
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
  readonly starter: NodeStarter;
  readonly clock: Clock;
  readonly network: Network;
  /** Makes a client that talks to a node. */
  readonly openClient: (node: string) => Client;
  readonly problem: (problem: Problem) => void;
  /** Ends the waiting for nodes that do not get ready. */
  readonly signal: AbortSignal;
}

/** A node in the cluster, from one start to the next. */
interface Member {
  readonly node: Node;
  /** The client that sends it its init; nobody else is let to it before it has answered. */
  readonly introducer: Client;
  /** What came for it before that, and how many bytes that is. */
  held: Message[] | undefined;
  heldBytes: number;
}

export class Cluster implements NodeControl {
  readonly #options: ClusterOptions;
  /** The nodes that run. */
  readonly #members = new Map<string, Member>();

  constructor(options: ClusterOptions) {
    this.#options = options;
  }

  /** Starts all nodes at once and resolves when each has answered its init, or is known not to. */
  async start(): Promise<void> {
    const members = this.#options.names.map((name) => this.#start(name));
    await Promise.all(members.map((member) => this.#init(member)));
  }

  /** Ends all nodes, and what they have left behind. */
  async stop(): Promise<void> {
    const members = [...this.#members.values()];
    for (const { node } of members) this.#remove(node.name);
    await Promise.all(members.map(({ node }) => node.stop()));
    await this.#options.starter.close();
  }

  async kill(name: string): Promise<boolean> {
    const node = this.#members.get(name)?.node;
    if (node === undefined) return false;
    this.#remove(name);
    await node.kill();
    return true;
  }

  async restart(name: string): Promise<boolean> {
    if (this.#members.has(name) || this.#options.signal.aborted) return false;
    let member: Member;
    try {
      member = this.#start(name);
    } catch (error) {
      if (!(error instanceof BadBinary || error instanceof StoreError)) throw error;
      this.#report(name, notAgain(name, error));
      return false;
    }
    await this.#init(member);
    return true;
  }

  pause(name: string): boolean {
    const member = this.#members.get(name);
    member?.node.pause();
    return member !== undefined;
  }

  resume(name: string): boolean {
    const member = this.#members.get(name);
    member?.node.resume();
    return member !== undefined;
  }

  #start(name: string): Member {
    const { starter, network, openClient } = this.#options;
    const found = (finding: Finding | undefined): void => {
      if (finding !== undefined) this.#report(name, finding);
    };
    const node: Node = starter.start(name, {
      line: (line) => found(uplink(name, line, network)),
      longLine: (beginning) => found(notAMessage(name, beginning, `is longer than ${maxLineLength} bytes`)),
      exited: (reason) => found(exited(name, reason, node.logTail(), starter.hint)),
    });
    const member: Member = { node, introducer: openClient(name), held: [], heldBytes: 0 };
    this.#members.set(name, member);
    network.attach(name, {
      receive: (message) => {
        if (member.held === undefined || message.src === member.introducer.name) {
          node.deliver(toLine(message));
          return;
        }
        member.held.push(message);
        member.heldBytes += message.text.length;
      },
      full: () => node.full || (member.held !== undefined && member.heldBytes > maxWaiting),
    });
    return member;
  }

  async #init(member: Member): Promise<void> {
    const { names, signal } = this.#options;
    const { node, introducer } = member;
    const { name } = node;
    const interrupt = (): void => introducer.interrupt(String(signal.reason));
    signal.addEventListener("abort", interrupt, { once: true });
    try {
      const request = introducer.request(initRpc, { node_id: name, node_ids: names }, initTimeout);
      if (signal.aborted) interrupt();
      await request;
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      if (error.reason.kind !== "interrupted") this.#report(name, noInit(name, error, node.logTail()));
    } finally {
      signal.removeEventListener("abort", interrupt);
    }
    const { held = [] } = member;
    member.held = undefined;
    for (const message of held) node.deliver(toLine(message));
  }

  #remove(name: string): void {
    this.#members.delete(name);
    this.#options.network.detach(name);
  }

  #report(node: string, finding: Finding): void {
    const evidence = finding.evidence.map(excerpt);
    this.#options.problem({ node, time: this.#options.clock.now(), ...finding, evidence });
  }
}

function exited(name: string, reason: string, logTail: readonly string[], hint: string | undefined): Finding {
  let advice = "A node runs until it is stopped.";
  if (reason.includes("EMFILE")) advice = "Too many files are open: allow more with ulimit -n.";
  else if (hint !== undefined) advice = hint;
  else if (reason.endsWith("status 0"))
    advice += " This one came to its end: with @eddy/node, is node.run() missing?";
  else if (logTail.length > 0) advice += ` All that it logged is in node-logs/${name}.log.`;
  const evidence = logTail.length > 0 ? logTail : ["(it logged nothing on stderr)"];
  return { kind: "exited", message: `${name} ${reason}`, evidence, advice };
}

function notAgain(name: string, error: Error): Finding {
  return {
    kind: "exited",
    message: `${name} could not be started again after it had been killed: ${error.message}`,
    evidence: [],
    advice:
      "The program, and what the node has in $EDDY_DATA_DIR, must stay where they are while the run goes on.",
  };
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
