/** From the names in a URL to a folder of the store: nothing leads out of it, neither a name nor a link. */
import { lstat } from "node:fs/promises";
import { join, sep } from "node:path";
import { Refused, refusedBy } from "./refused.ts";

/** The names of a run in its store: its workload and its folder. What stands in the store itself has one. */
export type RunNames = readonly [string] | readonly [workload: string, folder: string];

/** The names between the slashes of a path, each decoded once; undefined when one of them can be no name of a file. */
export function namesIn(path: string): string[] | undefined {
  try {
    const names = path.split("/").map(decodeURIComponent);
    return names.every(isName) ? names : undefined;
  } catch {
    return undefined;
  }
}

function isName(name: string): boolean {
  const parts = name.includes("/") || name.includes("\0") || (sep !== "/" && name.includes(sep));
  return name !== "" && name !== "." && name !== ".." && !parts;
}

/** What `GET /api/runs` calls it. */
export function idOf(names: RunNames): string {
  return names.join("/");
}

/**
 * The path of a run's folder.
 *
 * @throws {Refused} when there is none, or a link leads there
 */
export async function runPath(store: string, names: RunNames): Promise<string> {
  const path = await entryPath(store, names);
  if (names.length === 2 && (await lstat(path)).isDirectory()) return path;
  throw new Refused(404, `${idOf(names)} is not the folder of a run.`);
}

/**
 * The path of anything that the list of runs shows, also of a link or a file. No link leads to it.
 *
 * @throws {Refused} when there is none
 */
export async function entryPath(store: string, names: RunNames): Promise<string> {
  const path = join(store, ...names);
  // What is hidden is not in the list either.
  if (names.some((name) => name.startsWith("."))) throw new Refused(404, `There is no run ${idOf(names)}.`);
  try {
    if (names.length === 2 && !(await lstat(join(store, names[0]))).isDirectory())
      throw new Refused(404, `There is no run ${idOf(names)}.`);
    await lstat(path);
    return path;
  } catch (error) {
    throw refusedBy(error, `run ${idOf(names)}`);
  }
}
