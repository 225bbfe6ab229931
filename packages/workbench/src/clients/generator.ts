/**
 * Generators: which operation comes next, and when. A generator is a value; asking it for the next operation gives that
 * and the generator of all that follow, and leaves itself as it was: it may be asked again, and what it left to chance
 * stays as it was drawn.
 */
import type { Random } from "../time/random.ts";

/** What an operation asks for. */
export interface Invocation {
  readonly f: string;
  readonly value: unknown;
}

/** What a generator may know. */
export interface Context {
  /** ns since the first operation was asked for. */
  readonly time: number;
}

/** What comes at `time` (ns, in the past: at once), and what follows it. Without an operation it is a pause until then. */
export interface Step {
  readonly time: number;
  readonly invocation?: Invocation;
  readonly rest: Generator;
}

export interface Generator {
  /** The next step, or undefined when there are no more. */
  next(context: Context): Step | undefined;
}

const nothing: Generator = { next: () => undefined };

/** No operations, until `time` (ns). */
export function idleUntil(time: number): Generator {
  return { next: () => ({ time, rest: nothing }) };
}

/** Operations without end, each made anew, each at once. */
export function repeatedly(make: () => Invocation): Generator {
  const following = once(() => ({ invocation: make(), rest: repeatedly(make) }));
  return { next: ({ time }) => ({ time, ...following() }) };
}

/** So much (ns) of a delay is made up for, so that late timers do not lower the rate. A longer one is lost. */
const catchUp = 100_000_000;

/**
 * Spreads operations over time: each waits between 0 and 2 x `mean` ns, uniformly, after the one before. When workers
 * were all busy for longer than a moment, what could not start then is not made up for: a cluster that comes back is
 * not met by a burst.
 */
export function stagger(mean: number, random: Random, generator: Generator, due = 0): Generator {
  const pause = once(() => Math.round(random.float() * 2 * mean));
  return {
    next(context) {
      const time = Math.max(due, context.time);
      const step = generator.next({ ...context, time });
      if (step === undefined) return undefined;
      const followingDue = Math.max(due, step.time - catchUp) + pause();
      return { ...step, rest: stagger(mean, random, step.rest, followingDue) };
    },
  };
}

/** Lets operations start before `limit` (ns), and none after. */
export function timeLimit(limit: number, generator: Generator): Generator {
  return {
    next(context) {
      const step = generator.next(context);
      if (step === undefined || step.time >= limit) return undefined;
      return { ...step, rest: timeLimit(limit, step.rest) };
    },
  };
}

/** Makes a value when it is first asked for, and gives the same ever after. */
function once<T extends object | number>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
