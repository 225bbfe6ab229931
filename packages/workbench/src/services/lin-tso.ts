/** The service `lin-tso`: a linearizable timestamp oracle, which counts the requests that it gets. */
import { notSupported, type Reply, type Request, type Service } from "./service.ts";

/** Its timestamps are 0, 1, 2, … */
export class LinTso implements Service {
  #next = 0;

  handle(request: Request): Reply {
    if (request.type !== "ts") return notSupported(request, "a timestamp oracle answers to ts");
    return { type: "ts_ok", fields: { ts: `${this.#next++}` } };
  }
}
