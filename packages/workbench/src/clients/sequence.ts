/** Generators one after the other, in turn, at random, and only so many of their operations. */
import type { Random } from "../time/random.ts";
import { type Generator, lazily, nothing, updatedAround, wrap } from "./generator.ts";

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
    random,
    lazily(() => random.integer(generators.length)),
  );
}

/** A mix whose next operation comes from the generator of that index. */
function mixed(generators: readonly Generator[], random: Random, choice: () => number): Generator {
  const others = lazily(() => mix(generators.toSpliced(choice(), 1), random));
  const self: Generator = {
    next(context) {
      if (generators.length === 0) return undefined;
      const step = generators[choice()]?.next(context);
      if (step === undefined) return others().next(context);
      return wrap(step, (rest, { kind }) => {
        const next = generators.with(choice(), rest);
        return kind === "operation" ? mix(next, random) : mixed(next, random, choice);
      });
    },
    update: (happening) => updatedAround(self, generators, happening, (next) => mixed(next, random, choice)),
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
