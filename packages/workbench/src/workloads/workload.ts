/** What a workload is: which RPCs there are, what clients do with them, and how the history is judged. */
import type { Checker, CheckerLimits } from "../checkers/checker.ts";
import type { Client } from "../clients/client.ts";
import type { Generator, Invocation } from "../clients/generator.ts";
import type { Rpc } from "../clients/rpc.ts";
import type { Random } from "../time/random.ts";

/** What a workload may know of the test that it is part of; the same object for the whole run, and another for the next. */
export interface WorkloadContext {
  /** The names of the nodes. */
  readonly nodes: readonly string[];
  /** How many operations may be under way at once. */
  readonly concurrency: number;
  /** Of messages between servers; the mean in ms. */
  readonly latency: { readonly mean: number };
  readonly tuning: WorkloadTuning;
}

/** Options that only some workloads look at; the others carry them along. */
export interface WorkloadTuning {
  readonly topology: string;
  readonly consistencyModels: readonly string[];
  readonly keyCount?: number;
  readonly maxTxnLength: number;
  readonly maxWritesPerKey: number;
}

/** A request that every node gets from a client of its own before the first operation. */
export interface Setup {
  readonly rpc: Rpc;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Workload {
  readonly name: string;
  readonly rpcs: Readonly<Record<string, Rpc>>;
  /** What every node is asked before there are any operations. One that does not answer as it should ends the test. */
  setup?(context: WorkloadContext): Setup;
  /** What clients do, one operation after the other, as fast as they can; the rate is put upon it. */
  generator(random: Random, context: WorkloadContext): Generator;
  /** What clients do at the very end, when all is healed and the nodes have had 10 s to recover. */
  final?(random: Random, context: WorkloadContext): Generator;
  /** Does one operation; resolves with the value that it ended ok with. */
  perform(client: Client, invocation: Invocation, context: WorkloadContext): Promise<unknown>;
  /** The functions that change nothing: when one of them is not answered, it has simply failed. */
  readonly idempotent: ReadonlySet<string>;
  /** A client whose request was not answered may be used again; otherwise its worker gets a new one. */
  readonly reusableClients?: boolean;
  /** Who judges a history; without limits it takes as long as it takes. */
  checker(limits?: CheckerLimits): Checker;
  /** What a valid history means, in words. */
  readonly meaning: string;
}
