/**
 * Whether a run without results is still going on. Its process tells, where it can be seen: a run ends with it. Two cases
 * need more: a process elsewhere (a container, another machine that shares the store), and a program that has eddy as a library
 * and lives on after its run has failed.
 */
import { join } from "node:path";
import { isAlive } from "../store/run-process.ts";
import type { TestGlance } from "./glance.ts";
import { look } from "./small-file.ts";

/** s; a run elsewhere that has written nothing for so long is taken to be over. */
const silence = 15;
/** s; how much longer than its options say a run may take: nodes that start slowly, recovery, pictures. */
const slack = 120;

/** What grows while a run goes on. */
const growing = ["test.json", "eddy.log", "history.jsonl", "messages.jsonl"];

/**
 * - `yes`
 * - `no`: and it never will be again
 * - `perhaps not`: it has been silent for long
 */
export type GoingOn = "yes" | "no" | "perhaps not";

/** @param now ms since 1970 */
export function isGoingOn(
  folder: string,
  { process, timeLimit, checkerTimeLimit }: TestGlance,
  now: number,
): GoingOn {
  const alive = process === undefined ? undefined : isAlive(process);
  if (alive === false) return "no";
  const written = growing.map((name) => look(join(folder, name))?.mtimeMs ?? 0);
  const silent = (now - Math.max(...written)) / 1000;
  if (alive === undefined) return silent < silence ? "yes" : "perhaps not";
  // Without operations nothing is written for a long time; and to judge them may take as long as the options say.
  const since = (now - (written[0] ?? 0)) / 1000;
  const late = since > timeLimit + slack && silent > checkerTimeLimit + slack;
  return late ? "perhaps not" : "yes";
}
