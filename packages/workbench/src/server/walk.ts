/** All that is in the folder of a run, as deep as it goes; links are named, but not followed. */
import { access, constants, lstat, opendir } from "node:fs/promises";
import { join } from "node:path";
import { inWords } from "./refused.ts";

export interface Found {
  /** The way to it from the run's folder. */
  readonly names: readonly string[];
  /** bytes; 0 for what is no file */
  readonly size: number;
  readonly modified: Date;
  /** Why it is not shown; absent for a file that can be. */
  readonly remark?: string;
}

export interface WalkLimits {
  /** Entries that are looked at in one folder, and in all. */
  readonly perFolder: number;
  readonly all: number;
}

const deepest = 100;

/** Files first, then what is in the folders; each in the order of names. */
export async function* walk(root: string, limits: WalkLimits): AsyncGenerator<Found> {
  const left = { all: limits.all };
  yield* walkFolder(root, [], limits, left);
}

async function* walkFolder(
  root: string,
  names: readonly string[],
  limits: WalkLimits,
  left: { all: number },
): AsyncGenerator<Found> {
  const most = Math.min(limits.perFolder, left.all);
  const remark = (text: string, of = names): Found => ({
    names: of,
    size: 0,
    modified: new Date(0),
    remark: text,
  });
  if (names.length > deepest) {
    yield remark("folders within folders, too deep to be shown");
    return;
  }
  let entries: Entries;
  try {
    entries = await entriesOf(join(root, ...names), most);
  } catch (error) {
    yield remark(`cannot be read: ${inWords(error)}`);
    return;
  }
  left.all -= entries.files.length + entries.folders.length;
  for (const name of entries.files) {
    const way = [...names, name];
    try {
      const found = await lstat(join(root, ...way));
      if (!found.isFile()) {
        yield remark(found.isSymbolicLink() ? "a link, not followed" : "no plain file", way);
        continue;
      }
      await access(join(root, ...way), constants.R_OK);
      yield { names: way, size: found.size, modified: found.mtime };
    } catch (error) {
      yield remark(`cannot be read: ${inWords(error)}`, way);
    }
  }
  for (const name of entries.folders) yield* walkFolder(root, [...names, name], limits, left);
  if (entries.more) yield remark(`there is more here than the first ${most} entries, which are shown`);
}

interface Entries {
  readonly files: string[];
  readonly folders: string[];
  /** There are others. */
  readonly more: boolean;
}

async function entriesOf(path: string, most: number): Promise<Entries> {
  const entries: Entries = { files: [], folders: [], more: false };
  for await (const entry of await opendir(path)) {
    if (entries.files.length + entries.folders.length >= most) return { ...sorted(entries), more: true };
    (entry.isDirectory() ? entries.folders : entries.files).push(entry.name);
  }
  return sorted(entries);
}

function sorted({ files, folders, more }: Entries): Entries {
  return { files: files.sort(), folders: folders.sort(), more };
}
