/** Generators side by side: which threads each of them gets, and whose operation comes first. */
import { type Context, type Generator, type Step, updated, updatedAround, wrap } from "./generator.ts";
import { nemesisThread, type Thread, ThreadSet } from "./threads.ts";

/** Operations of several generators, whichever comes first; of those at the same time, each in its turn. */
export function any(...generators: readonly Generator[]): Generator {
  const self: Generator = {
    next(context) {
      const asked = generators.map((generator) => generator.next(context));
      const first = soonest(asked);
      const step = asked[first];
      // A step that waits holds since when; others are asked again as if they had not been.
      const after = generators.map((generator, i) =>
        asked[i]?.kind === "pending" ? asked[i].rest : generator,
      );
      const isNew = after.some((generator, i) => generator !== generators[i]);
      // Who is told of an operation to come forgets all else until then; what waits must not begin to wait anew.
      if (isNew && step?.kind === "operation" && step.time > context.time)
        return { kind: "pending", until: step.time, rest: any(...after) };
      return wrap(step, (rest, { kind }) =>
        // The one that was taken goes to the end of the line.
        kind === "operation" ? any(...after.toSpliced(first, 1), rest) : any(...after.with(first, rest)),
      );
    },
    update: (happening) => updatedAround(self, generators, happening, (next) => any(...next)),
  };
  return self;
}

/** The index of the step that comes first, -1 if there is none: what there is to tell, then what begins or ends to wait first. */
function soonest(steps: readonly (Step | undefined)[]): number {
  let first: { readonly index: number; readonly step: Step } | undefined;
  for (const [index, step] of steps.entries())
    if (step !== undefined && (first === undefined || isBefore(step, first.step))) first = { index, step };
  return first?.index ?? -1;
}

/** Of two steps at the same time an operation is before a wait that ends. */
function isBefore(step: Step, other: Step): boolean {
  const [time, otherTime] = [timeOf(step), timeOf(other)];
  return time < otherTime || (time === otherTime && step.kind === "operation" && other.kind === "pending");
}

function timeOf(step: Step): number {
  switch (step.kind) {
    case "note":
      return Number.NEGATIVE_INFINITY;
    case "operation":
      return step.time;
    case "pending":
      return step.until ?? Number.POSITIVE_INFINITY;
  }
}

/** Which of all threads a generator may use. */
type Choice = (all: ThreadSet) => ThreadSet;

/**
 * Lets a generator use some threads only; of the others it knows nothing.
 *
 * @param turn whose turn it is among these threads; what others do in between must not make the same one always the next
 */
function on(choose: Choice, generator: Generator, turn: Thread = 0): Generator {
  const self: Generator = {
    next: (context) =>
      wrap(generator.next({ ...restrict(context, choose), turn }), (rest, step) =>
        on(choose, rest, step.kind === "operation" ? step.thread + 1 : turn),
      ),
    update: (happening) =>
      updatedAround(self, [generator], happening, ([next = generator]) => on(choose, next, turn)),
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
 * the last, the nemesis among them. The threads of one generator never do the operations of another.
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
      remembered((all) => ThreadSet.of(...inOrder(all, 0).slice(from, to))),
      generator,
    );
  });
  return any(
    ...ranges,
    on(
      remembered((all) => ThreadSet.of(...inOrder(all, 0).slice(taken))),
      others,
    ),
  );
}

/** The threads of a set from one on; after the last comes the first. */
function inOrder(threads: ThreadSet, from: Thread): Thread[] {
  const all = [...threads];
  return [...all.filter((thread) => thread >= from), ...all.filter((thread) => thread < from)];
}

/**
 * The same generator anew for each thread: what is once in it is done once by every thread. What it leaves to chance is
 * drawn once, and is the same for all.
 */
export function eachThread(generator: Generator): Generator {
  return each(new Map(), generator);
}

/** @param own the generators of the threads that have begun */
function each(own: ReadonlyMap<Thread, Generator>, fresh: Generator): Generator {
  const self: Generator = {
    next(context) {
      const threads = inOrder(context.free, context.turn);
      const asked = threads.map((thread) => {
        const alone = ThreadSet.of(thread);
        return (own.get(thread) ?? fresh).next(restrict(context, () => alone));
      });
      const first = soonest(asked);
      const thread = threads[first];
      if (thread === undefined)
        // The threads that are busy may have more to do.
        return context.free.size < context.threads.size ? { kind: "pending", rest: self } : undefined;
      const after = new Map(own);
      for (const [i, step] of asked.entries()) {
        const waiting = threads[i];
        if (step?.kind === "pending" && waiting !== undefined) after.set(waiting, step.rest);
      }
      return wrap(asked[first], (rest) => each(after.set(thread, rest), fresh));
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
