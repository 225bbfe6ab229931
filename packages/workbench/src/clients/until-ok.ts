/** A generator that is over once something has worked. */
import { type Generator, nothing, updated, wrap } from "./generator.ts";
import type { Thread } from "./threads.ts";

/** The operations of a generator until one of them has ended `ok`. */
export function untilOk(generator: Generator): Generator {
  return trying(generator, new Set());
}

/** @param underWay the threads that do operations of this generator */
function trying(generator: Generator, underWay: ReadonlySet<Thread>): Generator {
  const self: Generator = {
    next: (context) =>
      wrap(generator.next(context), (rest, step) =>
        trying(rest, step.kind === "operation" ? new Set([...underWay, step.thread]) : underWay),
      ),
    update(happening) {
      const { thread, operation } = happening;
      const next = updated(generator, happening);
      if (operation.type === "invoke" || !underWay.has(thread))
        return next === generator ? self : trying(next, underWay);
      if (operation.type === "ok") return nothing;
      return trying(next, new Set([...underWay].filter((other) => other !== thread)));
    },
  };
  return self;
}
