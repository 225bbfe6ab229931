/** A test in virtual time: the same run, with nodes in memory and a clock that jumps from one event to the next. */
import type { MemoryProgram } from "../nodes/memory-node.ts";
import { VirtualClock } from "../time/virtual-clock.ts";
import type { TestOptions } from "./options.ts";
import { type Run, type RunEnvironment, runTest } from "./run.ts";

/**
 * Runs one test of a program in memory. The same options, program and seed leave the same history and journal, byte for
 * byte.
 *
 * @throws {StoreError} when the run's folder cannot be made
 */
export function simulate(
  options: TestOptions,
  program: MemoryProgram,
  environment: Omit<RunEnvironment, "clock" | "program"> = {},
): Promise<Run> {
  const clock = new VirtualClock();
  return clock.drive(runTest(options, { ...environment, clock, program }));
}
