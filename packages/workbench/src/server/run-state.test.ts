import { rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { addRun, age, emptyStore, entry, gone, testJson } from "../../test/served-store.ts";
import type { RunEntry } from "../pictures/served.ts";
import { thisProcess } from "../store/run-process.ts";
import { RealClock } from "../time/real-clock.ts";
import { RunList } from "./run-list.ts";

const run = "echo/20261125T023417.029Z";

/** The entry of a run in a store that is looked at anew. */
async function entryOf(store: string, id: string): Promise<RunEntry | undefined> {
  return (await new RunList(store, new RealClock()).read()).find((each) => each.id === id);
}

/** A run without results, of a process. */
function begun(store: string, process: object, options: object = {}): string {
  const folder = addRun(store, run, { "test.json": testJson(process, { ...options }) });
  rmSync(join(folder, "results.json"));
  return folder;
}

it("tells whether a run without results goes on", async () => {
  const store = emptyStore();
  begun(store, thisProcess());
  expect(await entryOf(store, run)).toMatchObject({ state: "running" });
  // How far it has got would change the list all the time.
  expect((await entryOf(store, run))?.duration).toBeUndefined();
  const folder = begun(store, gone);
  expect(await entryOf(store, run)).toMatchObject({ state: "unfinished", duration: 2_000_000_009 });
  age(folder, 10_000);
  expect((await entryOf(store, run))?.state).toBe("unfinished");
});

it("takes a run for unfinished when the program that it was part of lives on long after", async () => {
  const store = emptyStore();
  const folder = begun(store, thisProcess(), { timeLimit: 1000, checkerTimeLimit: 100 });
  for (const [seconds, state] of [
    [1000, "running"],
    [1100, "running"],
    [1200, "unfinished"],
  ] as const) {
    age(folder, seconds);
    expect((await entryOf(store, run))?.state).toBe(state);
  }
  // To judge what was written last may take as long as the options say.
  for (const [seconds, state] of [
    [0, "running"],
    [200, "running"],
    [300, "unfinished"],
  ] as const) {
    const then = Date.now() / 1000 - seconds;
    utimesSync(join(folder, "history.jsonl"), then, then);
    expect((await entryOf(store, run))?.state).toBe(state);
  }
});

it("takes a run of another machine for one that goes on while it writes", async () => {
  const store = emptyStore();
  const elsewhere = { pid: 1, born: "another-boot pid:[1] 5" };
  for (const process of [elsewhere, { pid: undefined, born: undefined }]) {
    const folder = begun(store, process);
    expect((await entryOf(store, run))?.state).toBe("running");
    age(folder, 60);
    expect((await entryOf(store, run))?.state).toBe("unfinished");
  }
});

it("looks at a run anew as long as it may go on, though nothing in its folder tells", async () => {
  const store = emptyStore();
  const folder = begun(store, { pid: 1, born: "another-boot pid:[1] 5" });
  age(folder, 60);
  const list = new RunList(store, new RealClock());
  expect(await list.read()).toMatchObject([{ state: "unfinished" }]);
  writeFileSync(join(folder, "history.jsonl"), entry(0, 0, "invoke"));
  expect(await list.read()).toMatchObject([{ state: "running" }]);
  age(folder, 60);
  expect(await list.read()).toMatchObject([{ state: "unfinished" }]);
});
