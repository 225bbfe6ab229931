/** The last states of a key-value store: `seq-kv` lets clients see old ones. */

/** What made a state out of the one before it. */
interface Change {
  readonly key: string;
  /** The value that the key had before; undefined if there was no such key. */
  readonly before: string | undefined;
}

/**
 * The newest state of a key-value store and some before it, numbered from 0, which is empty.
 *
 * Only the newest is there as a whole, with the changes that led to it. An old value is found by going back over them: so
 * a write costs the same however many keys there are, and a read takes a step for each state that it goes back.
 */
export class RecentStates {
  readonly #values = new Map<string, string>();
  /** The change that made state n is at index n modulo the length, until a later one takes its place. */
  readonly #changes: (Change | undefined)[];
  #newest = 0;

  /** @param kept how many states there are at most, the newest included */
  constructor(kept: number) {
    this.#changes = new Array(kept - 1).fill(undefined);
  }

  get newest(): number {
    return this.#newest;
  }

  /** The oldest state that is kept. */
  get oldest(): number {
    return Math.max(0, this.#newest - this.#changes.length);
  }

  /** The value that a key has in a state that is kept; undefined if it has none. */
  get(state: number, key: string): string | undefined {
    let value = this.#values.get(key);
    for (let made = this.#newest; made > state; made--) {
      const change = this.#changes[made % this.#changes.length];
      if (change?.key === key) value = change.before;
    }
    return value;
  }

  /** Makes a new state, in which a key has another value. */
  set(key: string, value: string): void {
    this.#newest++;
    this.#changes[this.#newest % this.#changes.length] = { key, before: this.#values.get(key) };
    this.#values.set(key, value);
  }
}
