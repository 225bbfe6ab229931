/** A client of `lin-tso`, the linearizable timestamp oracle that the workbench runs beside the nodes. */
import { type Caller, call, type RPCOptions } from "./calls.ts";

/** Hands out timestamps: integers from 0, each larger than all that were handed out, to any node, before it was asked for. */
export class LinTSO {
  readonly #node: Caller;

  constructor(node: Caller) {
    this.#node = node;
  }

  /** The next timestamp. */
  async next(options?: RPCOptions): Promise<number> {
    const { ts } = await this.#node[call]<{ ts: number }>("lin-tso", { type: "ts" }, options);
    return ts;
  }
}
