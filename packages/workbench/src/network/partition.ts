/** Partitions: who does not hear whom. Looked at when a message arrives, so that what is under way is cut off, too. */

/** For each node those whose messages do not get to it. A cut may be one-way. */
export type Grudge = ReadonlyMap<string, ReadonlySet<string>>;

/** The cuts that are in force. */
export class Partition {
  readonly #deafTo = new Map<string, Set<string>>();

  /** Adds the cuts of a grudge to those that are there. */
  cut(grudge: Grudge): void {
    for (const [dest, sources] of grudge) {
      const deafTo = this.#deafTo.get(dest) ?? new Set();
      for (const src of sources) deafTo.add(src);
      this.#deafTo.set(dest, deafTo);
    }
  }

  /** Takes all cuts away. */
  heal(): void {
    this.#deafTo.clear();
  }

  separates(src: string, dest: string): boolean {
    return this.#deafTo.size > 0 && (this.#deafTo.get(dest)?.has(src) ?? false);
  }
}
