/**
 * Clients of the key-value services that the workbench runs beside the nodes: `lin-kv`, `seq-kv` and `lww-kv`
 * (https://github.com/jepsen-io/maelstrom/blob/main/doc/services.md).
 */
import { type Caller, call, type RPCOptions } from "./calls.ts";
import { errorCodes, RPCError } from "./errors.ts";

/** What a value is stored under. */
export type Key = string | number;

/**
 * For what must not be done twice: there is no `retry`, because a compare-and-swap that is sent again after it worked
 * fails, and looks as if another one had been faster.
 */
export interface OnceOptions extends RPCOptions {
  readonly retry?: false | undefined;
}

/** A key-value service. That its values are of type `V` is a promise of those who write them; nothing checks it. */
class KV<V> {
  readonly #node: Caller;
  readonly #service: string;

  constructor(node: Caller, service: string) {
    this.#node = node;
    this.#service = service;
  }

  /**
   * The value of a key.
   *
   * @throws {RPCError} 20 when there is no such key
   */
  async read(key: Key, options?: RPCOptions): Promise<V> {
    const { value } = await this.#node[call]<{ value: V }>(this.#service, { type: "read", key }, options);
    return value;
  }

  /** The value of a key, or `otherwise` when there is no such key. */
  async readOr<D>(key: Key, otherwise: D, options?: RPCOptions): Promise<V | D> {
    try {
      return await this.read(key, options);
    } catch (error) {
      if (isError(error, errorCodes.keyDoesNotExist)) return otherwise;
      throw error;
    }
  }

  /** Stores a value, whether or not there is one. With `retry`, it may undo what another one has written meanwhile. */
  async write(key: Key, value: V, options?: RPCOptions): Promise<void> {
    await this.#node[call](this.#service, { type: "write", key, value }, options);
  }

  /**
   * Stores `to` where `from` is stored. With `createIfNotExists` also where nothing is (`lww-kv` of the original ignores that).
   *
   * @throws {RPCError} 22 when another value than `from` is stored, 20 when none is
   */
  async compareAndSwap(
    key: Key,
    from: V | null,
    to: V,
    options: OnceOptions & { readonly createIfNotExists?: boolean | undefined } = {},
  ): Promise<void> {
    const { createIfNotExists, ...once } = options;
    const create = createIfNotExists ? { create_if_not_exists: true } : {};
    await this.#node[call](
      this.#service,
      { type: "cas", key, from, to, ...create },
      { ...once, retry: false },
    );
  }

  /**
   * Replaces the value of a key by what `change` makes of it, and starts over when another one was faster. `change` gets
   * `undefined` when there is no such key, and may be called several times. (A `null` that another one stores
   * between "there is no such key" and the answer counts as no value.) `timeout` is that of each message.
   *
   * @returns the value that is stored now
   * @throws {RPCError} 0 when a reply is missing: the change may have been made
   */
  async update(
    key: Key,
    change: (value: V | undefined) => V | Promise<V>,
    options?: OnceOptions,
  ): Promise<V> {
    for (;;) {
      // To read twice does no harm, so that of lost messages only those of the compare-and-swap are felt.
      const from = await this.readOr(key, undefined, { timeout: 5000, ...options, retry: true });
      const to = await change(structuredClone(from));
      try {
        await this.compareAndSwap(key, from ?? null, to, {
          ...options,
          createIfNotExists: from === undefined,
        });
        return to;
      } catch (error) {
        if (!isError(error, errorCodes.preconditionFailed)) throw error;
      }
    }
  }
}

/** The linearizable service `lin-kv`: every operation sees all that ended before it began. */
export class LinKV<V = unknown> extends KV<V> {
  constructor(node: Caller) {
    super(node, "lin-kv");
  }
}

/** The sequentially consistent service `seq-kv`: a read may be old, but never older than what this node has seen. */
export class SeqKV<V = unknown> extends KV<V> {
  constructor(node: Caller) {
    super(node, "seq-kv");
  }
}

/** The service `lww-kv`, last write wins: eventually consistent; a read may be old, and a write may be lost to another. */
export class LWWKV<V = unknown> extends KV<V> {
  constructor(node: Caller) {
    super(node, "lww-kv");
  }
}

function isError(error: unknown, code: number): boolean {
  return error instanceof RPCError && error.code === code;
}
