/** The recorded runs of the original, for tests that compare: their histories as eddy has them, and what the original made of them. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Operation } from "../src/history/operation.ts";
import { Keyword } from "../src/store/edn.ts";
import { readEdn, Tagged } from "../src/store/edn-reader.ts";
import { readJepsenHistory } from "../src/store/jepsen-history.ts";

const folder = new URL("../../../../shared/original/runs/", import.meta.url);

/** Whether the recorded runs are there, beside the project. */
export const haveRecordedRuns = existsSync(fileURLToPath(folder));

export interface RecordedRun {
  readonly history: readonly Operation[];
  /** The part `workload` of its results: keywords as their names, maps as objects, or as maps if their keys are other than keywords. */
  readonly workload: Readonly<Record<string, unknown>>;
}

export function recordedRun(name: string): RecordedRun {
  const read = (file: string): string => readFileSync(new URL(`${name}/${file}`, folder), "utf8");
  const [results] = [...readEdn(read("results.edn"))].map(plain);
  return {
    history: readJepsenHistory(`${name}/history.edn`, read("history.edn")),
    workload: record(record(results).workload),
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function plain(value: unknown): unknown {
  if (value instanceof Keyword) return value.name;
  if (value instanceof Tagged) return plain(value.value);
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Set) return new Set([...value].map(plain));
  if (!(value instanceof Map)) return value;
  const entries = [...value].map(([key, item]) => [plain(key), plain(item)] as const);
  const named = entries.length > 0 && [...value.keys()].every((key) => key instanceof Keyword);
  // An operation's `:final?` is `final` here.
  return named
    ? Object.fromEntries(entries.map(([key, item]) => [key === "final?" ? "final" : key, item]))
    : new Map(entries);
}
