/**
 * The service `lww-kv`: an eventually consistent key-value store, in which the last write wins. It has two replicas, and
 * each request goes to one of them: a read may miss a write, and of two writes that do not know of each other one is lost.
 */
import type { Random } from "../time/random.ts";
import { applyKv, parseKv } from "./kv-operation.ts";
import type { Reply, Request, Service } from "./service.ts";

/** Before each request, a replica chosen at random is merged into another so chosen. */
export class LwwKv implements Service {
  readonly #random: Random;
  readonly #replicas = [new Replica(), new Replica()] as const;

  /** @param random says which replicas are merged, and which one a request goes to */
  constructor(random: Random) {
    this.#random = random;
  }

  handle(request: Request): Reply {
    const operation = parseKv(request);
    if (operation.type === "error") return operation;
    const [source, target, replica] = [this.#anyReplica(), this.#anyReplica(), this.#anyReplica()];
    // Both may be the same one: then nothing is merged this time.
    if (source !== target) source.mergeInto(target);
    const { reply, written } = applyKv(operation, replica.get(operation.key));
    if (written !== undefined) replica.set(operation.key, written);
    return reply;
  }

  #anyReplica(): Replica {
    return this.#replicas[this.#random.integer(2) === 0 ? 0 : 1];
  }
}

/** A value, and the Lamport timestamp of its write. */
interface Entry {
  readonly value: string;
  readonly timestamp: number;
}

/** One of two replicas. */
class Replica {
  readonly #entries = new Map<string, Entry>();
  /** The Lamport clock: larger than all timestamps that this replica knows. */
  #clock = 0;
  /** The keys that were written here since the other replica last learned of such. The rest need not be merged again. */
  readonly #news = new Set<string>();

  get(key: string): string | undefined {
    return this.#entries.get(key)?.value;
  }

  set(key: string, value: string): void {
    this.#entries.set(key, { value, timestamp: this.#clock++ });
    this.#news.add(key);
  }

  /** Tells the other replica what was written here. Of two writes with the same timestamp that from here wins there. */
  mergeInto(other: Replica): void {
    for (const key of this.#news) {
      const ours = this.#entries.get(key);
      const timestamp = other.#entries.get(key)?.timestamp ?? -1;
      if (ours !== undefined && ours.timestamp >= timestamp) other.#entries.set(key, ours);
    }
    this.#news.clear();
    other.#clock = Math.max(other.#clock, this.#clock);
  }
}
