/** What may have taken place right before a call ended: all ways to let open calls take place up to and with that one. */
import { clearBit, countBits, hasBit, setBit } from "./bits.ts";
import type { Call } from "./calls.ts";
import type { Configurations, Trace } from "./configurations.ts";
import type { OpenCalls } from "./open-calls.ts";
import { type States, unnoticed } from "./states.ts";
import type { Usages } from "./usage.ts";

/** Configurations that are worked on before somebody is asked whether to go on. */
export const stepsAtOnce = 512;

/** Is asked after so many; throws when the search has to end. */
export type Patience = (states: number, usages: number) => void;

/** What an expansion works with. */
interface Parts {
  readonly states: States;
  readonly usages: Usages;
  /** Where it keeps the configurations on the way. */
  readonly work: Configurations;
  /** Calls that never end may happen again and again. */
  readonly again: boolean;
  readonly patience: Patience;
}

/** What has to take place. */
interface Goal {
  readonly call: Call;
  /** How many calls that never end may take place before, at most. */
  readonly unending: number;
  readonly open: OpenCalls;
  /** Configurations on the way, at most. */
  readonly limit: number;
}

/**
 * The mark of a configuration on the way is how many calls that never end have taken place in it, times two. It is one more if the
 * last step overwrote and let nothing else happen: this must not be overwritten.
 */
const idle = 1;
/** Stands for all kinds of calls, where their uses are counted together. */
const anyKind = 0;
/** Stands for no kind: a call that ends happens once, and its bit says so. */
const endsOnce = -1;

