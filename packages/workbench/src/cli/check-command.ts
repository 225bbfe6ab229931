/** `eddy check`: judges a stored run again. */
import { summary } from "../report/summary.ts";
import { judgeStoredRun, type StoredRun } from "../run/stored-run.ts";
import { UnreadableFile } from "../store/json-lines.ts";
import { toResultsEdn, toResultsJson } from "../store/results-files.ts";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { styleFor } from "./terminal.ts";
import type { Format } from "./test-options.ts";

/** Judges the run in a folder and says what came of it. Returns the exit code. */
export function checkCommand(folder: string, format: Format): number {
  let run: StoredRun;
  try {
    run = judgeStoredRun(folder);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    process.stderr.write(
      `error: ${error.message}\neddy check takes the folder of a run, such as store/latest.\n`,
    );
    return exitCodes.badArguments;
  }
  const { results } = run;
  switch (format) {
    case "text":
      process.stdout.write(`${summary(run, results, folder, styleFor(process.stdout))}\n`);
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
