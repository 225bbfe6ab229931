/** The pn-counter challenge: a counter that goes up and down on every node, and at last is the same on all of them. */
import { Node } from "@eddy/node";
import { add, merge, sum, type Totals } from "./totals.ts";

/** ms from one gossip to the next */
const interval = 500;

export interface PNCounterProtocol {
  add(request: { delta: number }): { type: "add_ok" };
  read(request: object): { type: "read_ok"; value: number };
  /** All that the sender knows. Nobody answers: what gets lost will be said again. */
  gossip(message: { plus: Totals; minus: Totals }): void;
}

export class PNCounterServer {
  readonly #node: Node<PNCounterProtocol>;
  /** What each node has added, and what each has taken away. */
  #plus: Totals = {};
  #minus: Totals = {};

  /** A test gives a node of its own. */
  constructor(node = new Node<PNCounterProtocol>()) {
    this.#node = node;
    node.handle("add", ({ body }) => this.#add(body.delta));
    node.handle("read", () => ({ type: "read_ok", value: sum(this.#plus) - sum(this.#minus) }));
    node.handle("gossip", ({ body }) => this.#merge(body.plus, body.minus));
    node.every(interval, () => this.#gossip());
  }

  /** Serves until the input ends. */
  run(): Promise<void> {
    return this.#node.run();
  }

  #add(delta: number): { type: "add_ok" } {
    if (delta >= 0) this.#plus = add(this.#plus, this.#node.id, delta);
    else this.#minus = add(this.#minus, this.#node.id, -delta);
    return { type: "add_ok" };
  }

  #merge(plus: Totals, minus: Totals): void {
    this.#plus = merge(this.#plus, plus);
    this.#minus = merge(this.#minus, minus);
  }

  #gossip(): void {
    for (const id of this.#node.nodeIds)
      if (id !== this.#node.id) this.#node.send(id, { type: "gossip", plus: this.#plus, minus: this.#minus });
  }
}
