/** Runs in virtual time for the tests of the pages, each made once a file, when it is first asked for. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { MemoryProgram } from "../../workbench/src/nodes/memory-node.ts";
import type { RunData } from "../../workbench/src/pictures/run-data.ts";
import { readRun } from "../../workbench/src/report/read-run.ts";
import type { TestOptions } from "../../workbench/src/run/options.ts";
import { simulated } from "../../workbench/test/simulated-runs.ts";
import { echo, hostile, linKv, naiveBroadcast } from "./programs.ts";

const none = { faults: [], interval: 10 };
const quick = { mean: 5, distribution: "constant" } as const;

const made = {
  /** Valid: one node, ten operations a second for eight seconds. */
  echo: () =>
    run(echo, { workload: "echo", nodes: ["n0"], concurrency: 1, timeLimit: 8, rate: 10, nemesis: none }),
  /** Invalid: what was told while the cluster was cut is lost. */
  broadcast: () =>
    run(naiveBroadcast, {
      workload: "broadcast",
      nodes: ["n0", "n1", "n2", "n3", "n4"],
      concurrency: 5,
      timeLimit: 12,
      rate: 10,
      latency: { mean: 20, distribution: "constant" },
      nemesis: { faults: ["partition"], interval: 4 },
    }),
  /** With kills, reads, writes and compare-and-sets, some of which fail and some of which nobody knows about. */
  linKv: () =>
    run(linKv, {
      workload: "lin-kv",
      concurrency: 6,
      timeLimit: 8,
      latency: quick,
      nemesis: { faults: ["kill"], interval: 3 },
    }),
  /** Invalid, and all that its nodes say is meant ill. */
  hostile: () => run(hostile, { workload: "echo", timeLimit: 4, rate: 15, latency: quick, nemesis: none }),
} as const;
export type RunName = keyof typeof made;

async function run(program: MemoryProgram, changes: Partial<TestOptions>): Promise<string> {
  return (await simulated(changes, program)).folder;
}

const folders = new Map<RunName, Promise<string>>();

/** The folder of a run; it is not to be changed. */
export function folderOf(name: RunName): Promise<string> {
  const folder = folders.get(name) ?? made[name]();
  folders.set(name, folder);
  return folder;
}

/** What is drawn of a run. */
export async function dataOf(name: RunName): Promise<RunData> {
  return readRun(await folderOf(name), name);
}

const stores: string[] = [];
afterAll(() => {
  for (const store of stores) rmSync(store, { recursive: true, force: true });
});

/** A new folder, gone when the tests of the file are over. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "eddy-"));
  stores.push(folder);
  return folder;
}

/** Adds a copy of a run to a store, as one that began at `start` (ISO 8601) where that is told. */
export async function addRun(store: string, id: string, name: RunName, start?: string): Promise<string> {
  const folder = join(store, id);
  cpSync(await folderOf(name), folder, { recursive: true });
  if (start !== undefined) {
    const test = JSON.parse(readFileSync(join(folder, "test.json"), "utf8"));
    writeFileSync(join(folder, "test.json"), JSON.stringify({ ...test, start }));
  }
  return folder;
}

/** A store that holds copies of these runs, each under its id. */
export async function storeWith(runs: Readonly<Record<string, RunName>>): Promise<string> {
  const store = newFolder();
  for (const [id, name] of Object.entries(runs)) await addRun(store, id, name);
  return store;
}
