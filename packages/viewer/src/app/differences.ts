/** What differs between two things that are both JSON: the options of two runs. */
import { isRecord } from "../shape.ts";

/** One leaf of either. `a` or `b` is undefined where there is none. */
export interface Leaf {
  /** Its place, as `latency.mean`. */
  readonly path: string;
  readonly a: string | undefined;
  readonly b: string | undefined;
  readonly differs: boolean;
}

/** All leaves of both, those of `a` first, in their order. Lists and empty objects are leaves. */
export function leavesOfBoth(a: unknown, b: unknown): readonly Leaf[] {
  const left = leaves(a);
  const right = leaves(b);
  const paths = [...left.keys(), ...[...right.keys()].filter((path) => !left.has(path))];
  return paths.map((path) => {
    const [one, other] = [left.get(path), right.get(path)];
    return { path, a: one?.shown, b: other?.shown, differs: one?.exact !== other?.exact };
  });
}

interface Value {
  readonly shown: string;
  /** JSON: the word "1" is not the number 1. */
  readonly exact: string;
}

function leaves(value: unknown): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>();
  // With a list of what is to do instead of recursion: what is nested deeply does no harm.
  const rest: { path: string; value: unknown }[] = [{ path: "", value }];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { path, value: here } = next;
    const fields = isRecord(here) ? Object.entries(here) : [];
    if (fields.length === 0 && here !== undefined) found.set(path, written(here));
    for (const [name, field] of fields.reverse()) rest.push({ path: below(path, name), value: field });
  }
  return found;
}

function below(path: string, name: string): string {
  const safe = /^[^."\s]+$/.test(name) ? name : JSON.stringify(name);
  return path === "" ? safe : `${path}.${safe}`;
}

function written(value: unknown): Value {
  const exact = json(value);
  if (typeof value === "string") return { shown: value, exact };
  const simple = Array.isArray(value) && value.length > 0 && value.every((item) => typeof item !== "object");
  return { shown: simple ? value.join(" ") : exact, exact };
}

function json(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "(nested too deeply to be shown)";
  }
}
