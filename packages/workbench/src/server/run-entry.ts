/** An entry of the store as the list of runs shows it: a run in one of its states, or what else it is. */
import type { Stats } from "node:fs";
import { accessSync, constants, readlinkSync } from "node:fs";
import { join } from "node:path";
import type { RunEntry } from "../pictures/served.ts";
import { foreignFolder } from "./foreign.ts";
import { glanceAtResults, glanceAtTest, lastTime } from "./glance.ts";
import { inWords } from "./refused.ts";
import { idOf, type RunNames } from "./run-path.ts";
import { isGoingOn } from "./run-state.ts";
import { look } from "./small-file.ts";

export interface Inspected {
  readonly entry: RunEntry;
  /** Newer runs have larger ones. */
  readonly order: number;
  /** It stays what it is as long as its files stay what they are. */
  readonly settled: boolean;
}

/**
 * Looks at an entry of the store.
 *
 * @param found what stands at `path`
 * @param now ms since 1970
 */
export function inspect(path: string, names: RunNames, found: Stats, now: number): Inspected {
  const common = { id: idOf(names), workload: names[0] };
  const modified = found.mtimeMs;
  const foreign = (about: Partial<RunEntry>): Inspected => ({
    entry: { ...common, state: "foreign", ...about },
    order: about.start === undefined ? modified : Date.parse(about.start),
    settled: true,
  });
  if (found.isSymbolicLink()) return foreign({ remark: `a link to ${target(path)}; it is not followed` });
  if (!found.isDirectory())
    return foreign({
      remark: found.isFile() ? "a file, not the folder of a run" : "no folder and no plain file",
    });
  const why = unreadable(path);
  if (why !== undefined) return foreign({ remark: `the folder cannot be read: ${why}` });
  if (names.length === 1)
    return foreign({ remark: "a folder that stands where folders of workloads should" });
  if (look(join(path, "test.json")) === undefined) return foreign(foreignFolder(path));
  const test = glanceAtTest(path);
  if (typeof test === "string")
    return { entry: { ...common, state: "damaged", remark: test }, order: modified, settled: true };
  const start = test.start ?? look(join(path, "test.json"))?.mtime.toISOString();
  const about = {
    ...common,
    ...(start !== undefined && { start }),
    ...(test.seed !== undefined && { seed: test.seed }),
    ...(test.nodes !== undefined && { nodes: test.nodes }),
    ...(test.nemesis !== undefined && { nemesis: test.nemesis }),
  };
  const order = start === undefined ? modified : Date.parse(start);
  const results = look(join(path, "results.json")) === undefined ? undefined : glanceAtResults(path);
  const duration = lastTime(path);
  const lasted = duration === undefined ? {} : { duration };
  if (typeof results === "object") {
    const { valid, operations } = results;
    const counted = operations === undefined ? {} : { operations };
    return { entry: { ...about, state: "complete", valid, ...lasted, ...counted }, order, settled: true };
  }
  const goingOn = isGoingOn(path, test, now);
  const settled = goingOn === "no";
  // How far it has got is told by who follows it; here it would change the list all the time.
  if (goingOn === "yes") return { entry: { ...about, state: "running" }, order, settled };
  if (results !== undefined)
    return { entry: { ...about, state: "damaged", ...lasted, remark: results }, order, settled };
  const remark = "it has no results: its process has ended, or was killed, before they were written";
  return { entry: { ...about, state: "unfinished", ...lasted, remark }, order, settled };
}

function unreadable(folder: string): string | undefined {
  try {
    accessSync(folder, constants.R_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return inWords(error);
  }
}

function target(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return "somewhere";
  }
}
