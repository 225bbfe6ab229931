/** Generators one after the other, in turn, at random, and only so many of their operations. */
import type { Random } from "../time/random.ts";
import { type Draws, draws, type Generator, lazily, nothing, updatedAround, wrap } from "./generator.ts";

/** All of the first generator, then all of the second, and so on; the next begins when the one before has no more. */
export function sequence(...generators: readonly Generator[]): Generator {
  const [first, ...others] = generators;
  if (first === undefined) return nothing;
  const following = lazily(() => sequence(...others));
  const self: Generator = {
    next: (context) =>
      wrap(first.next(context), (rest) => sequence(rest, ...others)) ?? following().next(context),
    update: (happening) => updatedAround(self, [first], happening, (next) => sequence(...next, ...others)),
  };
  return self;
}

/** Begins only when all threads are free: what went before is over. */
export function synchronize(generator: Generator): Generator {
  const self: Generator = {
    next: (context) =>
      context.free.size === context.threads.size ? generator.next(context) : { kind: "pending", rest: self },
  };
  return self;
}

/** One generator after the other, each only when all operations of the one before have ended. */
export function phases(...generators: readonly Generator[]): Generator {
  return sequence(...generators.map(synchronize));
}

/** The first operations of a generator, no more than `count`. */
export function limit(count: number, generator: Generator): Generator {
  if (count <= 0) return nothing;
  const self: Generator = {
    next: (context) =>
      wrap(generator.next(context), (rest, { kind }) =>
        limit(kind === "operation" ? count - 1 : count, rest),
      ),
    update: (happening) =>
      updatedAround(self, [generator], happening, ([next = generator]) => limit(count, next)),
  };
  return self;
}

/** Each operation from one of several generators, chosen at random; one that has no more is left out from then on. */
export function mix(generators: readonly Generator[], random: Random): Generator {
  return mixed(
    generators,
    draws(() => random.float()),
  );
}

/** @param chances which of the generators gives the next operation, as a part (0 … 1) of all, and so on */
function mixed(generators: readonly Generator[], chances: () => Draws<number>): Generator {
  const self: Generator = {
    next(context) {
      const chosen = Math.floor(chances().value * generators.length);
      const generator = generators[chosen];
      if (generator === undefined) return undefined;
      const step = generator.next(context);
      if (step === undefined) return mixed(generators.toSpliced(chosen, 1), chances().rest).next(context);
      return wrap(step, (rest, { kind }) =>
        mixed(generators.with(chosen, rest), kind === "operation" ? chances().rest : chances),
      );
    },
    update: (happening) => updatedAround(self, generators, happening, (next) => mixed(next, chances)),
  };
  return self;
}

/** Operations of two generators in turn, until one of them has no more. */
export function flipFlop(first: Generator, second: Generator): Generator {
  const self: Generator = {
    next: (context) =>
      wrap(first.next(context), (rest, { kind }) =>
        kind === "operation" ? flipFlop(second, rest) : flipFlop(rest, second),
      ),
    update: (happening) =>
      updatedAround(self, [first, second], happening, ([one = first, other = second]) =>
        flipFlop(one, other),
      ),
  };
  return self;
}
