/** What clients do with something that is added to and read: both at random, and at the end a read each. */
import { type Generator, once, repeatedly } from "../clients/generator.ts";
import { eachThread } from "../clients/routing.ts";
import { mix } from "../clients/sequence.ts";
import type { Random } from "../time/random.ts";

/** Reads without end. */
export function reads(): Generator {
  return repeatedly(() => ({ f: "read", value: null }));
}

/** Adds of 0, 1, 2, …, under the name that the workload has for them, and about as many reads. */
export function addsAndReads(add: string, random: Random): Generator {
  let added = 0;
  return mix([repeatedly(() => ({ f: add, value: added++ })), reads()], random);
}

/** One read on every worker. */
export function finalReads(): Generator {
  return eachThread(once({ f: "read", value: null, final: true }));
}
