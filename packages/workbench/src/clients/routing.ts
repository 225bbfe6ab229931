/** Generators side by side: which threads each of them gets, and whose operation comes first. */
import {
  type Context,
  type Generator,
  lazily,
  type Step,
  updated,
  updatedAround,
  wrap,
} from "./generator.ts";
import { nemesisThread, type Thread, ThreadSet } from "./threads.ts";

/** Operations of several generators, whichever comes first; of those at the same time, each in its turn. */
export function any(...generators: readonly Generator[]): Generator {
  const self: Generator = {
    next(context) {
      const found = soonest(generators, (generator) => generator.next(context));
      if (found === undefined) return undefined;
      const { step, index } = found;
      // The one that was taken goes to the end of the line.
      return wrap(step, (rest) =>
        step.kind === "operation"
          ? any(...generators.toSpliced(index, 1), rest)
          : any(...generators.with(index, rest)),
      );
    },
    update: (happening) => updatedAround(self, generators, happening, (next) => any(...next)),
  };
  return self;
}

/** The step that comes first: something to tell before an operation, that before waiting, and waiting for less before more. */
function soonest<T>(
  items: readonly T[],
  next: (item: T) => Step | undefined,
): { readonly step: Step; readonly index: number } | undefined {
  let first: { readonly step: Step; readonly index: number } | undefined;
  for (const [index, item] of items.entries()) {
    const step = next(item);
    if (step !== undefined && (first === undefined || isBefore(step, first.step))) first = { step, index };
  }
  return first;
}

function isBefore(step: Step, other: Step): boolean {
  return rank(step) < rank(other) || (rank(step) === rank(other) && timeOf(step) < timeOf(other));
}

function rank({ kind }: Step): number {
  return { note: 0, operation: 1, pending: 2 }[kind];
}

function timeOf(step: Step): number {
  if (step.kind === "note") return 0;
  return step.kind === "operation" ? step.time : (step.until ?? Number.POSITIVE_INFINITY);
}

/** Which of all threads a generator may use. */
type Choice = (all: ThreadSet) => ThreadSet;

/** Lets a generator use some threads only; of the others it knows nothing. */
function on(choose: Choice, generator: Generator): Generator {
  const self: Generator = {
    next: (context) => wrap(generator.next(restrict(context, choose)), (rest) => on(choose, rest)),
    update: (happening) =>
      updatedAround(self, [generator], happening, ([next = generator]) => on(choose, next)),
  };
  return self;
}

function restrict(context: Context, choose: Choice): Context {
  const threads = choose(context.threads);
  return { ...context, threads, free: context.free.and(threads) };
}

/** Remembers a choice for the set of threads it was last asked for: that is the same for a whole run. */
function remembered(choose: Choice): Choice {
  let last: { readonly all: ThreadSet; readonly chosen: ThreadSet } | undefined;
  return (all) => {
    if (last?.all !== all) last = { all, chosen: choose(all) };
    return last.chosen;
  };
}

const nemesisOnly = ThreadSet.of(nemesisThread);

/** Operations that clients do. */
export function onClients(generator: Generator): Generator {
  return on(
    remembered((all) => all.butNot(nemesisOnly)),
    generator,
  );
}

/** Operations that the nemesis does. */
export function onNemesis(generator: Generator): Generator {
  return on(
    remembered((all) => all.and(nemesisOnly)),
    generator,
  );
}

/**
 * Shares the threads out: the first so many go to the first generator, the next to the second, and all that are left to
 * the last. The threads of one generator never do the operations of another.
 */
export function reserve(
  shares: readonly (readonly [count: number, generator: Generator])[],
  others: Generator,
): Generator {
  let taken = 0;
  const ranges = shares.map(([count, generator]) => {
    const [from, to] = [taken, taken + count];
    taken = to;
    return on(
      remembered((all) => ThreadSet.of(...[...all].slice(from, to))),
      generator,
    );
  });
  return any(
    ...ranges,
    on(
      remembered((all) => ThreadSet.of(...[...all].slice(taken))),
      others,
    ),
  );
}

/** The same generator anew for each thread: what is once in it is done once by every thread. */
export function eachThread(generator: Generator): Generator {
  return each(new Map(), generator);
}

/** @param own the generators of the threads that have begun */
function each(own: ReadonlyMap<Thread, Generator>, fresh: Generator): Generator {
  const only = (thread: Thread): Choice => lazily(() => ThreadSet.of(thread));
  const self: Generator = {
    next(context) {
      const threads = [...context.free];
      const found = soonest(threads, (thread) =>
        (own.get(thread) ?? fresh).next(restrict(context, only(thread))),
      );
      const thread = threads[found?.index ?? -1];
      if (found !== undefined && thread !== undefined)
        return wrap(found.step, (rest) => each(new Map([...own, [thread, rest]]), fresh));
      // The threads that are busy may have more to do.
      return context.free.size < context.threads.size ? { kind: "pending", rest: self } : undefined;
    },
    update(happening) {
      const generator = own.get(happening.thread);
      if (generator === undefined) return self;
      const next = updated(generator, happening);
      return next === generator ? self : each(new Map([...own, [happening.thread, next]]), fresh);
    },
  };
  return self;
}
