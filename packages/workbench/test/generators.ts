/**
 * For tests of generators: workers in virtual time, who do what a generator says and take as long and end as the test
 * wants, and generators of all kinds for the laws that hold for all.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Context,
  type Generator,
  nothing,
  once,
  repeatedly,
  updated,
} from "../src/clients/generator.ts";
import { any, eachThread, onClients, onNemesis, reserve } from "../src/clients/routing.ts";
import { flipFlop, limit, mix, phases, sequence, synchronize } from "../src/clients/sequence.ts";
import { nemesisThread, type Thread, ThreadSet } from "../src/clients/threads.ts";
import { note, sleep, stagger, timeLimit } from "../src/clients/timing.ts";
import { untilOk } from "../src/clients/until-ok.ts";
import type { OperationType } from "../src/history/operation.ts";
import { type Random, randomStream } from "../src/time/random.ts";

/** An operation of a thread has begun or ended. What the nemesis does has the type `info` both times, as in a history. */
export interface Event {
  readonly time: number;
  readonly thread: Thread;
  readonly f: string;
  readonly value: unknown;
  readonly type: OperationType;
}

export interface Run {
  readonly events: readonly Event[];
  /** Those of the events with which an operation began. */
  readonly begun: readonly Event[];
  readonly notes: readonly { readonly time: number; readonly text: string }[];
  /** When the generator had no more, and all that had begun had ended. */
  readonly end: number;
}

export interface Ending {
  readonly type?: "ok" | "fail" | "info";
  readonly duration: number;
}

export interface Crew {
  readonly threads?: ThreadSet;
  /** How an operation ends: `ok` when that is not said, and after how long (ns). */
  readonly perform?: (begun: Event) => Ending;
  /** How late (ns) the next timer is. */
  readonly lateness?: () => number;
  /** Is told each generator that is asked, and what it says. */
  readonly asked?: (generator: Generator, context: Context, said: unknown) => void;
}

/** So many clients, and the nemesis. */
export const clientsAndNemesis = (clients: number): ThreadSet => ThreadSet.range(nemesisThread, clients);
export const clients = (count: number): ThreadSet => ThreadSet.range(0, count);

/** How long (ns) an operation takes when a test does not say. */
export const latency = 10;

const inTime = (): Ending => ({ duration: latency });

/** Operations after which a test is taken for endless. */
const tooMany = 200_000;

/**
 * Runs a generator to its end as the real workers would, but asks it more often: twice each time, and also when no thread
 * is free. Throws when it breaks a rule of all generators, or waits for nothing.
 */
export function simulate(first: Generator, crew: Crew = {}): Run {
  const { threads = clientsAndNemesis(2), perform = inTime, lateness, asked } = crew;
  const run = { events: [] as Event[], begun: [] as Event[], notes: [] as Run["notes"][0][] };
  let generator: Generator | undefined = first;
  let [time, turn, free] = [0, 0, threads];
  /** What is under way, as it will end, in the order of time. */
  const endings: Event[] = [];

  const happen = (event: Event): void => {
    run.events.push(event);
    const { thread, type, f, value } = event;
    const process = thread === nemesisThread ? "nemesis" : thread;
    generator = generator && updated(generator, { thread, operation: { process, type, f, value } });
  };

  const begin = (thread: Thread, f: string, value: unknown): void => {
    free = free.without(thread);
    turn = thread + 1;
    const type = thread === nemesisThread ? "info" : "invoke";
    const beginning = { time, thread, f, value, type } as const;
    assert(run.begun.push(beginning) < tooMany, "the generator does not end");
    happen(beginning);
    const ending = perform(beginning);
    const end = time + ending.duration;
    const place = endings.findLastIndex((other) => other.time <= end) + 1;
    endings.splice(place, 0, {
      ...beginning,
      time: end,
      type: type === "info" ? type : (ending.type ?? "ok"),
    });
  };

  for (;;) {
    const context: Context = { time, threads, free, turn };
    const said = saidBy(generator, context);
    if (generator) asked?.(generator, context, said);
    const step = generator?.next(context);
    assert.deepEqual(saidBy(generator, context), said, "asked twice, it says two things");
    if (step?.kind === "operation") {
      assert(free.has(step.thread), `thread ${step.thread} is not free`);
      assert(step.time >= time, `${step.time} is past at ${time}`);
      if (step.time === time) {
        generator = step.rest;
        begin(step.thread, step.invocation.f, step.invocation.value);
        continue;
      }
    } else generator = step?.rest;
    if (step?.kind === "note") {
      run.notes.push({ time, text: step.text });
      continue;
    }
    const alarm = step?.kind === "operation" ? step.time : (step?.until ?? Number.POSITIVE_INFINITY);
    assert(alarm > time, `to be asked again at ${alarm} makes no sense at ${time}`);
    const due = alarm + (lateness?.() ?? 0);
    const [next] = endings;
    if (due < Number.POSITIVE_INFINITY && due <= (next?.time ?? due)) time = due;
    else if (next !== undefined) {
      endings.shift();
      time = next.time;
      free = free.with(next.thread);
      happen(next);
    } else {
      assert(generator === undefined, "the generator waits, but nothing is under way that it could wait for");
      return { ...run, end: time };
    }
  }
}

/** What a generator says comes next, without what follows. */
export function saidBy(generator: Generator | undefined, context: Context): unknown {
  const step = generator?.next(context);
  return step && { ...step, rest: undefined };
}

/** The operations that begin when each is ok at once. */
export const quick = (generator: Generator, threads?: ThreadSet): readonly Event[] =>
  simulate(generator, { ...(threads && { threads }), perform: () => ({ duration: 0 }) }).begun;

