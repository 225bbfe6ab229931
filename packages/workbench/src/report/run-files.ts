/** The small files of a run's folder: what was tested, and what came of it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AvailabilityGoal } from "../checkers/availability.ts";
import type { Results } from "../checkers/judge.ts";
import { isObject } from "../network/message.ts";
import { UnreadableFile } from "../store/json-lines.ts";
import { isAlive } from "../store/run-process.ts";
import { isResults } from "./stored-results.ts";

/** What `test.json` says, as far as pictures need it. */
export interface TestFile {
  readonly workload: string;
  readonly availability: AvailabilityGoal;
  readonly nodes: readonly string[];
  /** Names of faults. */
  readonly faults: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly versions: Readonly<Record<string, string>>;
  /** ISO 8601; absent when it is no date. */
  readonly start?: string;
  /** When the clock of the run was at 0, ms since 1970; 0 when nothing says so. */
  readonly origin: number;
  /** Whether the process that the run belongs to still lives. */
  readonly isAlive: boolean;
}

/** @throws {UnreadableFile} when it is no `test.json` */
export function readTestFile(folder: string): TestFile {
  const path = join(folder, "test.json");
  const test = readJson(path);
  const options = isObject(test) ? test.options : undefined;
  if (!isObject(test) || !isObject(options) || typeof options.workload !== "string")
    throw new UnreadableFile(path, "it does not say what was tested");
  const { workload, availability, nodes, nemesis } = options;
  const { start, elapsed, versions, pid, born } = test;
  const date = typeof start === "string" ? Date.parse(start) : Number.NaN;
  return {
    workload,
    availability: availability === "total" || typeof availability === "number" ? availability : undefined,
    nodes: textsOf(nodes),
    faults: isObject(nemesis) ? textsOf(nemesis.faults) : [],
    options,
    versions: isObject(versions)
      ? Object.fromEntries(Object.entries(versions).map(([name, version]) => [name, String(version)]))
      : {},
    ...(typeof start === "string" && !Number.isNaN(date) && { start }),
    origin: Number.isNaN(date) ? 0 : date - (typeof elapsed === "number" ? elapsed / 1e6 : 0),
    isAlive: typeof pid === "number" && isAlive({ pid, ...(typeof born === "string" && { born }) }) === true,
  };
}

/**
 * What `results.json` says; undefined when there is none.
 *
 * @throws {UnreadableFile} when it holds no results
 */
export function readResultsFile(folder: string): Results | undefined {
  const path = join(folder, "results.json");
  if (!existsSync(path)) return undefined;
  const results = readJson(path);
  if (!isResults(results)) throw new UnreadableFile(path, "it holds no results");
  return results;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new UnreadableFile(path, error instanceof Error ? error.message : String(error));
  }
}
