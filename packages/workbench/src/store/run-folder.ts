/** The folder of one run, `store/<workload>/<timestamp>/`, and the links that lead to the newest one. */
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { StoreError } from "./store-error.ts";

export class RunFolder {
  /** The folder's path, under the store's as it was given. */
  readonly path: string;
  readonly #store: string;

  private constructor(store: string, path: string) {
    this.#store = store;
    this.path = path;
  }

  /**
   * Makes the folder for a run that starts now, and points `store/current` to it.
   *
   * @throws {StoreError} when it cannot be made
   */
  static create(store: string, workload: string, date: Date): RunFolder {
    const timestamp = date.toISOString().replaceAll(/[-:]/g, "");
    const parent = join(store, workload);
    try {
      makeWithParents(parent);
      const folder = new RunFolder(store, makeNew(join(parent, timestamp)));
      mkdirSync(folder.file("node-logs"));
      folder.#link("current");
      return folder;
    } catch (error) {
      throw new StoreError(parent, error);
    }
  }

  /** The path of a file in this folder. */
  file(...name: string[]): string {
    return join(this.path, ...name);
  }

  /**
   * Writes a file, or writes it anew. Whoever reads it sees all of it, or what was there before, also when this process is
   * killed meanwhile.
   *
   * @throws {StoreError} when it cannot be written
   */
  write(name: string, text: string): void {
    const made = this.file(`.${name}`);
    try {
      writeFileSync(made, text);
      renameSync(made, this.file(name));
    } catch (error) {
      rmSync(made, { force: true });
      throw new StoreError(this.file(name), error);
    }
  }

  /** Points `store/latest` here: the run is complete. */
  complete(): void {
    try {
      this.#link("latest");
    } catch (error) {
      throw new StoreError(join(this.#store, "latest"), error);
    }
  }

  #link(name: string): void {
    // Made under another name first: there is no moment without the link, and no two runs in each other's way.
    const made = this.file(`.${name}`);
    symlinkSync(relative(this.#store, this.path), made);
    renameSync(made, join(this.#store, name));
  }
}

/** Makes a folder and those above it. Node's own way to do so never returns where no folder can be made, as in /proc. */
function makeWithParents(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (isCode(error, "EEXIST")) return;
    if (!isCode(error, "ENOENT") || dirname(path) === path) throw error;
    makeWithParents(dirname(path));
    mkdirSync(path);
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/** Makes a folder that was not there; two runs of the same millisecond get different ones. */
function makeNew(path: string): string {
  for (let attempt = 1; ; attempt++) {
    const candidate = attempt === 1 ? path : `${path}-${attempt}`;
    try {
      mkdirSync(candidate);
      return candidate;
    } catch (error) {
      if (!isCode(error, "EEXIST")) throw error;
    }
  }
}
