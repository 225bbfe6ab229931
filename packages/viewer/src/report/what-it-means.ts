/** What a verdict says, in a sentence, for somebody who sees one for the first time. */
import type { RunData } from "@eddy/workbench/pictures";
import { numberIn, partAt } from "./result-values.ts";

export function whatItMeans({ state, valid, meaning, checks, results }: RunData): string {
  if (state === "running") return "The run is going on; it is judged when it is over.";
  const named = (verdict: false | "unknown", what: string): string => {
    const names = checks.filter((check) => check.valid === verdict).map(({ name }) => name);
    return names.length === 0 ? "" : `: ${listed(names)} ${what}`;
  };
  if (valid === false) return `Something happened that must not happen${named(false, "failed")}.`;
  if (valid === "unknown")
    return `Nothing wrong was found, but the run cannot be called good${named("unknown", "could not be decided")}.`;
  if (valid === undefined)
    return "The run did not come to its end, so nobody has judged it. “eddy check” judges what was recorded of it.";
  if (numberIn(partAt(results, "stats"), "ok-count") === 0)
    return "Nothing was answered: there is nothing bad to say of it, and nothing good.";
  return sentence(meaning === "" ? "what the clients saw was right" : meaning);
}

function sentence(words: string): string {
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** "the check stats", "the checks stats and workload" */
function listed(names: readonly string[]): string {
  if (names.length === 1) return `the check ${names[0]}`;
  return `the checks ${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
