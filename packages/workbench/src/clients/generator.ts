/**
 * Generators: which operation comes next, when, and on which thread. A generator is a value, as in Jepsen: asking it for
 * the next step gives that and the generator of all that follow, and leaves itself as it was. It may be asked again, and
 * what it left to chance stays as it was drawn.
 */
import type { Operation } from "../history/operation.ts";
import type { Thread, ThreadSet } from "./threads.ts";

/** What an operation asks for. */
export interface Invocation {
  readonly f: string;
  readonly value: unknown;
  /** It belongs to the final phase of the run. */
  readonly final?: boolean;
}

/** What a generator may know when it is asked. */
export interface Context {
  /** ns since the generator was first asked. */
  readonly time: number;
  /** The threads that the generator may use, and those of them that do nothing now. */
  readonly threads: ThreadSet;
  readonly free: ThreadSet;
  /** The thread whose turn it is: the first free one from here on is taken. */
  readonly turn: Thread;
}

/** What comes next, and the generator of what follows it. */
export type Step =
  /** An operation that begins at `time` (ns). When that has not come yet, the generator is asked again then, or before. */
  | {
      readonly kind: "operation";
      readonly time: number;
      readonly thread: Thread;
      readonly invocation: Invocation;
      readonly rest: Generator;
    }
  /** Nothing for now. The generator is to be asked again when anything has happened, and at `until` (ns) at the latest. */
  | { readonly kind: "pending"; readonly until?: number; readonly rest: Generator }
  /** Something to be told to those who watch. */
  | { readonly kind: "note"; readonly text: string; readonly rest: Generator };

/** What has happened: an operation of a thread has begun or ended. */
export interface Happening {
  readonly thread: Thread;
  readonly operation: Pick<Operation, "type" | "process" | "f" | "value">;
}

export interface Generator {
  /** The next step, or undefined when there are no more. */
  next(context: Context): Step | undefined;
  /** The generator as it is after something has happened. Those that do not care about it have no such method. */
  update?(happening: Happening): Generator;
}

/** No operations at all. */
export const nothing: Generator = { next: () => undefined };

/** An operation that begins now, on the next free thread; pending while there is none. */
export function begin(context: Context, invocation: Invocation, rest: Generator, asked: Generator): Step {
  const thread = context.free.from(context.turn);
  if (thread === undefined) return { kind: "pending", rest: asked };
  return { kind: "operation", time: context.time, thread, invocation, rest };
}

/** One operation. */
export function once(invocation: Invocation): Generator {
  const generator: Generator = { next: (context) => begin(context, invocation, nothing, generator) };
  return generator;
}

/** Operations without end, each made anew. */
export function repeatedly(make: () => Invocation): Generator {
  return each(draws(make));
}

function each(invocations: () => Draws<Invocation>): Generator {
  const generator: Generator = {
    next(context) {
      if (context.free.size === 0) return { kind: "pending", rest: generator };
      const { value, rest } = invocations();
      return begin(context, value, each(rest), generator);
    },
  };
  return generator;
}

/** A step of a generator as a step of another that stands around it, with what follows remade. */
export function wrap(
  step: Step | undefined,
  remake: (rest: Generator, step: Step) => Generator,
): Step | undefined {
  return step && { ...step, rest: remake(step.rest, step) };
}

/** A generator after something has happened. */
export function updated(generator: Generator, happening: Happening): Generator {
  return generator.update?.(happening) ?? generator;
}

/** A generator that stands around others, after something has happened: remade only if that changed one of them. */
export function updatedAround(
  self: Generator,
  inner: readonly Generator[],
  happening: Happening,
  remake: (inner: readonly Generator[]) => Generator,
): Generator {
  const next = inner.map((generator) => updated(generator, happening));
  return next.every((generator, i) => generator === inner[i]) ? self : remake(next);
}

/** Makes a value when it is first asked for, and gives the same ever after. */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** What is drawn one after the other. Who holds a place in it finds the same there, and after it, whenever it looks. */
export interface Draws<T> {
  readonly value: T;
  readonly rest: () => Draws<T>;
}

/** Draws without end, each made when it is first looked at. What nobody holds a place before is forgotten. */
export function draws<T>(draw: () => T): () => Draws<T> {
  return lazily(() => ({ value: draw(), rest: draws(draw) }));
}
