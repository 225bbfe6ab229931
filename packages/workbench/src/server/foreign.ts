/** What in a store is no run of eddy's: what it is, in words, and what it says of itself. */
import { basename, join } from "node:path";
import type { RunEntry } from "../pictures/served.ts";
import { Keyword } from "../store/edn.ts";
import { readEdn } from "../store/edn-reader.ts";
import { look, readPiece } from "./small-file.ts";

/** bytes */
const smallResults = 1024 * 1024;

export type Foreign = Pick<RunEntry, "valid" | "start" | "remark">;

/** A folder without `test.json`. */
export function foreignFolder(folder: string): Foreign {
  const has = (name: string): boolean => look(join(folder, name))?.isFile() ?? false;
  const start = startIn(basename(folder));
  const dated = start === undefined ? {} : { start };
  if (["jepsen.log", "test.jepsen", "test.fressian"].some(has)) {
    const valid = verdictIn(join(folder, "results.edn"));
    const remark =
      valid === undefined
        ? "a run of Maelstrom or Jepsen, without a verdict"
        : "a run of Maelstrom or Jepsen";
    return { ...dated, remark, ...(valid !== undefined && { valid }) };
  }
  if (has("history.jsonl") || has("messages.jsonl"))
    return { ...dated, remark: "a run of eddy that has lost its test.json" };
  if (has("history.edn") || has("results.edn"))
    return { ...dated, remark: "a history, of which nothing says where it comes from" };
  return { ...dated, remark: "a folder that eddy did not write" };
}

/** Jepsen names its folders by the time of day where it runs, sometimes with its distance from UTC. */
function startIn(name: string): string | undefined {
  const [, year, month, day, hour, minute, second, zone] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d(?:\.\d+)?)(Z|[+-]\d{4})?(?:-\d+)?$/.exec(name) ?? [];
  if (year === undefined) return undefined;
  const offset = zone === undefined || zone === "Z" ? "Z" : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

function verdictIn(path: string): true | false | "unknown" | undefined {
  if ((look(path)?.size ?? 0) > smallResults) return undefined;
  const text = readPiece(path, "first", smallResults)?.toString("utf8");
  if (text === undefined) return undefined;
  try {
    const [results] = readEdn(text);
    if (!(results instanceof Map)) return undefined;
    for (const [key, value] of results) {
      if (!(key instanceof Keyword && key.name === "valid?")) continue;
      if (value === true || value === false) return value;
      return value instanceof Keyword && value.name === "unknown" ? "unknown" : undefined;
    }
  } catch {
    // Half-written, or no EDN: nobody knows.
  }
  return undefined;
}
