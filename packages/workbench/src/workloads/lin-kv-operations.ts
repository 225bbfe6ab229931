/** Which operations come in the workload lin-kv: registers one after the other, each for a group of clients of its own. */
import { type Generator, lazily, repeatedly, updated, wrap } from "../clients/generator.ts";
import { reserve } from "../clients/routing.ts";
import { mix } from "../clients/sequence.ts";
import type { ThreadSet } from "../clients/threads.ts";
import type { Random } from "../time/random.ts";
import type { WorkloadContext } from "./workload.ts";

/** Processes that may have to do with one key: every operation that ended `info` may happen at any time, which makes it hard to judge. */
const processLimit = 20;
/** Registers hold 0 … 4, so that a cas has a chance. */
const values = 5;

/**
 * Groups of twice as many threads as there are nodes have one key each: half of a group reads, the other half writes and,
 * twice as often, does a cas. Threads that are left over form a smaller group.
 */
export function linKvOperations(random: Random, { nodes, concurrency }: WorkloadContext): Generator {
  let next = 0;
  const size = 2 * nodes.length;
  const group = (threads: number): Generator => forever(() => register(next++, threads, random));
  const groups = Math.floor(concurrency / size);
  const left = concurrency - groups * size;
  if (left > 0)
    return reserve(
      Array.from({ length: groups }, () => [size, group(size)] as const),
      group(left),
    );
  return reserve(
    Array.from({ length: groups - 1 }, () => [size, group(size)] as const),
    group(size),
  );
}

/** The operations on one key, by a group of so many threads. */
function register(key: number, threads: number, random: Random): Generator {
  const value = (): number => random.integer(values);
  const read = repeatedly(() => ({ f: "read", value: [key, null] }));
  const write = repeatedly(() => ({ f: "write", value: [key, value()] }));
  const cas = repeatedly(() => ({ f: "cas", value: [key, [value(), value()]] }));
  const readers = Math.floor(threads / 2);
  const operations =
    readers === 0
      ? mix([read, write, cas, cas], random)
      : reserve([[readers, read]], mix([write, cas, cas], random));
  return untilRetired(Math.max(1, processLimit - threads + 1), operations);
}

/** Operations until so many of them have ended `info`: each time another process takes the place of the one that did it. */
function untilRetired(count: number, generator: Generator, own?: ThreadSet): Generator {
  const self: Generator = {
    next: (context) =>
      count <= 0
        ? undefined
        : wrap(generator.next(context), (rest) => untilRetired(count, rest, context.threads)),
    update(happening) {
      const { thread, operation } = happening;
      const next = updated(generator, happening);
      if (operation.type === "info" && own?.has(thread)) return untilRetired(count - 1, next, own);
      return next === generator ? self : untilRetired(count, next, own);
    },
  };
  return self;
}

/** One generator after the other, each made when the one before has no more. */
function forever(make: () => Generator): Generator {
  return following(lazily(make), make);
}

function following(current: () => Generator, make: () => Generator): Generator {
  const fresh = lazily(() => forever(make));
  const self: Generator = {
    next: (context) =>
      wrap(current().next(context), (rest) => following(() => rest, make)) ?? fresh().next(context),
    update(happening) {
      const next = updated(current(), happening);
      return next === current() ? self : following(() => next, make);
    },
  };
  return self;
}
