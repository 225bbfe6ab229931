/**
 * All that is in the store, newest first. Thousands of runs are looked at twice a second while somebody watches: what has not
 * changed since is not read again.
 */
import { opendirSync, type Stats } from "node:fs";
import { join } from "node:path";
import type { RunEntry } from "../pictures/served.ts";
import { type Clock, sleep } from "../time/clock.ts";
import { codeOf, inWords } from "./refused.ts";
import { type Inspected, inspect } from "./run-entry.ts";
import { idOf, type RunNames } from "./run-path.ts";
import { look } from "./small-file.ts";

/** Entries of a folder. */
const defaultMost = 20_000;
/** Entries that are looked at before others get their turn. */
const atOnce = 100;

interface Known extends Inspected {
  /** Changes when the entry does. */
  readonly signature: string;
}

export class RunList {
  readonly #store: string;
  readonly #clock: Clock;
  readonly #most: number;
  #known = new Map<string, Known>();
  #reading: Promise<readonly RunEntry[]> | undefined;

  /** @param most entries of one folder at most; the others are not shown */
  constructor(store: string, clock: Clock, most = defaultMost) {
    this.#store = store;
    this.#clock = clock;
    this.#most = most;
  }

  /** What is in the store now. A store that is not there is empty. */
  read(): Promise<readonly RunEntry[]> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(): Promise<readonly RunEntry[]> {
    const known = new Map<string, Known>();
    const remarks: RunEntry[] = [];
    let looked = 0;
    for (const names of this.#entries(remarks)) {
      if (++looked % atOnce === 0) await sleep(this.#clock, 0);
      const path = join(this.#store, ...names);
      const found = look(path);
      if (found === undefined) continue;
      const id = idOf(names);
      const signature = signatureOf(path, found);
      const before = this.#known.get(id);
      known.set(
        id,
        before?.settled && before.signature === signature
          ? before
          : { ...inspect(path, names, found, this.#clock.date().getTime()), signature },
      );
    }
    this.#known = known;
    const sorted = [...known.values()].sort(
      (a, b) => b.order - a.order || (a.entry.id < b.entry.id ? 1 : -1),
    );
    return [...sorted.map(({ entry }) => entry), ...remarks];
  }

  *#entries(remarks: RunEntry[]): Generator<RunNames> {
    const remark = (id: string, text: string): void => {
      remarks.push({ id, workload: id, state: "foreign", remark: text });
    };
    const { names, more, error } = namesOf(this.#store, this.#most);
    if (error !== undefined && codeOf(error) !== "ENOENT")
      remark("store", `the store cannot be read: ${inWords(error)}`);
    if (more)
      remark("store", `there are more than ${this.#most} entries in the store; the others are not shown`);
    for (const workload of names) {
      const path = join(this.#store, workload);
      if (isPointer(workload, path)) continue;
      const isRun = ["test.json", "jepsen.log", "history.edn"].some(
        (name) => look(join(path, name)) !== undefined,
      );
      if (isRun || !look(path)?.isDirectory()) {
        yield [workload];
        continue;
      }
      const inside = namesOf(path, this.#most);
      if (inside.error !== undefined) remark(workload, `the folder cannot be read: ${inWords(inside.error)}`);
      if (inside.more)
        remark(workload, `there is more in this folder than ${this.#most} entries; the others are not shown`);
      for (const folder of inside.names) if (!isPointer(folder, join(path, folder))) yield [workload, folder];
    }
  }
}

/** Links of this name lead to runs that are listed anyway. */
function isPointer(name: string, path: string): boolean {
  return (name === "latest" || name === "current") && (look(path)?.isSymbolicLink() ?? false);
}

interface Names {
  readonly names: readonly string[];
  readonly more: boolean;
  readonly error?: unknown;
}

/** The names in a folder but for hidden ones, which are no runs. */
function namesOf(path: string, most: number): Names {
  const names: string[] = [];
  try {
    const folder = opendirSync(path);
    try {
      for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) {
        if (entry.name.startsWith(".")) continue;
        if (names.length === most) return { names, more: true };
        names.push(entry.name);
      }
    } finally {
      folder.closeSync();
    }
    return { names: names.sort(), more: false };
  } catch (error) {
    return { names, more: false, error };
  }
}

/** The files that say what a run is. */
const telling = ["test.json", "results.json", "results.edn"];

function signatureOf(path: string, found: Stats): string {
  const files = found.isDirectory() ? telling.map((name) => look(join(path, name))) : [];
  return [found, ...files]
    .map((stats) => (stats ? `${stats.ino} ${stats.ctimeMs} ${stats.size}` : ""))
    .join(",");
}
