/**
 * The search for an order in which all calls fit. It goes through the beginnings and ends in the order of time and keeps
 * all configurations that are possible there, so that where none is left the shortest prefix without such an order ends.
 *
 * It is Lowe's just-in-time linearization ("Testing for linearizability", 2017), in which a call takes place only when it
 * ends, or when another that ends needs it to have taken place before. That finds every order there is: a call that takes
 * place earlier than it must can be put off to the next end without anything between noticing. What is added here, and why
 * it changes no verdict:
 *
 * - Free calls. A call that fits the present state and leaves it as it is, and an overwriting call that is open when another
 *   one takes place (right before which it would leave no trace), may from then on be taken to have happened or not. Each
 *   such choice is possible whatever the others are, so that one configuration stands for all of them.
 * - Kinds. Of two open calls of one kind, the one that ends first is taken first: whatever happens later may use the
 *   other in its place. Calls that never end come last, and are counted and not told apart.
 * - Covering. A configuration in which more is free, or fewer calls that never end have been used, makes another superfluous
 *   that is like it otherwise: it can do whatever that one can.
 * - Idle overwriting. To overwrite, and to overwrite that again before anything could notice, leads to nothing new: the
 *   first of the two would have become free.
 * - Unnoticed states. When no call is left that fits a state and does not overwrite it, it does not matter which state it is.
 *
 * Where that is still too much, a search leaves something out, and remembers that it did. It may then still find an order, but
 * it no longer knows that there is none.
 */
import { clearBit, hasBit, setBit } from "./bits.ts";
import type { Call, Calls } from "./calls.ts";
import { Checkpoints } from "./checkpoints.ts";
import { Configurations } from "./configurations.ts";
import { Expansion, type Patience } from "./expansion.ts";
import type { Model } from "./model.ts";
import { OpenCalls } from "./open-calls.ts";
import { initialState, States, unnoticed } from "./states.ts";
import { Usages } from "./usage.ts";

/** How hard to search. Only a search that has left nothing out can say that there is no order. */
export interface Effort {
  /** Configurations that are kept at most. */
  readonly width: number;
  /** So many calls that never end are let take place before one that ends; more only where without them there is no way on. */
  readonly unending: number;
}

/** Where a search ended. */
export interface Outcome {
  /** The event at which no configuration is left; undefined when there is one at the end. */
  readonly stuckAt: number | undefined;
  /** Nothing was left out. */
  readonly complete: boolean;
  /** What was possible at the end, or right before the event at which nothing is. */
  readonly possible: readonly Possibility[];
}

/** One configuration, for people. */
export interface Possibility {
  readonly state: unknown;
  /** The steps that changed the state, the last of them last; the first ones may be missing. */
  readonly path: readonly { readonly call: Call; readonly state: unknown }[];
  /** Calls that are open and have not taken place for sure, those that end before the others. */
  readonly open: readonly Call[];
}

/** Steps of a path that are kept at least. */
const keptSteps = 16;
/** Configurations between two events, at most, for each that is kept. */
const onTheWay = 16;
/** Numbers of usages that are given before those are forgotten that nothing has. */
const usagesKept = 100_000;

/** One search. */
export class Search {
  readonly #calls: Calls;
  readonly #model: Model;
  readonly #states: States;
  readonly #usages = new Usages();
  readonly #expansion: Expansion;
  readonly #checkpoints = new Checkpoints();
  #open: OpenCalls;
  #frontier: Configurations;
  #next: Configurations;
  readonly #scratch: Int32Array;
  #effort: Effort = { width: 1, unending: 0 };
  #complete = true;
  /** The event that comes next. */
  #at = 0;

