/** The g-set challenge: a set that grows on every node, and is the same on all of them when they can talk to each other. */
import { Node } from "@eddy/node";

/** ms from one gossip to the next */
const interval = 500;

export interface GSetProtocol {
  add(request: { element: number }): { type: "add_ok" };
  read(request: object): { type: "read_ok"; value: number[] };
  /** All elements that the sender has. Nobody answers: what gets lost will be said again. */
  gossip(message: { elements: number[] }): void;
}

export class GSetServer {
  readonly #node: Node<GSetProtocol>;
  readonly #elements = new Set<number>();

  /** A test gives a node of its own. */
  constructor(node = new Node<GSetProtocol>()) {
    this.#node = node;
    node.handle("add", ({ body }) => this.#add(body.element));
    node.handle("read", () => ({ type: "read_ok", value: [...this.#elements] }));
    node.handle("gossip", ({ body }) => this.#merge(body.elements));
    node.every(interval, () => this.#gossip());
  }

  /** Serves until the input ends. */
  run(): Promise<void> {
    return this.#node.run();
  }

  #add(element: number): { type: "add_ok" } {
    this.#elements.add(element);
    return { type: "add_ok" };
  }

  /** The union of both sets: it does not matter in which order sets come, how often, and that some of them never do. */
  #merge(elements: readonly number[]): void {
    for (const element of elements) this.#elements.add(element);
  }

  #gossip(): void {
    const elements = [...this.#elements];
    for (const id of this.#node.nodeIds)
      if (id !== this.#node.id) this.#node.send(id, { type: "gossip", elements });
  }
}
