/** Threads: who can do operations, one each at a time. A thread goes on for the whole run, under the name of one process after the other. */

/** The number of a client's worker, from 0; or the nemesis. */
export type Thread = number;

/** The thread that makes things go wrong. */
export const nemesisThread: Thread = -1;

/** Bits in a word: as many as JavaScript's small integers have to spare. */
const wordSize = 30;

/** A set of threads that never changes, as bits. */
export class ThreadSet {
  readonly #words: readonly number[];
  readonly size: number;

  private constructor(words: readonly number[], size: number) {
    this.#words = words;
    this.size = size;
  }

  static of(...threads: readonly Thread[]): ThreadSet {
    return threads.reduce((set, thread) => set.with(thread), new ThreadSet([], 0));
  }

  /** The threads from `first` up to and without `end`. */
  static range(first: Thread, end: Thread): ThreadSet {
    const words: number[] = [];
    for (let bit = first + 1; bit < end + 1; bit++) {
      const word = Math.floor(bit / wordSize);
      while (words.length <= word) words.push(0);
      words[word] = (words[word] ?? 0) | (1 << (bit % wordSize));
    }
    return new ThreadSet(words, Math.max(0, end - first));
  }

  has(thread: Thread): boolean {
    const bit = thread + 1;
    return ((this.#words[Math.floor(bit / wordSize)] ?? 0) & (1 << (bit % wordSize))) !== 0;
  }

  with(thread: Thread): ThreadSet {
    return this.has(thread) ? this : this.#toggle(thread, this.size + 1);
  }

  without(thread: Thread): ThreadSet {
    return this.has(thread) ? this.#toggle(thread, this.size - 1) : this;
  }

  /** The threads that are in both sets. */
  and(other: ThreadSet): ThreadSet {
    const words = this.#words.map((word, i) => word & (other.#words[i] ?? 0));
    return new ThreadSet(words, words.reduce(count, 0));
  }

  /** The threads of this set that are not in the other. */
  butNot(other: ThreadSet): ThreadSet {
    const words = this.#words.map((word, i) => word & ~(other.#words[i] ?? 0));
    return new ThreadSet(words, words.reduce(count, 0));
  }

  /** The first thread of the set from `thread` on; after the last comes the first again. */
  from(thread: Thread): Thread | undefined {
    return this.#firstFrom(thread + 1) ?? this.#firstFrom(0);
  }

  *[Symbol.iterator](): IterableIterator<Thread> {
    for (let at = this.#firstFrom(0); at !== undefined; at = this.#firstFrom(at + 2)) yield at;
  }

  #toggle(thread: Thread, size: number): ThreadSet {
    const bit = thread + 1;
    const word = Math.floor(bit / wordSize);
    const words = this.#words.slice();
    while (words.length <= word) words.push(0);
    words[word] = (words[word] ?? 0) ^ (1 << (bit % wordSize));
    return new ThreadSet(words, size);
  }

  #firstFrom(bit: number): Thread | undefined {
    let word = Math.floor(bit / wordSize);
    let bits = (this.#words[word] ?? 0) & (-1 << (bit % wordSize));
    while (bits === 0) {
      if (++word >= this.#words.length) return undefined;
      bits = this.#words[word] ?? 0;
    }
    return word * wordSize + (31 - Math.clz32(bits & -bits)) - 1;
  }
}

/** How many bits are set in a word, added to those before. */
function count(sum: number, word: number): number {
  let bits = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) bits++;
  return sum + bits;
}