  /**
   * @param again whether a call that never ends may happen more than once. That allows all that is possible and some
   *   things that are not, and has far fewer configurations: where even so none is left, there is no order
   */
  constructor(model: Model, calls: Calls, again: boolean, patience: Patience) {
    this.#calls = calls;
    this.#model = model;
    this.#states = new States(model, calls);
    this.#open = new OpenCalls(model, calls, this.#states);
    const usages = this.#usages;
    const configurations = (): Configurations => new Configurations(this.#open.words, usages);
    this.#frontier = configurations();
    this.#next = configurations();
    this.#scratch = new Int32Array(this.#frontier.stride);
    this.#frontier.add(this.#scratch, 0, undefined);
    this.#expansion = new Expansion({
      states: this.#states,
      usages,
      work: configurations(),
      again,
      patience,
    });
  }

  /** Goes on, up to and without the event `until`. */
  run(effort: Effort, until = this.#calls.events.length): Outcome {
    this.#effort = effort;
    for (; this.#at < until; this.#at++) {
      const event = this.#calls.events[this.#at];
      const call = this.#calls.calls[event?.call ?? -1];
      if (event === undefined || call === undefined) break;
      this.#checkpoints.offer(this.#at, this.#frontier);
      if (this.#at % 1024 === 1023) this.#forget();
      if (!event.ends) this.#begin(call);
      else if (!this.#end(call)) return this.#outcome(this.#at);
    }
    return this.#outcome(undefined);
  }

  /** Goes back to before this event, or some way further. */
  back(event: number): void {
    this.#at = this.#checkpoints.restore(event, this.#frontier);
    this.#open = new OpenCalls(this.#model, this.#calls, this.#states);
    for (const { call, ends } of this.#calls.events.slice(0, this.#at)) {
      const begun = this.#calls.calls[call];
      if (ends) this.#open.end();
      else if (begun !== undefined) this.#open.begin(begun);
    }
  }

  #begin(call: Call): void {
    this.#open.begin(call);
    if (call.slot === -1) return;
    const { data, stride, size, words } = this.#frontier;
    for (let index = 0; index < size; index++) {
      const state = this.#frontier.state(index);
      if (this.#frontier.isLive(index) && this.#states.keeps(state, call.kind))
        setBit(data, index * stride + 2 + words, call.slot);
    }
  }

  /** Lets a call end. Returns false, and leaves all as it is, when it can have taken place in no configuration. */
  #end(call: Call): boolean {
    const frontier = this.#frontier;
    const next = this.#next;
    const { stride, words } = frontier;
    const seeds: number[] = [];
    // One that is free may also take place now, if anything will notice what it changes.
    const leavesNoTrace = this.#open.changesNothing(call.kind) || this.#isUnnoticed(call);
    next.clear();
    for (let index = 0; index < frontier.size; index++) {
      if (!frontier.isLive(index)) continue;
      const at = index * stride;
      const done = hasBit(frontier.data, at + 2, call.slot);
      const free = hasBit(frontier.data, at + 2 + words, call.slot);
      if (done || free) {
        for (let i = 0; i < stride; i++) this.#scratch[i] = frontier.data[at + i] ?? 0;
        clearBit(this.#scratch, 2, call.slot);
        clearBit(this.#scratch, 2 + words, call.slot);
        if (this.#states.noticedUntil(frontier.state(index)) <= call.end) this.#scratch[0] = unnoticed;
        next.add(this.#scratch, 0, frontier.traces[index]);
      }
      if (!done && !(free && leavesNoTrace)) seeds.push(index);
    }
    if (seeds.length > 0) {
      let unending = this.#effort.unending;
      let all = this.#expand(seeds, call, unending);
      while (next.live === 0 && all && this.#expansion.isCut) all = this.#expand(seeds, call, ++unending);
      if (this.#expansion.isCut) this.#complete = false;
    }
    if (next.live === 0) return false;
    this.#narrow(next);
    this.#open.end();
    this.#frontier = next;
    this.#next = frontier;
    return true;
  }

  /** Whether a call overwrites, and nothing that ends later notices with what. */
  #isUnnoticed({ kind, end }: Call): boolean {
    if (!this.#open.overwrites(kind)) return false;
    return this.#states.steps(initialState, kind).every((to) => this.#states.noticedUntil(to) <= end);
  }

  #expand(seeds: readonly number[], call: Call, unending: number): boolean {
    const limit = onTheWay * this.#effort.width;
    const goal = { call, unending, open: this.#open, limit };
    const all = this.#expansion.run(this.#frontier, seeds, goal, this.#next);
    if (!all) this.#complete = false;
    return all;
  }

  /** Leaves out what is more than `width`: those first that have used most calls that never end, and have least freedom. */
  #narrow(set: Configurations): void {
    const { width } = this.#effort;
    if (set.live <= width) return;
    this.#complete = false;
    const ranked = [...set.indices()].map((index) => ({ index, rank: this.#expansion.rank(set, index) }));
    ranked.sort((a, b) => a.rank - b.rank);
    set.keepOnly(ranked.slice(0, width).map(({ index }) => index));
  }

  /** Forgets the beginnings of long paths, and what no configuration has used. */
  #forget(): void {
    const { traces, data, stride, size } = this.#frontier;
    for (let trace of traces) {
      for (let i = 0; trace !== undefined && i < keptSteps; i++) trace = trace.previous;
      if (trace !== undefined) trace.previous = undefined;
    }
    if (this.#usages.count < usagesKept) return;
    const all = [data.subarray(0, size * stride), ...this.#checkpoints.all()];
    const used = new Set<number>();
    for (const each of all) for (let at = 1; at < each.length; at += stride) used.add(each[at] ?? 0);
    const numbers = this.#usages.keepOnly(used);
    for (const each of all)
      for (let at = 1; at < each.length; at += stride) each[at] = numbers.get(each[at] ?? 0) ?? 0;
  }

  #outcome(stuckAt: number | undefined): Outcome {
    const possible: Possibility[] = [];
    const unending = this.#unending();
    const { data, stride, size } = this.#frontier;
    for (let index = 0; index < size; index++) {
      if (!this.#frontier.isLive(index)) continue;
      const path = [];
      for (let trace = this.#frontier.traces[index]; trace !== undefined; trace = trace.previous) {
        path.unshift({ call: trace.call, state: this.#states.state(trace.state) });
        if (path.length === keptSteps) break;
      }
      const open = this.#open.ending.filter(({ slot }) => !hasBit(data, index * stride + 2, slot));
      const usage = this.#frontier.usage(index);
      for (const [kind, calls] of unending) open.push(...calls.slice(this.#usages.used(usage, kind)));
      const state = this.#frontier.state(index);
      // What nothing notices is whatever was made of it last.
      const known =
        state !== unnoticed
          ? this.#states.state(state)
          : (path.at(-1)?.state ?? this.#states.state(initialState));
      possible.push({ state: known, path, open });
    }
    return { stuckAt, complete: this.#complete, possible };
  }

  /** Calls that have begun and never end, by kind: also those that the search disregards. */
  #unending(): ReadonlyMap<number, readonly Call[]> {
    const unending = new Map<number, Call[]>();
    for (const { call: number } of this.#calls.events.slice(0, this.#at)) {
      const call = this.#calls.calls[number];
      if (call === undefined || call.slot !== -1) continue;
      const alike = unending.get(call.kind);
      if (alike === undefined) unending.set(call.kind, [call]);
      else alike.push(call);
    }
    return unending;
  }
}
