/**
 * Keys that come and go: a few are in use at a time, some more than others, and one that was written to often enough gives
 * way to a new one. The messages of a key are 1, 2, 3, …, so that none comes twice.
 */
import type { Random } from "../time/random.ts";

export interface KeyPoolOptions {
  /** Keys in use at a time. */
  readonly keyCount: number;
  readonly maxWritesPerKey: number;
}

interface Key {
  readonly name: number;
  writes: number;
}

export class KeyPool {
  readonly #random: Random;
  readonly #maxWrites: number;
  readonly #keys: Key[];
  /** The name of the next new key. */
  #next: number;

  constructor({ keyCount, maxWritesPerKey }: KeyPoolOptions, random: Random) {
    this.#random = random;
    this.#maxWrites = maxWritesPerKey;
    this.#keys = Array.from({ length: keyCount }, (_, name) => ({ name, writes: 0 }));
    this.#next = keyCount;
  }

  /** One of the keys, to read from: each is twice as likely as the one before it. */
  pick(): number {
    return this.#keys[this.#place()]?.name ?? 0;
  }

  /** One of the keys, chosen in the same way, and what to write to it. */
  write(): { readonly key: number; readonly value: number } {
    for (;;) {
      const place = this.#place();
      const key = this.#keys[place];
      if (key !== undefined && key.writes < this.#maxWrites) return { key: key.name, value: ++key.writes };
      this.#keys[place] = { name: this.#next++, writes: 0 };
    }
  }

  #place(): number {
    const count = this.#keys.length;
    // From 2 up to 2^(count + 1), so that its logarithm falls between two whole numbers twice as often as between the two below.
    const x = 2 + this.#random.float() * (2 ** (count + 1) - 2);
    return Math.min(Math.floor(Math.log2(x)) - 1, count - 1);
  }
}
