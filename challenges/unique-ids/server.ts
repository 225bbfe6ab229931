/** The unique-ids challenge: a server that makes ids, no two of them alike, without asking anybody. */
import { randomBytes } from "node:crypto";
import { Node } from "@eddy/node";

export interface UniqueIdsProtocol {
  generate(request: object): { type: "generate_ok"; id: string };
}

export class UniqueIdsServer {
  readonly #node: Node<UniqueIdsProtocol>;
  /** Tells this life of the node from those before it: after a restart it counts from 1 again. */
  readonly #life = randomBytes(8).toString("hex");
  /** Ids made in this life. */
  #count = 0;

  /** A test gives a node of its own. */
  constructor(node = new Node<UniqueIdsProtocol>()) {
    this.#node = node;
    node.handle("generate", () => this.#generate());
  }

  /** Serves until the input ends. */
  run(): Promise<void> {
    return this.#node.run();
  }

  #generate(): { type: "generate_ok"; id: string } {
    this.#count += 1;
    return { type: "generate_ok", id: `${this.#node.id}-${this.#life}-${this.#count}` };
  }
}
