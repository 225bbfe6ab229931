/** Generators that say when: operations spread over time, for so long, or none for a while. */
import { millisecond } from "../time/clock.ts";
import type { Random } from "../time/random.ts";
import { type Context, type Generator, lazily, nothing, updatedAround, wrap } from "./generator.ts";

/** So much (ns) of a delay is made up for, so that late timers do not lower the rate. A longer one is lost. */
const catchUp = 100 * millisecond;

/**
 * Spreads operations over time: each waits between 0 and 2 x `mean` ns, uniformly, after the one before. When all threads
 * were busy for longer than a moment, what could not start then is not made up for: a cluster that comes back is not
 * met by a burst.
 */
export function stagger(mean: number, random: Random, generator: Generator): Generator {
  return staggered(mean, random, generator, 0);
}

/** @param due ns before which the next operation does not begin */
function staggered(mean: number, random: Random, generator: Generator, due: number): Generator {
  const pause = lazily(() => Math.round(random.float() * 2 * mean));
  const self: Generator = {
    next(context) {
      // What comes is asked for as of the time when it may begin.
      const time = Math.max(due, context.time);
      const step = generator.next(time === context.time ? context : { ...context, time });
      return wrap(step, (rest, { kind }) => {
        const following = kind === "operation" ? Math.max(due, time - catchUp) + pause() : due;
        return staggered(mean, random, rest, following);
      });
    },
    update: (happening) =>
      updatedAround(self, [generator], happening, ([next = generator]) => staggered(mean, random, next, due)),
  };
  return self;
}

/** Lets operations begin for `duration` ns from when it is first asked, and none after. */
export function timeLimit(duration: number, generator: Generator): Generator {
  return until(
    lazily(({ time }: Context) => time + duration),
    generator,
  );
}

function until(end: (context: Context) => number, generator: Generator): Generator {
  const self: Generator = {
    next(context) {
      const limit = end(context);
      const step = context.time < limit ? generator.next(context) : undefined;
      if (step === undefined || (step.kind === "operation" && step.time >= limit)) return undefined;
      const rest = until(end, step.rest);
      // Whoever waits is to hear that the time is over.
      if (step.kind === "pending") return { ...step, until: Math.min(step.until ?? limit, limit), rest };
      return { ...step, rest };
    },
    update: (happening) =>
      updatedAround(self, [generator], happening, ([next = generator]) => until(end, next)),
  };
  return self;
}

/** Nothing for `duration` ns from when it is first asked. */
export function sleep(duration: number): Generator {
  const end = lazily(({ time }: Context) => time + duration);
  const self: Generator = {
    next: (context) =>
      context.time < end(context) ? { kind: "pending", until: end(context), rest: self } : undefined,
  };
  return self;
}

/** Tells those who watch something, once. */
export function note(text: string): Generator {
  return { next: () => ({ kind: "note", text, rest: nothing }) };
}
