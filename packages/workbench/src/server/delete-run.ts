/** Deletes a run: exactly its folder, and no run that is going on; `latest` and `current` lead to what is left. */
import { lstat, readlink, rename, rm, rmdir, symlink, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { RunEntry } from "../pictures/served.ts";
import { codeOf, inWords, Refused } from "./refused.ts";
import type { RunList } from "./run-list.ts";
import { entryPath, idOf, type RunNames } from "./run-path.ts";

export class Deletions {
  readonly #store: string;
  readonly #list: RunList;
  /** Under way: who asks again gets the same answer. */
  readonly #going = new Map<string, Promise<void>>();
  /** Links are put right by one after the other. */
  #repointed: Promise<void> = Promise.resolve();

  constructor(store: string, list: RunList) {
    this.#store = store;
    this.#list = list;
  }

  /** @throws {Refused} when it is not there, is going on, or cannot be removed as a whole */
  delete(names: RunNames): Promise<void> {
    const id = idOf(names);
    const going = this.#going.get(id) ?? this.#delete(names).finally(() => this.#going.delete(id));
    this.#going.set(id, going);
    return going;
  }

  async #delete(names: RunNames): Promise<void> {
    const path = await entryPath(this.#store, names);
    const id = idOf(names);
    const entry = (await this.#list.read()).find((run) => run.id === id);
    // What is not in the list is hidden, or stands where folders of workloads do: that is not one run.
    if (entry === undefined) throw new Refused(404, `There is no run ${id}.`);
    if (entry.state === "running")
      throw new Refused(409, `${id} is going on. Stop it first (Ctrl-C where it runs), or wait for its end.`);
    try {
      const found = await lstat(path);
      if (found.isDirectory() && names.length === 1)
        throw new Refused(409, `${id} may be the folder of many runs; it is not deleted as a whole.`);
      // A link is removed itself, not what it leads to; rm does so with links inside, too.
      if (found.isDirectory()) await rm(path, { recursive: true });
      else await unlink(path);
    } catch (error) {
      if (error instanceof Refused) throw error;
      if (codeOf(error) === "ENOENT") throw new Refused(404, `There is no run ${id} any more.`);
      throw new Refused(500, `${id} could not be removed, or not all of it: ${inWords(error)}.`);
    }
    if (names.length === 2) await rmdir(join(this.#store, names[0])).catch(() => {});
    this.#repointed = this.#repointed.then(() => this.#repoint(id)).catch(() => {});
    await this.#repointed;
  }

  /** Leads `latest` and `current` elsewhere, as far as they led to this run. */
  async #repoint(id: string): Promise<void> {
    const led: string[] = [];
    for (const name of ["latest", "current"])
      if ((await readlink(join(this.#store, name)).catch(() => undefined)) === id) led.push(name);
    if (led.length === 0) return;
    const runs = (await this.#list.read()).filter(({ state }) => state !== "foreign" && state !== "damaged");
    const complete = runs.filter(({ state }) => state === "complete");
    for (const name of led) await this.#lead(name, id, (name === "latest" ? complete : runs)[0]);
  }

  async #lead(name: string, from: string, to: RunEntry | undefined): Promise<void> {
    const link = join(this.#store, name);
    // A run that has just ended may have taken it.
    if ((await readlink(link)) !== from) return;
    if (to === undefined) {
      await unlink(link);
      return;
    }
    const made = join(this.#store, `.${name}`);
    await rm(made, { force: true });
    await symlink(to.id, made);
    await rename(made, link);
  }
}
