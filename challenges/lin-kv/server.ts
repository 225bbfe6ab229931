/** The lin-kv challenge, the short way: every node asks the service lin-kv, and says what that says. */
import { type Key, LinKV, Node } from "@eddy/node";

export interface LinKVProtocol {
  read(request: { key: Key }): { type: "read_ok"; value: unknown };
  write(request: { key: Key; value: unknown }): { type: "write_ok" };
  cas(request: { key: Key; from: unknown; to: unknown }): { type: "cas_ok" };
}

export class LinKVServer {
  readonly #node: Node<LinKVProtocol>;

  /** A test gives a node of its own. */
  constructor(node = new Node<LinKVProtocol>()) {
    this.#node = node;
    const kv = new LinKV(node);
    // Asked once each: a write that is sent again may undo what another has written meanwhile. An error of the service,
    // and that no answer came, goes on to the client with its code, definite or not.
    node.handle("read", async ({ body }) => ({ type: "read_ok", value: await kv.read(body.key) }));
    node.handle("write", async ({ body }) => {
      await kv.write(body.key, body.value);
      return { type: "write_ok" };
    });
    node.handle("cas", async ({ body }) => {
      await kv.compareAndSwap(body.key, body.from, body.to);
      return { type: "cas_ok" };
    });
  }

  /** Serves until the input ends. */
  run(): Promise<void> {
    return this.#node.run();
  }
}
