/** `eddy test`: runs tests and says what came of them. */
import { BadBinary } from "../nodes/program.ts";
import { summary } from "../report/summary.ts";
import { type Run, runTest } from "../run/run.ts";
import { version } from "../run/version.ts";
import { toResultsEdn, toResultsJson } from "../store/results-files.ts";
import { StoreError } from "../store/store-error.ts";
import { seedBound } from "../time/random.ts";
import { RealClock } from "../time/real-clock.ts";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { type Interruptions, watchInterruptions } from "./interrupt.ts";
import { styleFor, Terminal } from "./terminal.ts";
import type { TestRequest } from "./test-options.ts";

/** Runs the test as often as asked, up to the first run that is not valid. Resolves with the exit code. */
export async function testCommand(request: TestRequest): Promise<number> {
  const interruptions = watchInterruptions();
  try {
    let code: number = exitCodes.valid;
    for (let i = 0; i < request.testCount && code === exitCodes.valid; i++) {
      code = await runOnce(request, i, interruptions);
    }
    return code;
  } catch (error) {
    // Ctrl-C ends the compiler, too, which then says that it could not compile.
    if (error instanceof BadBinary)
      return interruptions.exitCode() ?? complain(error.message, exitCodes.badArguments);
    if (error instanceof StoreError) return complainOfStore(error);
    throw error;
  } finally {
    interruptions.stop();
  }
}

async function runOnce(
  { test, testCount, format }: TestRequest,
  index: number,
  interruptions: Interruptions,
): Promise<number> {
  // Each run of several has a seed of its own, which is told, so that one of them can be run again.
  const options = { ...test, seed: (test.seed + index) % seedBound };
  const clock = new RealClock();
  const number = testCount === 1 ? "" : ` (${index + 1} of ${testCount})`;
  const headline =
    `eddy ${version}: ${options.workload}${number}, ${count(options.nodes.length, "node")}, ` +
    `${count(options.concurrency, "client")}, ${options.rate} operations a second for ${options.timeLimit} s, seed ${options.seed}`;
  const terminal = new Terminal(process.stderr, clock, options.timeLimit, headline);
  let run: Run;
  try {
    run = await runTest(options, { clock, observer: terminal, signal: interruptions.signal });
  } finally {
    terminal.end();
    clock.stop();
  }
  switch (format) {
    case "text": {
      const style = styleFor(process.stdout);
      const also = run.storeError ? "(not all of it could be stored)" : `(also ${options.store}/latest)`;
      process.stdout.write(`\n${summary(run, run.results, `${run.folder} ${style.faint(also)}`, style)}\n`);
      break;
    }
    case "json":
      process.stdout.write(toResultsJson(run.results));
      break;
    case "edn":
      process.stdout.write(toResultsEdn(run.results));
      break;
  }
  if (run.storeError !== undefined) return complainOfStore(run.storeError);
  return interruptions.exitCode() ?? exitCodeOf(run.results["valid?"]);
}

function complainOfStore(error: StoreError): number {
  const advice = error.message.includes("EMFILE")
    ? "Too many files are open: allow more with ulimit -n."
    : "Give another folder with --store, or make room.";
  return complain(`${error.message}\n${advice}`, exitCodes.failed);
}

function complain(message: string, code: number): number {
  process.stderr.write(`error: ${message}\n`);
  return code;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
