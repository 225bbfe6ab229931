/**
 * Sets of configurations: what may be so at one point of a history. A configuration that another one covers, because
 * whatever can still happen from here can happen from there as well, is not kept.
 */
import type { Call } from "./calls.ts";
import type { Usages } from "./usage.ts";

/** The steps by which a configuration was reached, the last one first. */
export interface Trace {
  readonly call: Call;
  /** The number of the state that it led to. */
  readonly state: number;
  previous: Trace | undefined;
}

/** So many of those with the same state are compared with a new one: to keep one that is covered costs time, and is no mistake. */
const compared = 64;

/**
 * Configurations in one array of integers, each of them `stride` long:
 *
 * - the number of the state, and of the usage of calls that never end;
 * - the calls that have taken place, a bit for each slot, in `words` words;
 * - the calls that may be taken to have taken place or not, whichever suits, in `words` words. No bit is in both.
 */
export class Configurations {
  readonly words: number;
  readonly stride: number;
  readonly #usages: Usages;
  data: Int32Array;
  readonly traces: (Trace | undefined)[] = [];
  /** Marks that belong to whoever fills the set. */
  readonly marks: number[] = [];
  /** How many were added, with those that were covered later. */
  size = 0;
  /** How many are in the set. */
  live = 0;
  #dead: Uint8Array;
  /** The one before it with the same state, or -1. */
  #next: Int32Array;
  readonly #newest = new Map<number, number>();

  constructor(words: number, usages: Usages) {
    this.words = words;
    this.stride = 2 + 2 * words;
    this.#usages = usages;
    this.data = new Int32Array(64 * this.stride);
    this.#dead = new Uint8Array(64);
    this.#next = new Int32Array(64);
  }

  clear(): void {
    this.size = 0;
    this.live = 0;
    this.traces.length = 0;
    this.marks.length = 0;
    this.#newest.clear();
  }

  /** Of those that are in the set. */
  *indices(): IterableIterator<number> {
    for (let index = 0; index < this.size; index++) if (this.isLive(index)) yield index;
  }

  isLive(index: number): boolean {
    return this.#dead[index] === 0;
  }

  state(index: number): number {
    return this.data[index * this.stride] ?? 0;
  }

  usage(index: number): number {
    return this.data[index * this.stride + 1] ?? 0;
  }

  /** Adds a configuration that is at `at` in another array, unless one that is there covers it. Returns whether it was added. */
  add(source: Int32Array, at: number, trace: Trace | undefined, mark = 0): boolean {
    const state = source[at] ?? 0;
    const { data, stride } = this;
    let later = -1;
    let each = this.#newest.get(state) ?? -1;
    for (let i = 0; each !== -1 && i < compared; i++) {
      const next = this.#next[each] ?? -1;
      if (this.#covers(data, each * stride, source, at)) return false;
      if (this.#covers(source, at, data, each * stride)) {
        this.#dead[each] = 1;
        this.live--;
        if (later === -1) this.#newest.set(state, next);
        else this.#next[later] = next;
      } else later = each;
      each = next;
    }
    this.#append(source, at, trace, mark);
    return true;
  }

  /** Keeps only these, which must be live. */
  keepOnly(indices: readonly number[]): void {
    const kept = indices.map((index) => ({
      data: this.data.slice(index * this.stride, (index + 1) * this.stride),
      trace: this.traces[index],
    }));
    this.clear();
    for (const { data, trace } of kept) this.#append(data, 0, trace, 0);
  }

  #append(source: Int32Array, at: number, trace: Trace | undefined, mark: number): void {
    const { stride } = this;
    const index = this.size++;
    if (index === this.#dead.length) this.#grow();
    const to = index * stride;
    for (let i = 0; i < stride; i++) this.data[to + i] = source[at + i] ?? 0;
    const state = source[at] ?? 0;
    this.#dead[index] = 0;
    this.#next[index] = this.#newest.get(state) ?? -1;
    this.#newest.set(state, index);
    this.traces.push(trace);
    this.marks.push(mark);
    this.live++;
  }

  #grow(): void {
    const { data } = this;
    const dead = this.#dead;
    const next = this.#next;
    this.data = new Int32Array(data.length * 2);
    this.data.set(data);
    this.#dead = new Uint8Array(dead.length * 2);
    this.#dead.set(dead);
    this.#next = new Int32Array(next.length * 2);
    this.#next.set(next);
  }

  /**
   * Whether configuration `b`, of the same state, adds nothing to `a`: in `a` each call is free to have happened or not,
   * or is as in `b`, and `a` has used no more of the calls that never end.
   */
  #covers(a: Int32Array, atA: number, b: Int32Array, atB: number): boolean {
    const { words } = this;
    for (let i = 2; i < 2 + words; i++) {
      const freeA = a[atA + words + i] ?? 0;
      const freeB = b[atB + words + i] ?? 0;
      if (((((a[atA + i] ?? 0) ^ (b[atB + i] ?? 0)) | freeB) & ~freeA) !== 0) return false;
    }
    return this.#usages.within(a[atA + 1] ?? 0, b[atB + 1] ?? 0);
  }
}
