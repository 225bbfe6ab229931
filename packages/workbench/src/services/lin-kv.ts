/** The service `lin-kv`: a linearizable key-value store. There is one state, and requests change it one after the other. */
import { applyKv, parseKv } from "./kv-operation.ts";
import type { Reply, Request, Service } from "./service.ts";

/** Every operation sees all that were done before it. */
export class LinKv implements Service {
  readonly #values = new Map<string, string>();

  handle(request: Request): Reply {
    const operation = parseKv(request);
    if (operation.type === "error") return operation;
    const { reply, written } = applyKv(operation, this.#values.get(operation.key));
    if (written !== undefined) this.#values.set(operation.key, written);
    return reply;
  }
}
