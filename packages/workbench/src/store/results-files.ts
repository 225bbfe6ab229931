/** Results as files: JSON, and EDN in which what is a name in Clojure is a keyword. */
import { Float, Keyword, toPrettyEdn } from "./edn.ts";

/** The text of `results.json`. A map becomes an object, with the JSON of those keys that are no strings; a bigint a string. */
export function toResultsJson(results: object): string {
  return `${JSON.stringify(results, toJsonValue, 2)}\n`;
}

function toJsonValue(_: string, value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (!(value instanceof Map)) return value;
  const entries = [...value].map(([key, item]) => [
    typeof key === "string" ? key : JSON.stringify(key, toJsonValue),
    item,
  ]);
  return Object.fromEntries(entries);
}

/** The text of `results.edn`. */
export function toResultsEdn(results: object): string {
  return `${toPrettyEdn(keywordize(results))}\n`;
}

/** Fields whose text is a name of eddy's or the workload's own. */
const names: ReadonlySet<string> = new Set(["valid?", "type", "f", "kind", "class", "outcome"]);
/** Fields whose numbers may be fractions; EDN tells 1.0 from 1, JSON does not. */
const fractions: ReadonlySet<string> = new Set(["ok-fraction", "msgs-per-op", "p50", "p95", "p99", "max"]);
/** Fields that hold what clients and nodes said, where a "type" is text like any other. */
const quotations: ReadonlySet<string> = new Set(["value", "errors"]);

function keywordize(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keywordize);
  // The keys of a map are what they are, such as ids that nodes gave.
  if (typeof value !== "object" || value === null || value instanceof Map) return value;
  const entries = Object.entries(value).map(([key, item]) => {
    if (fractions.has(key) && typeof item === "number") return [key, new Float(item)];
    if (names.has(key) && typeof item === "string") return [key, new Keyword(item)];
    return [key, quotations.has(key) ? item : keywordize(item)];
  });
  return Object.fromEntries(entries);
}
