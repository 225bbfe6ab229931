/** `@eddy/workbench`: the workbench as a library, for those who run tests from programs of their own. */

export type { Checker } from "./checkers/checker.ts";
export type { Results } from "./checkers/judge.ts";
export type { Verdict } from "./checkers/verdict.ts";
export type { Operation } from "./history/operation.ts";
export type { MemoryProgram, Surroundings } from "./nodes/memory-node.ts";
export type { Problem } from "./nodes/problem.ts";
export { BadBinary } from "./nodes/program.ts";
export type { TestOptions } from "./run/options.ts";
export { type Observer, type Run, type RunEnvironment, runTest } from "./run/run.ts";
export { simulate } from "./run/simulate.ts";
export { StoreError } from "./store/store-error.ts";
export type { Clock, Scheduled } from "./time/clock.ts";
export type { Random } from "./time/random.ts";
export { RealClock } from "./time/real-clock.ts";
export { VirtualClock } from "./time/virtual-clock.ts";
export type { Workload, WorkloadContext, WorkloadTuning } from "./workloads/workload.ts";
