/** The options of a test, read and checked. */
import type { AvailabilityGoal } from "../checkers/availability.ts";
import type { LatencyDistribution } from "../network/latency.ts";
import type { WorkloadTuning } from "../workloads/workload.ts";

/** What is tested, how, and for how long. */
export interface TestOptions {
  /** The name of a workload that is built. */
  readonly workload: string;
  /** The path of the program that runs one node, or of its TypeScript or JavaScript source. */
  readonly bin: string;
  /** What each node gets as its own arguments. */
  readonly args: readonly string[];
  /** The names of the nodes, at least one. */
  readonly nodes: readonly string[];
  /** How many operations may be under way at once, at least one. */
  readonly concurrency: number;
  /** s, above 0 */
  readonly timeLimit: number;
  /** Operations a second, of all workers together; with 0 there are none. */
  readonly rate: number;
  /** Of messages between servers; the mean in ms. */
  readonly latency: { readonly mean: number; readonly distribution: LatencyDistribution };
  /** What goes wrong: names of faults, and the mean time between what is done with one of them, in s. */
  readonly nemesis: { readonly faults: readonly string[]; readonly interval: number };
  /** s between asking a node to end and killing it; with 0 it is not asked. */
  readonly grace: number;
  readonly availability: AvailabilityGoal;
  /** s that judging may take; what is not known by then is `unknown`. */
  readonly checkerTimeLimit: number;
  /** What only some workloads look at. */
  readonly tuning: WorkloadTuning;
  /** Decides all that is left to chance: a whole number from 0 up to and without 2^32. */
  readonly seed: number;
  /** The folder that holds the folders of all runs. */
  readonly store: string;
  /** What else is shown on the terminal, and written to the run's log, while the test runs. */
  readonly show: { readonly stderr: boolean; readonly send: boolean; readonly receive: boolean };
}
