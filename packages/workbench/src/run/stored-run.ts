/** A run that is in the store, judged again: also one that never came to its end, because the workbench was killed. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AvailabilityGoal } from "../checkers/availability.ts";
import type { CheckerLimits } from "../checkers/checker.ts";
import { Judge, type Results } from "../checkers/judge.ts";
import { type Conduct, isProblemCount, type ProblemCount } from "../checkers/nodes.ts";
import { isObject } from "../network/message.ts";
import { readHistory } from "../store/history-files.ts";
import { countMessages } from "../store/journal-file.ts";
import { readLines, UnreadableFile } from "../store/json-lines.ts";
import { workloads } from "../workloads/catalogue.ts";
import type { Workload } from "../workloads/workload.ts";

export interface StoredRun {
  readonly workload: Workload;
  readonly availability: AvailabilityGoal;
  readonly results: Results;
}

/**
 * Judges what a run has left in its folder.
 *
 * @throws {UnreadableFile} when it is no folder of a run, or what it holds is damaged
 */
export function judgeStoredRun(folder: string, limits?: CheckerLimits): StoredRun {
  const { workload, availability } = readTest(folder);
  const judge = new Judge(workload.checker(limits), availability);
  let began = false;
  for (const operation of readHistory(join(folder, "history.jsonl"))) {
    began = true;
    judge.add(operation);
  }
  const before = readEnd(folder);
  const results = judge.results({
    messages: countMessages(join(folder, "messages.jsonl")),
    conduct: readProblems(join(folder, "problems.jsonl")),
    began: began || before.began,
    interrupted: before.interrupted,
  });
  return { workload, availability, results };
}

/** What was tested, as `test.json` has it. */
function readTest(folder: string): Pick<StoredRun, "workload" | "availability"> {
  const path = join(folder, "test.json");
  const test = readJson(path);
  const options = isObject(test) && isObject(test.options) ? test.options : {};
  const { workload: name, availability } = options;
  const workload = typeof name === "string" ? workloads.get(name) : undefined;
  if (workload === undefined)
    throw new UnreadableFile(path, `it names no workload that eddy has, but ${JSON.stringify(name)}`);
  if (availability !== undefined && availability !== "total" && typeof availability !== "number")
    throw new UnreadableFile(path, `there is no availability ${JSON.stringify(availability)}`);
  return { workload, availability };
}

/** How the run ended. One without results did not. */
function readEnd(folder: string): { readonly began: boolean; readonly interrupted: string | undefined } {
  const path = join(folder, "results.json");
  if (!existsSync(path))
    return { began: false, interrupted: "the run did not come to its end: it has no results.json" };
  const results = readJson(path);
  if (!isObject(results)) throw new UnreadableFile(path, "it holds no results");
  const { stats, interrupted } = results;
  const reason = isObject(interrupted) ? String(interrupted.reason) : undefined;
  return { began: stats !== undefined, interrupted: reason };
}

function readProblems(path: string): Conduct {
  if (!existsSync(path)) return { "valid?": true };
  const problems = new Map<string, ProblemCount>();
  for (const { value, number } of readLines(path)) {
    if (!isProblemCount(value)) throw new UnreadableFile(path, `line ${number} is no problem`);
    // The last line of a kind has the count of all.
    problems.set(`${value.node} ${value.kind}`, value);
  }
  return { "valid?": problems.size === 0, ...(problems.size > 0 && { problems: [...problems.values()] }) };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new UnreadableFile(path, error instanceof Error ? error.message : String(error));
  }
}
