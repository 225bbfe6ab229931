/** `eddy check`: judges a stored run again, or a history from elsewhere. */
import type { Validity } from "../checkers/verdict.ts";
import { modelSummary } from "../report/model-summary.ts";
import { summary } from "../report/summary.ts";
import { checkForeignHistory } from "../run/foreign-check.ts";
import { judgeForeignRun } from "../run/foreign-run.ts";
import { judgeStoredRun } from "../run/stored-run.ts";
import { UnreadableFile } from "../store/json-lines.ts";
import { toResultsEdn, toResultsJson } from "../store/results-files.ts";
import { RealClock } from "../time/real-clock.ts";
import type { CheckRequest } from "./check-options.ts";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { styleFor } from "./terminal.ts";

/** Judges what was asked for and says what came of it. Returns the exit code. */
export function checkCommand(request: CheckRequest): number {
  let judged: Judged;
  try {
    judged = judge(request);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    return exitCodes.badArguments;
  }
  const { results, text } = judged;
  switch (request.format) {
    case "text":
      process.stdout.write(`${text}\n`);
      break;
    case "json":
      process.stdout.write(toResultsJson(results));
      break;
    case "edn":
      process.stdout.write(toResultsEdn(results));
      break;
  }
  return exitCodeOf(results["valid?"]);
}

interface Judged {
  readonly results: { readonly "valid?": Validity };
  /** The results in words. */
  readonly text: string;
}

function judge(request: CheckRequest): Judged {
  const { path, checkerTimeLimit: timeLimit } = request;
  const clock = new RealClock();
  const limits = { timeLimit, now: () => clock.now() };
  const style = styleFor(process.stdout);
  switch (request.kind) {
    case "run": {
      const run = judgeStoredRun(path, limits);
      return { results: run.results, text: summary(run, run.results, path, style) };
    }
    case "workload": {
      const { workload, availability } = request;
      const results = judgeForeignRun(path, workload, availability, limits);
      return { results, text: summary({ workload, availability }, results, path, style) };
    }
    case "model": {
      const { model, initial } = request;
      const results = checkForeignHistory(path, { model, initial, ...limits });
      return { results, text: modelSummary(results, path, style) };
    }
  }
}
