/** The g-counter challenge: a counter that only grows, kept in the service seq-kv, which may answer with what is long past. */
import { randomUUID } from "node:crypto";
import { Node, SeqKV } from "@eddy/node";

export interface GCounterProtocol {
  add(request: { delta: number }): { type: "add_ok" };
  read(request: object): { type: "read_ok"; value: number };
}

/** How much each life of a node has counted. */
type Totals = Readonly<Record<string, number>>;

export class GCounterServer {
  readonly #node: Node<GCounterProtocol>;
  /** Each node stores its totals under its name, and nobody else changes them. */
  readonly #totals: SeqKV<Totals>;
  /** Where it does not matter what is written. */
  readonly #marks: SeqKV<string>;
  /** A node that is started again knows nothing of what it has counted: that is another life. */
  readonly #life = randomUUID();
  /** What was counted in this life. */
  #total = 0;

  /** A test gives a node of its own. */
  constructor(node = new Node<GCounterProtocol>()) {
    this.#node = node;
    this.#totals = new SeqKV(node);
    this.#marks = new SeqKV(node);
    node.handle("add", ({ body }) => this.#add(body.delta));
    node.handle("read", () => this.#read());
  }

  /** Serves until the input ends. */
  run(): Promise<void> {
    return this.#node.run();
  }

  /**
   * Stores the total, and not the difference: to do that twice is the same as once. When nobody says whether it was done,
   * the client is told just that, and the next add stores it all the same.
   */
  async #add(delta: number): Promise<{ type: "add_ok" }> {
    this.#total += delta;
    const change = (totals: Totals = {}): Totals => ({ ...totals, [this.#life]: this.#total });
    await this.#totals.update(this.#node.id, change, { timeout: 1000 });
    return { type: "add_ok" };
  }

  async #read(): Promise<{ type: "read_ok"; value: number }> {
    await this.#catchUp();
    const totals = await Promise.all(
      this.#node.nodeIds.map((id) => this.#totals.readOr(id, {}, { retry: true })),
    );
    const value = totals.flatMap(Object.values<number>).reduce((sum, total) => sum + total, 0);
    return { type: "read_ok", value };
  }

  /** What is new can only be written to the newest state, and what this node reads from then on is no older. */
  #catchUp(): Promise<void> {
    return this.#marks.write("mark", randomUUID(), { retry: true });
  }
}
