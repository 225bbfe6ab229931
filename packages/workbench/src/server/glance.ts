/** What the list of runs says of one, read from a few kilobytes of its files, however large they are. */
import { join } from "node:path";
import { isObject } from "../network/message.ts";
import type { RunProcess } from "../store/run-process.ts";
import { millisecond } from "../time/clock.ts";
import { look, readPiece } from "./small-file.ts";

/** bytes; what is smaller is read as a whole */
const small = 1024 * 1024;

/** What `test.json` says; the texts of a damaged one are why it is. */
export interface TestGlance {
  readonly workload: string;
  readonly start?: string;
  readonly seed?: number;
  readonly nodes?: number;
  readonly nemesis?: readonly string[];
  /** s */
  readonly timeLimit: number;
  /** s */
  readonly checkerTimeLimit: number;
  readonly process?: RunProcess;
  /** When the clock of the run was at 0, ms since 1970; absent when that is not known, or was in virtual time. */
  readonly origin?: number;
}

/** Reads `test.json`; what is wrong with it, in words, when it does not say what it should. */
export function glanceAtTest(folder: string): TestGlance | string {
  const text = readWhole(join(folder, "test.json"));
  if (text === undefined) return "test.json cannot be read";
  const test = parsed(text);
  if (!isObject(test)) return "test.json holds no JSON object";
  const { start, elapsed, options, pid, born } = test;
  if (!isObject(options) || typeof options.workload !== "string") return "test.json names no workload";
  const { workload, seed, nodes, nemesis, timeLimit, checkerTimeLimit } = options;
  const faults = isObject(nemesis) && Array.isArray(nemesis.faults) ? nemesis.faults : undefined;
  return {
    workload,
    ...startOf(start, elapsed),
    ...(typeof seed === "number" && { seed }),
    ...(Array.isArray(nodes) && { nodes: nodes.length }),
    ...(faults && { nemesis: faults.filter((fault) => typeof fault === "string").slice(0, 20) }),
    timeLimit: typeof timeLimit === "number" ? timeLimit : 0,
    checkerTimeLimit: typeof checkerTimeLimit === "number" ? checkerTimeLimit : 0,
    ...(typeof pid === "number" &&
      Number.isSafeInteger(pid) &&
      pid > 0 && { process: { pid, ...(typeof born === "string" && { born }) } }),
  };
}

/** Virtual time begins on 1 January 2000: what it says is no date. */
function startOf(start: unknown, elapsed: unknown): Pick<TestGlance, "start" | "origin"> {
  const date = typeof start === "string" ? Date.parse(start) : Number.NaN;
  if (typeof start !== "string" || Number.isNaN(date) || start.startsWith("2000-")) return {};
  return { start, origin: date - (typeof elapsed === "number" ? elapsed / millisecond : 0) };
}

/** What `results.json` says. */
export interface ResultsGlance {
  readonly valid: true | false | "unknown";
  readonly operations?: number;
}

/** Reads `results.json`; what is wrong with it, in words, when it does not say what it should. */
export function glanceAtResults(folder: string): ResultsGlance | string {
  const path = join(folder, "results.json");
  const text = readWhole(path);
  if (text === undefined) return glanceAtLargeResults(path);
  const results = parsed(text);
  if (!isObject(results)) return "results.json holds no JSON object";
  const valid = results["valid?"];
  if (!isVerdict(valid)) return "results.json holds no verdict";
  const count = isObject(results.stats) ? results.stats.count : undefined;
  return { valid, ...(typeof count === "number" && { operations: count }) };
}

/**
 * The evidence in results may be a hundred megabytes. As they are written, the verdict of the whole is the last line of its depth,
 * and the numbers stand near the beginning; no text in JSON has a line end in it that could look like these lines.
 */
function glanceAtLargeResults(path: string): ResultsGlance | string {
  const [start, end] = [readPiece(path, "first", small), readPiece(path, "last", 1024)];
  if (start === undefined || end === undefined) return "results.json cannot be read";
  const [, verdict] = /\n {2}"valid\?": (true|false|"unknown")\n\}\n?$/.exec(end.toString("latin1")) ?? [];
  const valid: unknown = verdict === undefined ? undefined : parsed(verdict);
  if (!isVerdict(valid)) return "results.json does not end as it should";
  const [, stats = ""] = /\n {2}"stats": \{\n((?: {4,}.*\n)*)/.exec(start.toString("latin1")) ?? [];
  const [, count] = /^ {4}"count": (\d+)/m.exec(stats) ?? [];
  return { valid, ...(count !== undefined && { operations: Number(count) }) };
}

function isVerdict(value: unknown): value is true | false | "unknown" {
  return value === true || value === false || value === "unknown";
}

/** The time (ns) of the last whole line of the history; undefined when there is none, or it is very long. */
export function lastTime(folder: string): number | undefined {
  const piece = readPiece(join(folder, "history.jsonl"), "last", 256 * 1024)?.toString("latin1") ?? "";
  const whole = piece.slice(0, piece.lastIndexOf("\n"));
  const line = whole.slice(whole.lastIndexOf("\n") + 1);
  const [, time] = /^\{"index":\d+,"time":(\d+),/.exec(line) ?? [];
  return time === undefined ? undefined : Number(time);
}

/** The text of a file; undefined when it cannot be read, or is too large to be looked into. */
function readWhole(path: string): string | undefined {
  if ((look(path)?.size ?? 0) > small) return undefined;
  return readPiece(path, "first", small)?.toString("utf8");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
