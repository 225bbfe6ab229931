/** Which operations come in the workload kafka: sends, polls, assigns and crashes, and the polls of the final phase. */

import { microOperations } from "../checkers/kafka/micro-operations.ts";
import {
  type Generator,
  type Invocation,
  lazily,
  nothing,
  once,
  repeatedly,
  updated,
  wrap,
} from "../clients/generator.ts";
import { any, eachThread } from "../clients/routing.ts";
import { sequence } from "../clients/sequence.ts";
import { stagger, timeLimit } from "../clients/timing.ts";
import { second } from "../time/clock.ts";
import type { Random } from "../time/random.ts";
import { progressOf } from "./kafka-progress.ts";
import { KeyPool } from "./key-pool.ts";
import type { WorkloadContext } from "./workload.ts";

/** One operation in so many is an assign. */
const assignEvery = 64;
/** ns between two crashes of one client, on average */
const crashInterval = 30 * second;

/** What clients do without end. */
export function kafkaOperations(random: Random, context: WorkloadContext): Generator {
  const { keyCount = 10, maxWritesPerKey } = context.tuning;
  const keys = new KeyPool({ keyCount, maxWritesPerKey }, random);
  const progress = progressOf(context);
  const operation = (): Invocation => {
    if (random.integer(assignEvery) === 0) {
      const key = String(keys.pick());
      // Now and then somebody catches up with what nobody has polled.
      const behind = random.integer(3) === 0 ? progress.behind() : [];
      return { f: "assign", value: [...new Set([...behind, key])] };
    }
    if (random.integer(2) === 0) return { f: "poll", value: [["poll"]] };
    const { key, value } = keys.write();
    return { f: "send", value: [["send", String(key), value]] };
  };
  return any(
    stagger(
      crashInterval / context.concurrency,
      random,
      repeatedly(() => crash),
    ),
    repeatedly(operation),
  );
}

const crash: Invocation = { f: "crash", value: null };

/** ns that the polls of the final phase may take */
const finalLimit = 10 * second;
/** ns between two of them on one thread, on average */
const finalInterval = second / 5;

/** A new client on each thread, which polls all keys from the beginning until it was given all that is known to be there. */
export function kafkaFinal(random: Random, context: WorkloadContext): Generator {
  const { highest } = progressOf(context);
  const polls = (): Generator => {
    if (highest.size === 0) return nothing;
    const assign = once({ f: "assign", value: [...highest.keys()], final: true });
    const poll = repeatedly(() => ({ f: "poll", value: [["poll"]], final: true }));
    const fresh = sequence(assign, stagger(finalInterval, random, poll));
    return sequence(once({ ...crash, final: true }), untilGiven(new Map(highest), fresh, fresh));
  };
  return later(() => timeLimit(finalLimit, eachThread(polls())));
}

/** Made when it is first asked: what it is like depends on what was done before. */
function later(make: () => Generator): Generator {
  const made = lazily(make);
  return { next: (context) => made().next(context) };
}

/**
 * Operations until polls have given these offsets, or higher ones.
 *
 * @param fresh what a new client begins with, when one was lost
 */
function untilGiven(missing: ReadonlyMap<string, number>, generator: Generator, fresh: Generator): Generator {
  const self: Generator = {
    next: (context) =>
      missing.size === 0
        ? undefined
        : wrap(generator.next(context), (rest) => untilGiven(missing, rest, fresh)),
    update(happening) {
      const { type, f, value } = happening.operation;
      const next = updated(generator, happening);
      if (f === "poll" && type === "info") return untilGiven(missing, fresh, fresh);
      if (f === "poll" && type === "ok") return untilGiven(without(missing, value), next, fresh);
      return next === generator ? self : untilGiven(missing, next, fresh);
    },
  };
  return self;
}

/** Offsets without those that a poll has reached. */
function without(missing: ReadonlyMap<string, number>, value: unknown): ReadonlyMap<string, number> {
  const given = new Map<string, number>();
  for (const micro of microOperations(value)) {
    if (micro.kind === "poll")
      for (const { key, offsets } of micro.reads)
        given.set(
          key,
          offsets.reduce((most, offset) => Math.max(most, offset), given.get(key) ?? -1),
        );
  }
  return new Map(
    [...missing].filter(([key, offset]) => (given.get(key) ?? Number.NEGATIVE_INFINITY) < offset),
  );
}