/** The operations that begin when each is ok after `latency`. */
export const perfect = (generator: Generator, threads?: ThreadSet): readonly Event[] =>
  simulate(generator, { ...(threads && { threads }) }).begun;

/** The operations that begin when nobody ever learns how one ended. */
export const perfectInfo = (generator: Generator): readonly Event[] =>
  simulate(generator, { perform: () => ({ type: "info", duration: latency }) }).begun;

/** All that happens when each thread's first operation fails, the second ends info, the third ok, and so on. */
export function imperfect(generator: Generator): readonly Event[] {
  const done = new Map<Thread, number>();
  const perform = ({ thread }: Event): Ending => {
    const before = done.get(thread) ?? 0;
    done.set(thread, before + 1);
    return { type: (["fail", "info"] as const)[before % 3] ?? "ok", duration: latency };
  };
  return simulate(generator, { perform }).events;
}

/** Some of what is known of each event. */
export function columns<K extends keyof Event>(
  events: readonly Event[],
  ...keys: readonly K[]
): Event[K][][] {
  return events.map((event) => keys.map((key) => event[key]));
}

/** The values of the operations of a function, or of all. */
export function valuesOf(events: readonly Event[], f?: string): unknown[] {
  return events.filter((event) => f === undefined || event.f === f).map(({ value }) => value);
}

/** The functions of the operations, one after the other. */
export const functionsOf = (events: readonly Event[]): string => events.map(({ f }) => f).join("");

/** Operations without end, with the values 0, 1, 2 and so on. */
export function numbers(f: string): Generator {
  let next = 0;
  return repeatedly(() => ({ f, value: next++ }));
}

/** The first so many of them. */
export const some = (count: number, f: string): Generator => limit(count, numbers(f));

/** Chance that always falls on the same part of what is possible: with 0.5, pauses have their mean. */
export const constantly = (part: number): Random => ({
  float: () => part,
  integer: (bound) => Math.floor(part * bound),
  exponential: (mean) => mean,
});

/** Crews of all sizes, whose operations take any time and end in any way; always the same for the same events. */
export const crews: fc.Arbitrary<Crew> = fc
  .record({ count: fc.integer({ min: 1, max: 4 }), seed: fc.nat(), longest: fc.constantFrom(1, 30) })
  .map(({ count, seed, longest }) => ({
    threads: clientsAndNemesis(count),
    perform: ({ time, thread, f, value }) => {
      const random = randomStream(seed, `${time} ${thread} ${f} ${value}`);
      return {
        duration: random.integer(longest),
        type: (["ok", "fail", "info"] as const)[random.integer(3)] ?? "ok",
      };
    },
  }));

/** How a generator is made, each time anew, and its name for a counterexample. */
export interface Recipe {
  readonly name: string;
  readonly make: () => Generator;
}

/** Recipes of all generators within each other, which end by themselves. */
export function recipes({ chance = true, routed = true } = {}): fc.Arbitrary<Recipe> {
  const amount = fc.integer({ min: 0, max: 40 });
  const { plain } = fc.letrec<{ plain: Recipe }>((tie) => {
    const inner = tie("plain");
    const one = (name: string, combine: (generator: Generator, n: number) => Generator) =>
      fc.tuple(inner, amount).map(([recipe, n]) => ({
        name: `${name} ${n} (${recipe.name})`,
        make: () => combine(recipe.make(), n),
      }));
    const several = (name: string, combine: (generators: readonly Generator[], seed: number) => Generator) =>
      fc.tuple(fc.array(inner, { maxLength: 3 }), amount).map(([all, seed]) => ({
        name: `${name} ${seed} (${all.map((recipe) => recipe.name).join(", ")})`,
        make: () =>
          combine(
            all.map(({ make }) => make()),
            seed,
          ),
      }));
    const leaf = fc.tuple(fc.constantFrom("a", "b"), fc.integer({ min: 0, max: 5 })).map(([f, count]) => ({
      name: `${count} ${f}`,
      make: () => some(count, f),
    }));
    const leaves = [
      leaf,
      amount.map((n) => ({ name: `sleep ${n}`, make: () => sleep(n) })),
      fc.constantFrom<Recipe>(
        { name: "once", make: () => once({ f: "c", value: null }) },
        { name: "note", make: () => note("") },
      ),
    ];
    const chancy = [
      one("stagger", (generator, mean) => stagger(mean, randomStream(mean, "stagger"), generator)),
      several("mix", (generators, seed) => mix(generators, randomStream(seed, "mix"))),
    ];
    return {
      plain: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        ...leaves,
        several("sequence", (generators) => sequence(...generators)),
        several("phases", (generators) => phases(...generators)),
        several("any", (generators) => any(...generators)),
        several("flipFlop", ([first = nothing, second = nothing]) => flipFlop(first, second)),
        one("synchronize", synchronize),
        one("untilOk", untilOk),
        one("limit", (generator, n) => limit(n, generator)),
        one("timeLimit", (generator, n) => timeLimit(n, generator)),
        ...(chance ? chancy : []),
      ),
    };
  });
  const route = (name: string, combine: (one: Generator, other: Generator) => Generator) =>
    fc.tuple(plain, plain).map(([one, other]) => ({
      name: `${name}(${one.name}, ${other.name})`,
      make: () => combine(one.make(), other.make()),
    }));
  // Not within the others, because a generator that gets no thread waits for ever.
  const routes = [
    route("onClients and onNemesis", (one, other) => any(onClients(one), onNemesis(other))),
    route("reserve", (one, other) => reserve([[1, one]], other)),
    route("eachThread", eachThread),
  ];
  return fc.oneof(plain, ...(routed ? routes : []));
}
