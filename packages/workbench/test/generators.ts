/**
 * For tests of generators: workers in virtual time, who do what a generator says and take as long and end as the test
 * wants, and generators of all kinds for the laws that hold for all.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Context,
  type Generator,
  type Invocation,
  nothing,
  once,
  repeatedly,
  type Step,
  updated,
  wrap,
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
 * Runs a generator to its end as the real workers do. Asks it more often than they, twice each time and also when no
 * thread is free, and throws when it breaks a rule of all generators or waits for nothing.
 */
export function simulate(first: Generator, crew: Crew = {}): Run {
  const { threads = clientsAndNemesis(2), perform = inTime, lateness, asked } = crew;
  const events: Event[] = [];
  const begun: Event[] = [];
  const notes: { time: number; text: string }[] = [];
  /** What is under way, as it will end, in the order of time. */
  const endings: Event[] = [];
  let generator: Generator | undefined = first;
  let [time, turn, free] = [0, 0, threads];

  const ask = (): Step | undefined => {
    const context: Context = { time, threads, free, turn };
    const said = saidBy(generator, context);
    if (generator !== undefined) asked?.(generator, context, said);
    const step = generator?.next(context);
    assert.deepEqual(saidBy(generator, context), said, "asked twice, it says two things");
    if (step?.kind === "operation") {
      assert(free.has(step.thread), `thread ${step.thread} is not free`);
      assert(step.time >= time, `${step.time} is past at ${time}`);
    }
    const until = step?.kind === "pending" ? step.until : undefined;
    assert((until ?? time + 1) > time, `to be asked again at ${until} makes no sense at ${time}`);
    return step;
  };

  const happen = (event: Event): void => {
    events.push(event);
    const { thread, type, f, value } = event;
    const process = thread === nemesisThread ? "nemesis" : thread;
    generator = generator && updated(generator, { thread, operation: { process, type, f, value } });
  };

  const begin = (thread: Thread, { f, value }: Invocation): void => {
    free = free.without(thread);
    turn = thread + 1;
    const nemesis = thread === nemesisThread;
    const beginning: Event = { time, thread, f, value, type: nemesis ? "info" : "invoke" };
    assert(begun.push(beginning) < tooMany, "the generator does not end");
    happen(beginning);
    const { duration, type = "ok" } = perform(beginning);
    const end = time + duration;
    const place = endings.findLastIndex((other) => other.time <= end) + 1;
    endings.splice(place, 0, { ...beginning, time: end, type: nemesis ? "info" : type });
  };

  for (;;) {
    const step = ask();
    let due = Number.POSITIVE_INFINITY;
    // The real workers would not have asked otherwise.
    if (free.size > 0) {
      if (step?.kind !== "operation") generator = step?.rest;
      if (step?.kind === "operation" && step.time === time) {
        generator = step.rest;
        begin(step.thread, step.invocation);
        continue;
      }
      if (step?.kind === "note") {
        notes.push({ time, text: step.text });
        continue;
      }
      const alarm = step?.kind === "operation" ? step.time : step?.until;
      if (alarm !== undefined) due = alarm + (lateness?.() ?? 0);
    }
    const [next] = endings;
    if (due < Number.POSITIVE_INFINITY && due <= (next?.time ?? due)) time = due;
    else if (next !== undefined) {
      endings.shift();
      time = next.time;
      free = free.with(next.thread);
      happen(next);
    } else {
      assert(generator === undefined, "the generator waits, but nothing is under way that it could wait for");
      return { events, begun, notes, end: time };
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

/** The same, and when they began: "a@0 b@10". */
export const timeline = (events: readonly Event[]): string =>
  events.map(({ f, time }) => `${f}@${time}`).join(" ");

/** Operations without end, with the values 0, 1, 2 and so on. */
export function numbers(f: string): Generator {
  let next = 0;
  return repeatedly(() => ({ f, value: next++ }));
}

/** The first so many of those values. */
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** The first so many of those operations. */
export const some = (count: number, f: string): Generator => limit(count, numbers(f));

/** The same operations, but remade whenever anything happens, so that whatever stands around it is remade, too. */
export function restless(generator: Generator): Generator {
  return {
    next: (context) => wrap(generator.next(context), restless),
    update: (happening) => restless(updated(generator, happening)),
  };
}

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

/** How a generator is made, each time anew, and what it is, for a counterexample. */
export interface Recipe {
  readonly name: string;
  /** @param dress what becomes of the generators that have no others in them */
  readonly make: (dress?: (leaf: Generator) => Generator) => Generator;
}

/**
 * Recipes of all generators within each other, which end by themselves.
 * @param routed among them those that share out threads
 */
export function recipes({ routed = true } = {}): fc.Arbitrary<Recipe> {
  const amount = fc.integer({ min: 0, max: 40 });
  const leaf = (name: string, create: () => Generator): Recipe => ({
    name,
    make: (dress = (generator) => generator) => dress(create()),
  });
  type Combine = (inner: readonly Generator[], n: number) => Generator;
  const around = (name: string, inner: fc.Arbitrary<readonly Recipe[]>, combine: Combine) =>
    fc.tuple(inner, amount).map(([all, n]) => ({
      name: `${name} ${n} (${all.map((recipe) => recipe.name).join(", ")})`,
      make: (dress?: (leaf: Generator) => Generator) => {
        const generators = all.map(({ make }) => make(dress));
        return combine(generators, n);
      },
    }));
  const { plain } = fc.letrec<{ plain: Recipe }>((tie) => {
    const several = fc.array(tie("plain"), { maxLength: 3 });
    const one = fc.tuple(tie("plain"));
    return {
      plain: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        amount.map((n) => leaf(`${n % 6} a`, () => some(n % 6, "a"))),
        amount.map((n) => leaf(`${n % 6} b`, () => some(n % 6, "b"))),
        amount.map((n) => leaf(`sleep ${n}`, () => sleep(n))),
        fc.constantFrom(
          leaf("once", () => once({ f: "c", value: null })),
          leaf("note", () => note("")),
        ),
        around("sequence", several, (all) => sequence(...all)),
        around("phases", several, (all) => phases(...all)),
        around("any", several, (all) => any(...all)),
        around("flipFlop", several, ([g = nothing, other = nothing]) => flipFlop(g, other)),
        around("synchronize", one, ([g = nothing]) => synchronize(g)),
        around("untilOk", one, ([g = nothing]) => untilOk(g)),
        around("limit", one, ([g = nothing], n) => limit(n, g)),
        around("timeLimit", one, ([g = nothing], n) => timeLimit(n, g)),
        around("stagger", one, ([g = nothing], n) => stagger(n, randomStream(n, "stagger"), g)),
        around("mix", several, (all, n) => mix(all, randomStream(n, "mix"))),
      ),
    };
  });
  if (!routed) return plain;
  const two = fc.tuple(plain, plain);
  // These have no routes in them, because a generator that gets no thread waits for ever.
  return fc.oneof(
    plain,
    around("clients and nemesis", two, ([g = nothing, other = nothing]) =>
      any(onClients(g), onNemesis(other)),
    ),
    around("reserve", two, ([g = nothing, other = nothing]) => reserve([[1, g]], other)),
    around("eachThread", two, ([g = nothing]) => eachThread(g)),
  );
}
