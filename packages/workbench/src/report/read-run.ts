/**
 * The data of a run for pictures and pages, read from its folder in whatever state that is: complete, still growing, or
 * left by a workbench that was killed. Of a long run it has pieces, and always what the findings name.
 */
import { existsSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import type { Results } from "../checkers/judge.ts";
import { isObject } from "../network/message.ts";
import { binCount, binned } from "../pictures/bins.ts";
import { mentions } from "../pictures/mentions.ts";
import type { Points } from "../pictures/points.ts";
import type { CheckInWords, OperationColumns, RunData, RunState } from "../pictures/run-data.ts";
import { LineReader } from "../store/line-reader.ts";
import { toResultsJson } from "../store/results-files.ts";
import { millisecond } from "../time/clock.ts";
import { workloads } from "../workloads/catalogue.ts";
import { atMost, explanations, picturesInWords } from "./explanations.ts";
import { readJournal } from "./journal.ts";
import { journalHeads } from "./messages.ts";
import { namedMessages, namedOperations } from "./named.ts";
import { readNodeLogs } from "./node-logs.ts";
import { type OperationSelection, readOperations } from "./operations.ts";
import { readResultsFile, readTestFile, type TestFile } from "./run-files.ts";
import { merged, pieceOf, slicesOf } from "./slices.ts";
import { cut, Texts } from "./texts.ts";
import { readWholeHistory, type WholeHistory } from "./whole-history.ts";

/** How much of a run is read, so that a page can carry it. */
export interface ReadLimits {
  readonly operations: number;
  readonly messages: number;
  /** Of the history, and of the journal, that are read to the last detail. */
  readonly bytes: number;
  /** Pieces of time, where there is more than these. */
  readonly slices: number;
  /** Characters of what was asked and answered together, and of the bodies of messages. */
  readonly text: number;
  readonly logLines: number;
  readonly logBytes: number;
}

export const defaultLimits: ReadLimits = {
  operations: 100_000,
  messages: 100_000,
  bytes: 256 * 1024 * 1024,
  slices: 50,
  text: 4_000_000,
  logLines: 20_000,
  logBytes: 2_000_000,
};

/** Findings of each part of the results at most, and characters of one. */
const [findingsTold, findingLength] = [100, 4000];
/** How short a run is made at least, ns: one in which nothing took time, as in virtual time, would have no length. */
const shortest = millisecond;
/** Pieces of time of the whole run at most, and how many operations are enough for one. */
const [most, enough] = [300, 8];

/**
 * Reads a run.
 *
 * @param id `<workload>/<folder>`, its path in the store
 * @param history what is known of its history, so that it need not be read from beginning to end
 * @throws {UnreadableFile} when it is no folder of a run, or what it holds is damaged
 */
export function readRun(
  folder: string,
  id: string,
  limits: Partial<ReadLimits> = {},
  history?: WholeHistory,
): RunData {
  const allowed = { ...defaultLimits, ...limits };
  const test = readTestFile(folder);
  const results = readResultsFile(folder);
  const path = { history: join(folder, "history.jsonl"), journal: join(folder, "messages.jsonl") };
  return readLines(path.history, results !== undefined, (lines) => {
    const whole = history ?? readWholeHistory(lines, path.history);
    // Opened after the history, so that in a run that goes on it holds all messages of the operations.
    return readLines(path.journal, results !== undefined, (journal) => {
      const lastEvent = journal.last(journalHeads(journal, path.journal))?.time ?? 0;
      const end = Math.max(whole.end, lastEvent, shortest);
      const checks = checksOf(test, results);
      const named = checks.flatMap(({ findings }) => findings.flatMap(mentions));
      const points = whole.points.points();
      const operations = operationsOf(
        lines,
        path.history,
        test,
        points,
        namedOperations(named, points),
        end,
        allowed,
      );
      const duplicates = test.faults.includes("duplicate");
      const what = namedMessages(named, operations, end);
      const [workload = ""] = id.split("/");
      return {
        format: 1,
        id,
        workload,
        meaning: meaningOf(test),
        ...(test.start !== undefined && { start: test.start }),
        state: stateOf(test, results),
        ...(results && { valid: results["valid?"] }),
        options: test.options,
        versions: test.versions,
        checks,
        ...(results && { results: { ...results } }),
        end,
        nodes: test.nodes,
        faults: whole.faults.spans(),
        bins: binned(points, { from: 0, to: end }, binCount(points, most, enough)),
        operations,
        messages: readJournal(journal, path.journal, end, what, duplicates, allowed),
        logs: readNodeLogs(join(folder, "node-logs"), test.nodes, allowed, test.origin, end),
      };
    });
  });
}

/** The same run once its pictures have become part of its results. */
export function withResults(run: RunData, results: Results): RunData {
  const stored: unknown = JSON.parse(toResultsJson(results));
  return {
    ...run,
    checks: [...picturesInWords(results), ...run.checks],
    ...(isObject(stored) && { results: stored }),
  };
}

/** Opens a file for as long as it is read. Before a run is complete, it may be missing yet. */
function readLines<T>(path: string, isComplete: boolean, read: (lines: LineReader) => T): T {
  const lines = new LineReader(isComplete || existsSync(path) ? path : devNull);
  try {
    return read(lines);
  } finally {
    lines.close();
  }
}

function stateOf({ isAlive }: TestFile, results: Results | undefined): RunState {
  if (results !== undefined) return "complete";
  return isAlive ? "running" : "unfinished";
}

function meaningOf({ workload }: TestFile): string {
  return workloads.get(workload)?.meaning ?? "the history is as the workload wants it";
}

function checksOf(test: TestFile, results: Results | undefined): CheckInWords[] {
  if (results === undefined) return [];
  const { availability } = test;
  return explanations({ workload: { meaning: meaningOf(test) }, availability }, results).map((check) => ({
    ...check,
    findings: atMost(check.findings, findingsTold).map((finding) => cut(finding, findingLength)),
  }));
}

function operationsOf(
  lines: LineReader,
  path: string,
  { nodes }: TestFile,
  points: Points,
  named: OperationSelection["named"],
  end: number,
  { operations, bytes, slices, text }: ReadLimits,
): OperationColumns {
  const total = points.length;
  const selection = { total, named, functions: points.functions, nodes, texts: new Texts(text) };
  if (total <= operations && lines.size <= bytes) return readOperations(lines, path, selection);
  const starts = Float64Array.from(points.start).sort();
  const most = Math.min(operations, Math.floor((bytes / lines.size) * total));
  const even = slicesOf(
    end,
    0,
    Array.from({ length: slices }, () => 1),
  );
  const counts = even.map(({ from, to }) => placeOf(starts, to + 1) - placeOf(starts, from));
  const pieces = slicesOf(end, most, counts).map((slice) => {
    return pieceOf(slice, starts.subarray(placeOf(starts, slice.from))).span;
  });
  return readOperations(lines, path, { ...selection, spans: merged(pieces) });
}

/** How many numbers of a sorted list are below one. */
function placeOf(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
