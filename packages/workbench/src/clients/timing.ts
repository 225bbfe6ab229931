/** Generators that say when: operations spread over time, for so long, or none for a while. */
import { millisecond } from "../time/clock.ts";
import type { Random } from "../time/random.ts";
import { type Draws, draws, type Generator, nothing, updatedAround, wrap } from "./generator.ts";

/** So much (ns) of a delay is made up for, so that late timers do not lower the rate. A longer one is lost. */
const catchUp = 100 * millisecond;

/**
 * Spreads operations over time: each waits between 0 and 2 x `mean` ns, uniformly, after the one before. When all threads
 * were busy for longer than a moment, what could not start then is not made up for: a cluster that comes back is not
 * met by a burst.
 */
export function stagger(mean: number, random: Random, generator: Generator): Generator {
  const pauses = draws(() => Math.round(random.float() * 2 * mean));
  return staggered(pauses, generator, undefined);
}

/**
 * @param pauses ns after each operation
 * @param due ns before which the next operation does not begin; the first begins when it is asked for
 */
function staggered(pauses: () => Draws<number>, generator: Generator, due: number | undefined): Generator {
  const self: Generator = {
    next(context) {
      // What comes is asked for as of the time when it may begin.
      const time = Math.max(due ?? 0, context.time);
      const step = generator.next(time === context.time ? context : { ...context, time });
      return wrap(step, (rest, { kind }) => {
        if (kind !== "operation") return staggered(pauses, rest, due);
        const { value, rest: later } = pauses();
        return staggered(later, rest, Math.max(due ?? time, time - catchUp) + value);
      });
    },
    update: (happening) =>
      updatedAround(self, [generator], happening, ([next = generator]) => staggered(pauses, next, due)),
  };
  return self;
}

/**
 * Lets operations begin for `duration` ns from its first step, and none after. It lasts all of that time, also when nothing
 * more would begin in it: of several that go on side by side one may be free again before the time is over.
 */
export function timeLimit(duration: number, generator: Generator): Generator {
  const self: Generator = {
    next: (context) => until(context.time + duration, generator).next(context),
    update: (happening) =>
      updatedAround(self, [generator], happening, ([next = generator]) => timeLimit(duration, next)),
  };
  return self;
}

/** @param end ns */
function until(end: number, generator: Generator): Generator {
  const self: Generator = {
    next(context) {
      const step = context.time < end ? generator.next(context) : undefined;
      if (step === undefined) return undefined;
      if (step.kind === "operation" && step.time >= end)
        return { kind: "pending", until: end, rest: until(end, generator) };
      const rest = until(end, step.rest);
      // Whoever waits is to hear that the time is over.
      if (step.kind === "pending") return { ...step, until: Math.min(step.until ?? end, end), rest };
      return { ...step, rest };
    },
    update: (happening) =>
      updatedAround(self, [generator], happening, ([next = generator]) => until(end, next)),
  };
  return self;
}

/** Nothing for `duration` ns from when it is first asked. */
export function sleep(duration: number): Generator {
  return { next: (context) => sleepUntil(context.time + duration).next(context) };
}

/** @param end ns */
function sleepUntil(end: number): Generator {
  const self: Generator = {
    next: ({ time }) => (time < end ? { kind: "pending", until: end, rest: self } : undefined),
  };
  return self;
}

/** Tells those who watch something, once. */
export function note(text: string): Generator {
  return { next: () => ({ kind: "note", text, rest: nothing }) };
}
