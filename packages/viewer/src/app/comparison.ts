/** The numbers of two runs beside each other. */
import type { RunData } from "@eddy/workbench/pictures";
import { numberIn, numbersIn, partAt } from "../report/result-values.ts";
import { isNumber, isRecord } from "../shape.ts";
import { count, duration, figures, latency, nothing, percent } from "./format.ts";

export type Unit = "count" | "number" | "ms" | "ns" | "part";

export interface Compared {
  readonly name: string;
  readonly unit: Unit;
  readonly a: number | undefined;
  readonly b: number | undefined;
}

export interface ComparedGroup {
  readonly name: string;
  readonly rows: readonly Compared[];
}

/** Only what at least one of them has. */
export function compared(a: RunData, b: RunData): readonly ComparedGroup[] {
  const row = (name: string, unit: Unit, get: (run: RunData) => number | undefined): Compared => ({
    name,
    unit,
    a: get(a),
    b: get(b),
  });
  const result = (name: string, unit: Unit, field: string, ...path: readonly string[]): Compared =>
    row(name, unit, ({ results }) => numberIn(partAt(results, ...path), field));
  const groups: ComparedGroup[] = [
    {
      name: "Operations",
      rows: [
        row("duration of the run", "ns", ({ end }) => end),
        row("operations", "count", ({ operations }) => operations.total),
        result("ended ok", "count", "ok-count", "stats"),
        result("ended fail", "count", "fail-count", "stats"),
        result("ended info", "count", "info-count", "stats"),
        result("part that ended ok", "part", "ok-fraction", "availability"),
        row("ok a second, until the time limit", "number", okRate),
      ],
    },
    {
      name: "Latency",
      rows: (["p50", "p95", "p99", "max"] as const).map((name) =>
        result(name, "ms", name, "stats", "latency"),
      ),
    },
    {
      name: "Messages",
      rows: [
        result("all", "count", "msg-count", "net", "all"),
        result("for each operation", "number", "msgs-per-op", "net", "all"),
        result("among servers", "count", "msg-count", "net", "servers"),
        result("among servers, for each operation", "number", "msgs-per-op", "net", "servers"),
      ],
    },
    { name: "Messages by type", rows: numbersBelow(a, b, ["net", "all", "by-type"]) },
    { name: "What the workload counts", rows: numbersBelow(a, b, ["workload"]) },
  ];
  return groups
    .map(({ name, rows }) => ({
      name,
      rows: rows.filter((one) => one.a !== undefined || one.b !== undefined),
    }))
    .filter(({ rows }) => rows.length > 0);
}

/** All numbers that stand in one place of the results of either, and in what is nothing but numbers below it. */
function numbersBelow(a: RunData, b: RunData, path: readonly string[]): readonly Compared[] {
  const [left, right] = [numbersOf(partAt(a.results, ...path)), numbersOf(partAt(b.results, ...path))];
  const names = new Set([...left.keys(), ...right.keys()]);
  return [...names].sort().map((name) => ({
    name: name === "" ? "(without a type)" : name,
    unit: "number",
    a: left.get(name),
    b: right.get(name),
  }));
}

/** More numbers than this below one name are data, and no summary. */
const fewNumbers = 8;

function numbersOf(part: Readonly<Record<string, unknown>>): ReadonlyMap<string, number> {
  const found = new Map(numbersIn(part));
  for (const [name, value] of Object.entries(part)) {
    if (!isRecord(value)) continue;
    const below = numbersIn(value);
    if (below.length > fewNumbers || below.length < Object.keys(value).length) continue;
    for (const [inner, number] of below) found.set(`${name} ${inner}`, number);
  }
  return found;
}

/** Operations that ended ok, a second, while clients began new ones; what the final phase waits for would only dilute it. */
function okRate({ bins: { width, series }, end, options }: RunData): number | undefined {
  const { timeLimit } = options;
  const until = isNumber(timeLimit) ? Math.min(timeLimit * 1e9, end) : end;
  const length = Math.ceil(until / width);
  if (!(width > 0) || !(until > 0)) return undefined;
  let ok = 0;
  for (const one of series) for (let bin = 0; bin < length; bin += 1) ok += one.ok[bin] ?? 0;
  return ok / (until / 1e9);
}

/** As people read it. */
export function written(number: number | undefined, unit: Unit): string {
  if (number === undefined) return nothing;
  switch (unit) {
    case "count":
      return count(number);
    case "number":
      return Number.isInteger(number) ? count(number) : figures(number);
    case "ms":
      return latency(number);
    case "ns":
      return duration(number);
    case "part":
      return percent(number);
  }
}

/** What the second has more or less than the first, also in percent; empty where there is nothing to compare. */
export function difference({ a, b, unit }: Compared): string {
  if (a === undefined || b === undefined) return "";
  const by = b - a;
  if (by === 0) return "same";
  const sign = by > 0 ? "+" : "−";
  // Parts are percents themselves.
  const share = a === 0 || unit === "part" ? "" : ` (${sign}${percent(Math.abs(by / a))})`;
  return `${sign}${written(Math.abs(by), unit)}${share}`;
}

/** A run that lasts as long as the longer of two, for a time axis that holds both. */
export function lasting(a: RunData, b: RunData): RunData {
  return { ...a, end: Math.max(a.end, b.end), faults: [...a.faults, ...b.faults] };
}

/** Into how many pieces the time of so many operations is divided. */
export const piecesFor = (operations: number): number =>
  Math.min(Math.max(Math.round(operations / 10), 20), 100);
