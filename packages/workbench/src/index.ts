/** `@eddy/workbench`: the workbench as a library, for those who run tests from programs of their own. */

export type { Verdict } from "./checkers/verdict.ts";
export type { Operation } from "./history/operation.ts";
export type { Problem } from "./nodes/problem.ts";
export { BadBinary } from "./nodes/program.ts";
export type { TestOptions, WorkloadTuning } from "./run/options.ts";
export type { Results } from "./run/results.ts";
export { type Observer, type Run, type RunEnvironment, runTest } from "./run/run.ts";
export { StoreError } from "./store/store-error.ts";
export type { Clock, Scheduled } from "./time/clock.ts";
export { RealClock } from "./time/real-clock.ts";