export class Expansion {
  readonly #parts: Parts;
  readonly #scratch: Int32Array;
  readonly #arrived: Int32Array;
  /** For each kind at which step it was seen last, and whether the call that was seen was free. */
  readonly #seenAt: number[] = [];
  readonly #seenFree: boolean[] = [];
  #step = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#scratch = new Int32Array(parts.work.stride);
    this.#arrived = new Int32Array(parts.work.stride);
  }

  /** Whether more could have been found, had more calls that never end been allowed. */
  isCut = false;

  /**
   * Adds to `next` what each of the configurations `seeds` of `frontier` becomes when the goal takes place as late as possible.
   * Returns whether that is all.
   */
  run(frontier: Configurations, seeds: readonly number[], goal: Goal, next: Configurations): boolean {
    const { work } = this.#parts;
    this.isCut = false;
    work.clear();
    for (const seed of seeds) work.add(frontier.data, seed * frontier.stride, frontier.traces[seed]);
    for (let index = 0; index < work.size; index++) {
      if (!work.isLive(index)) continue;
      if (work.live > goal.limit) return false;
      this.#expand(index, goal, next);
    }
    return true;
  }

  /** The less the better to keep, when not all can be kept. */
  rank(set: Configurations, index: number): number {
    let free = 0;
    for (let i = 0; i < set.words; i++)
      free += countBits(set.data[index * set.stride + 2 + set.words + i] ?? 0);
    return this.#parts.usages.total(set.usage(index)) * 64 - free;
  }

  #expand(index: number, goal: Goal, next: Configurations): void {
    const { work, usages, again, states, patience } = this.#parts;
    const { open } = goal;
    this.#step++;
    if (this.#step % stepsAtOnce === 0) patience(states.count, usages.count);
    const at = index * work.stride;
    const mark = work.marks[index] ?? 0;
    const isIdle = (mark & idle) !== 0;
    const usage = work.usage(index);
    for (const call of open.ending) {
      const { kind, slot } = call;
      if (open.changesNothing(kind) || hasBit(work.data, at + 2, slot)) continue;
      const free = hasBit(work.data, at + 2 + work.words, slot);
      const overwrites = open.overwrites(kind);
      if (this.#seenAt[kind] === this.#step) {
        // Of one kind, the call that ends first; but a free one does not stand for one that still has to happen.
        if (overwrites || free || this.#seenFree[kind] === false) continue;
      }
      this.#seenAt[kind] = this.#step;
      this.#seenFree[kind] = free;
      if (!(isIdle && overwrites)) this.#take(index, call, endsOnce, goal, next);
    }
    if (mark >> 1 >= goal.unending) {
      this.isCut ||= open.unending.size > 0;
      return;
    }
    for (const [kind, { calls, noticedUntil }] of open.unending) {
      if (noticedUntil < goal.call.end) {
        open.unending.delete(kind);
        continue;
      }
      if (this.#seenAt[kind] === this.#step || (isIdle && open.overwrites(kind))) continue;
      // Where calls may happen again, their steps are counted together, so that there is an end to them.
      const counted = again ? anyKind : kind;
      const used = usages.used(usage, counted);
      const call = calls[again ? 0 : used];
      if (call === undefined || (again && used >= open.unendingCount)) continue;
      this.#take(index, call, counted, goal, next);
    }
  }

  /** Lets one call take place in a configuration; one that never ends is counted as of the kind `counted`. */
  #take(index: number, call: Call, counted: number, goal: Goal, next: Configurations): void {
    const { work, states, usages } = this.#parts;
    const { open } = goal;
    const { words, stride } = work;
    const scratch = this.#scratch;
    const at = index * stride;
    const { kind, slot } = call;
    const from = work.state(index);
    const overwrites = open.overwrites(kind);
    const taken = ((work.marks[index] ?? 0) >> 1) + (slot === -1 ? 1 : 0);
    for (const to of states.steps(from, kind)) {
      // What keeps the state is free already; but to overwrite it with the same frees others.
      if (to === from && !overwrites) continue;
      if (slot === -1 && states.noticedUntil(to) < goal.call.end) continue;
      const keeping = open.keeping(to);
      const { keepingBits } = open;
      scratch[0] = to;
      for (let i = 0; i < 2 * words; i++) scratch[2 + i] = work.data[at + 2 + i] ?? 0;
      if (slot !== -1) {
        setBit(scratch, 2, slot);
        clearBit(scratch, 2 + words, slot);
      }
      let gained = 0;
      let freed = 0;
      for (let i = 0; i < words; i++) {
        const done = scratch[2 + i] ?? 0;
        const free = scratch[2 + words + i] ?? 0;
        const kept = (keepingBits[keeping + i] ?? 0) & ~done;
        const overwritten = open.overwriting[i] ?? 0;
        gained |= kept & ~free & ~overwritten;
        if (overwrites) freed |= overwritten & ~done & ~free;
        scratch[2 + words + i] = free | kept | (overwrites ? overwritten & ~done : 0);
      }
      if (to === from && freed === 0) continue;
      const reached = call === goal.call;
      const fits = hasBit(keepingBits, keeping, goal.call.slot);
      const isIdle = overwrites && gained === 0;
      const mayGoOn = taken < goal.unending;
      if (isIdle && !reached && !fits && !open.leadsOn(to, mayGoOn)) {
        this.isCut ||= !mayGoOn && open.unending.size > 0;
        continue;
      }
      scratch[1] = slot === -1 ? usages.plus(work.usage(index), counted) : work.usage(index);
      const trace: Trace = { call, state: to, previous: work.traces[index] };
      if (reached || fits) {
        this.#arrive(to, trace, goal, next);
        // Where the goal merely fits, it may yet take place later so that what it changes is seen.
        if (reached || open.changesNothing(goal.call.kind)) continue;
      }
      work.add(scratch, 0, trace, taken * 2 + (isIdle ? idle : 0));
    }
  }

  /** Adds the configuration at hand, in which the goal has taken place and ends. */
  #arrive(state: number, trace: Trace, goal: Goal, next: Configurations): void {
    const { work, states, again } = this.#parts;
    const arrived = this.#arrived;
    arrived.set(this.#scratch);
    clearBit(arrived, 2, goal.call.slot);
    clearBit(arrived, 2 + work.words, goal.call.slot);
    if (again) arrived[1] = 0;
    if (states.noticedUntil(state) <= goal.call.end) arrived[0] = unnoticed;
    next.add(arrived, 0, trace);
  }
}
