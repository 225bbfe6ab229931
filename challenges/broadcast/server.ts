/** The broadcast challenge: what one node is told, all nodes know at last, however often the network fails on the way. */
import { Node, type Request } from "@eddy/node";

/** Before anything is sent again there has to be time for an answer: there and back, on the slowest network that is in order. */
const retry = { first: 500, longest: 2000 };

type Topology = Readonly<Record<string, readonly string[]>>;

export interface BroadcastProtocol {
  topology(request: { topology: Topology }): { type: "topology_ok" };
  /** Clients send it to begin a broadcast, and nodes to pass it on. */
  broadcast(request: { message: number }): { type: "broadcast_ok" };
  read(request: object): { type: "read_ok"; messages: number[] };
}

export class BroadcastServer {
  readonly #node: Node<BroadcastProtocol>;
  readonly #messages = new Set<number>();
  #neighbours: readonly string[] = [];

  /** A test gives a node of its own. */
  constructor(node = new Node<BroadcastProtocol>()) {
    this.#node = node;
    node.handle("topology", ({ body }) => this.#setTopology(body.topology));
    node.handle("broadcast", (request) => this.#broadcast(request));
    node.handle("read", () => ({ type: "read_ok", messages: [...this.#messages] }));
  }

  /** Serves until the input ends. */
  run(): Promise<void> {
    return this.#node.run();
  }

  #setTopology(topology: Topology): { type: "topology_ok" } {
    this.#neighbours = topology[this.#node.id] ?? [];
    return { type: "topology_ok" };
  }

  /** A message that is new goes to all neighbours but the one it came from, to each until it says that it has it. */
  #broadcast({ src, body: { message } }: Request<{ message: number }>): { type: "broadcast_ok" } {
    if (!this.#messages.has(message)) {
      this.#messages.add(message);
      for (const neighbour of this.#neighbours)
        if (neighbour !== src) void this.#node.rpc(neighbour, { type: "broadcast", message }, { retry });
    }
    return { type: "broadcast_ok" };
  }
}
