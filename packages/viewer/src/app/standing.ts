/** What is said of a run in one word: its verdict, or why it has none. */
import type { RunEntry } from "@eddy/workbench/pictures";

export type Standing = "valid" | "invalid" | "unknown" | "running" | "unfinished" | "damaged" | "foreign";

/** In the order in which they are sorted: what needs a look stands together. */
export const standings = [
  "running",
  "invalid",
  "unknown",
  "unfinished",
  "damaged",
  "foreign",
  "valid",
] as const;

export function standingOf({ state, valid }: Pick<RunEntry, "state" | "valid">): Standing {
  if (state === "running" || state === "damaged" || state === "foreign") return state;
  if (valid === undefined) return "unfinished";
  if (valid === "unknown") return "unknown";
  return valid ? "valid" : "invalid";
}

/** Told apart without colour. */
export const marks: Readonly<Record<Standing, string>> = {
  valid: "✓",
  invalid: "✗",
  unknown: "?",
  running: "▸",
  unfinished: "…",
  damaged: "!",
  foreign: "○",
};

/** What each means, for somebody who sees it for the first time. */
export const meanings: Readonly<Record<Standing, string>> = {
  valid: "What the clients saw was right",
  invalid: "Something was wrong that must not be",
  unknown: "No anomaly was found, but the run cannot be called good",
  running: "The run is going on",
  unfinished: "The run ended without results",
  damaged: "The files of this run do not say what they should",
  foreign: "eddy did not write this folder",
};
