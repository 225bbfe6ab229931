/** The echo challenge: a server that sends every payload back to whoever sent it. */
import { type Body, type Init, type Message, Node } from "@eddy/node";

/** What an echo server understands: for each request type, from the request's body to the reply's. */
export interface EchoProtocol {
  echo(request: { echo: unknown }): { type: "echo_ok"; echo: unknown };
}

export class EchoServer {
  readonly #node: Node<EchoProtocol>;
  /** The name that this node was given by `init`. */
  #id = "";

  /** A test gives a node of its own. */
  constructor(node = new Node<EchoProtocol>()) {
    this.#node = node;
    node.handle("init", (message) => this.#init(message));
    node.handle("echo", (message) => this.#echo(message));
  }

  /** Serves until the input ends. */
  run(): Promise<void> {
    return this.#node.run();
  }

  #init({ body }: Message<Init>): void {
    this.#id = body.node_id;
    console.log(`node ${this.#id} of ${body.node_ids.length} is ready`);
  }

  #echo({ src, body }: Message<Body & { echo: unknown }>): { type: "echo_ok"; echo: unknown } {
    console.log(`node ${this.#id} echoes to ${src}:`, body.echo);
    return { type: "echo_ok", echo: body.echo };
  }
}
