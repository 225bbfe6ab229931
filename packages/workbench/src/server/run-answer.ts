/** The data of a run as the pages get it: read from its folder, packed, and kept for the next who asks while nothing has changed. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { readRun } from "../report/read-run.ts";
import { UnreadableFile } from "../store/json-lines.ts";
import { drawnData } from "./drawn-data.ts";
import { Refused } from "./refused.ts";
import type { RunList } from "./run-list.ts";
import { idOf, type RunNames, runPath } from "./run-path.ts";
import { look } from "./small-file.ts";

/** bytes */
const defaultRoom = 128 * 1024 * 1024;
const pack = promisify(gzip);

/** What the data of a run is read from. */
const sources = ["test.json", "results.json", "history.jsonl", "messages.jsonl", "problems.jsonl"];

interface Kept {
  readonly signature: string;
  readonly packed: Promise<Buffer>;
  size: number;
}

export class RunAnswers {
  readonly #store: string;
  readonly #list: RunList;
  readonly #room: number;
  /** Those that were asked for last are last. */
  readonly #kept = new Map<string, Kept>();

  /** @param room bytes of what is kept */
  constructor(store: string, list: RunList, room = defaultRoom) {
    this.#store = store;
    this.#list = list;
    this.#room = room;
  }

  /**
   * The JSON of a run's data, packed with gzip.
   *
   * @throws {Refused}
   */
  async get(names: RunNames): Promise<Buffer> {
    const id = idOf(names);
    const path = await runPath(this.#store, names);
    const { signature, changed } = sourcesOf(path, id);
    const before = this.#kept.get(id);
    this.#kept.delete(id);
    const kept =
      before?.signature === signature
        ? before
        : { signature, packed: this.#read(path, id, changed), size: 0 };
    this.#kept.set(id, kept);
    try {
      const packed = await kept.packed;
      kept.size = packed.length;
      this.#makeRoom();
      return packed;
    } catch (error) {
      if (this.#kept.get(id) === kept) this.#kept.delete(id);
      throw error;
    }
  }

  async #read(path: string, id: string, changed: number): Promise<Buffer> {
    // Also what `readRun` cannot know: whether the process of a run without results still lives.
    const entry = (await this.#list.read()).find((run) => run.id === id);
    if (entry?.state === "foreign") throw new Refused(404, `${id} is no run of eddy's: ${entry.remark}.`);
    const drawn = entry?.state === "complete" ? await drawnData(path, id, changed) : undefined;
    if (drawn !== undefined) return drawn;
    try {
      const run = readRun(path, id);
      const state = entry === undefined || entry.state === "damaged" ? run.state : entry.state;
      return await pack(JSON.stringify({ ...run, state }), { level: 1 });
    } catch (error) {
      if (error instanceof UnreadableFile) throw new Refused(404, `${id} is damaged: ${error.message}`);
      throw error;
    }
  }

  #makeRoom(): void {
    let used = [...this.#kept.values()].reduce((sum, { size }) => sum + size, 0);
    for (const [id, { size }] of this.#kept) {
      if (used <= this.#room) return;
      if (size === 0) continue;
      this.#kept.delete(id);
      used -= size;
    }
  }
}

/** The files of a run that its data is read from, as they are now. */
interface Sources {
  /** Changes when they do. */
  readonly signature: string;
  /** When one of them was changed last, ms since 1970. */
  readonly changed: number;
}

/** @throws {Refused} when one of them is no plain file: nothing but such is opened */
function sourcesOf(path: string, id: string): Sources {
  let [signature, changed] = ["", 0];
  for (const name of [...sources, ...nodeLogs(path)]) {
    const found = look(join(path, name));
    if (found !== undefined && !found.isFile())
      throw new Refused(
        404,
        `${id} is damaged: ${name} is ${found.isSymbolicLink() ? "a link" : "no plain file"}.`,
      );
    signature += found === undefined ? "," : `${found.ino} ${found.ctimeMs} ${found.size},`;
    changed = Math.max(changed, found?.mtimeMs ?? 0);
  }
  return { signature, changed };
}

function nodeLogs(path: string): string[] {
  const folder = join(path, "node-logs");
  const found = look(folder);
  if (found === undefined) return [];
  if (!found.isDirectory()) return ["node-logs"];
  try {
    return readdirSync(folder).map((name) => join("node-logs", name));
  } catch {
    return [];
  }
}
