/** One log, kept in the service lin-kv: each entry is a key of its own there, which is created once and never changed. */
import { randomUUID } from "node:crypto";
import { errorCodes, type LinKV, RPCError } from "@eddy/node";

export interface Entry {
  /** Says whose entry this is: two messages may be equal. */
  readonly id: string;
  readonly msg: unknown;
}

export class Log {
  readonly #kv: LinKV<Entry>;
  readonly #name: string;
  /** The beginning of the log, as far as this node has seen it. Since entries never change, it never grows wrong. */
  readonly #known: Entry[] = [];

  constructor(kv: LinKV<Entry>, name: string) {
    this.#kv = kv;
    this.#name = name;
  }

  /**
   * Puts a message at the end, wherever that is by now.
   *
   * @returns its offset
   * @throws {RPCError} 0 when no answer came: it may have been appended
   */
  async append(msg: unknown): Promise<number> {
    const entry = { id: randomUUID(), msg };
    for (;;) {
      const offset = this.#known.length;
      if (await this.#create(offset, entry)) {
        this.#known[offset] = entry;
        return offset;
      }
      await this.#catchUp();
      // A request that the network delivers twice is refused the second time, by what it did the first time.
      if (this.#known[offset]?.id === entry.id) return offset;
    }
  }

  /** Messages from an offset on, each with its own: those that are known here, and if there are none, those that are new. */
  async from(offset: number): Promise<[number, unknown][]> {
    if (offset >= this.#known.length) await this.#catchUp();
    return this.#known.slice(offset).map(({ msg }, i) => [offset + i, msg]);
  }

  /** Creates an entry; returns false if there is one of that offset already. */
  async #create(offset: number, entry: Entry): Promise<boolean> {
    try {
      await this.#kv.compareAndSwap(this.#key(offset), null, entry, { createIfNotExists: true });
      return true;
    } catch (error) {
      if (error instanceof RPCError && error.code === errorCodes.preconditionFailed) return false;
      throw error;
    }
  }

  /** Reads what others have appended: one entry, then two at once, then four and so on, up to the end. */
  async #catchUp(): Promise<void> {
    for (let count = 1; ; count *= 2) {
      const start = this.#known.length;
      const offsets = Array.from({ length: count }, (_, i) => start + i);
      const entries = await Promise.all(offsets.map((offset) => this.#read(offset)));
      for (const [i, entry] of entries.entries()) {
        if (entry === undefined) return;
        this.#known[start + i] = entry;
      }
    }
  }

  #read(offset: number): Promise<Entry | undefined> {
    return this.#kv.readOr(this.#key(offset), undefined, { retry: true });
  }

  #key(offset: number): string {
    return `log/${this.#name}/${offset}`;
  }
}
