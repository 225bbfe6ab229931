/** What is open at one point of a history: the calls that may take place there, and what they would do to a state. */
import { clearBit, setBit } from "./bits.ts";
import type { Call, Calls } from "./calls.ts";
import type { Model } from "./model.ts";
import { initialState, type States } from "./states.ts";

/** Calls of one kind that never end. */
interface UnendingCalls {
  readonly calls: Call[];
  readonly noticedUntil: number;
}

export class OpenCalls {
  readonly words: number;
  /** Calls that end, by the order of their ends. */
  readonly ending: Call[] = [];
  /** Calls that have begun and never end, by kind, as far as anything will notice them. */
  readonly unending = new Map<number, UnendingCalls>();
  /** How many these are. */
  unendingCount = 0;
  /** Slots of overwriting calls that end, as bits. */
  readonly overwriting: Int32Array;
  readonly #overwrites: readonly boolean[];
  readonly #changesNothing: readonly boolean[];
  readonly #states: States;

  /** Counts the changes, so that what was found out before one is not taken for true after it. */
  #version = 1;
  /** For each state the calls that keep it, as bits, found out at some version. */
  #keeping = new Int32Array(0);
  readonly #keepingVersion: number[] = [];
  readonly #leadsOn: boolean[] = [];
  readonly #leadsOnVersion: number[] = [];

  constructor(model: Model, calls: Calls, states: States) {
    this.words = Math.max(1, Math.ceil(calls.slots / 32));
    this.overwriting = new Int32Array(this.words);
    this.#overwrites = calls.kinds.map((kind) => model.overwrites?.(kind) ?? false);
    this.#changesNothing = calls.kinds.map((kind) => model.changesNothing?.(kind) ?? false);
    this.#states = states;
  }

  overwrites(kind: number): boolean {
    return this.#overwrites[kind] ?? false;
  }

  changesNothing(kind: number): boolean {
    return this.#changesNothing[kind] ?? false;
  }

  begin(call: Call): void {
    this.#version++;
    if (call.slot === -1) {
      this.unendingCount++;
      const known = this.unending.get(call.kind);
      if (known === undefined)
        this.unending.set(call.kind, { calls: [call], noticedUntil: this.#noticedUntil(call.kind) });
      else known.calls.push(call);
      return;
    }
    let at = this.ending.length;
    while (at > 0 && (this.ending[at - 1]?.end ?? 0) > call.end) at--;
    this.ending.splice(at, 0, call);
    if (this.overwrites(call.kind)) setBit(this.overwriting, 0, call.slot);
  }

  /** When something notices for the last time what an overwriting call has left; infinite for others. */
  #noticedUntil(kind: number): number {
    if (!this.overwrites(kind)) return Number.POSITIVE_INFINITY;
    const left = this.#states.steps(initialState, kind);
    return Math.max(...left.map((state) => this.#states.noticedUntil(state)));
  }

  /** Takes away the call that ends first. */
  end(): void {
    this.#version++;
    const call = this.ending.shift();
    if (call !== undefined && this.overwrites(call.kind)) clearBit(this.overwriting, 0, call.slot);
  }

  /** The slots of calls that fit a state and keep it, as words of bits from this place on in `keepingBits`. */
  keeping(state: number): number {
    const from = state * this.words;
    if (this.#keepingVersion[state] === this.#version) return from;
    while (from + this.words > this.#keeping.length) {
      const longer = new Int32Array(Math.max(64, this.#keeping.length * 2));
      longer.set(this.#keeping);
      this.#keeping = longer;
    }
    this.#keeping.fill(0, from, from + this.words);
    for (const { kind, slot } of this.ending) {
      if (this.#states.keeps(state, kind)) setBit(this.#keeping, from, slot);
    }
    while (this.#keepingVersion.length <= state) this.#keepingVersion.push(0);
    this.#keepingVersion[state] = this.#version;
    return from;
  }

  get keepingBits(): Int32Array {
    return this.#keeping;
  }

  /** Whether some call leads from a state to another one, without overwriting. */
  leadsOn(state: number, unending: boolean): boolean {
    const at = state * 2 + (unending ? 1 : 0);
    if (this.#leadsOnVersion[at] !== this.#version) {
      while (this.#leadsOnVersion.length <= at) this.#leadsOnVersion.push(0);
      this.#leadsOnVersion[at] = this.#version;
      const changes = (kind: number): boolean =>
        !this.overwrites(kind) &&
        !this.changesNothing(kind) &&
        this.#states.steps(state, kind).some((to) => to !== state);
      this.#leadsOn[at] =
        this.ending.some(({ kind }) => changes(kind)) ||
        (unending && [...this.unending.keys()].some(changes));
    }
    return this.#leadsOn[at] ?? true;
  }
}
