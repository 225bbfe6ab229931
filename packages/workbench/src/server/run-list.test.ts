import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import {
  addFolder,
  addPipe,
  addRun,
  emptyStore,
  link,
  resultsJson,
  testJson,
} from "../../test/served-store.ts";
import type { RunEntry } from "../pictures/served.ts";
import { thisProcess } from "../store/run-process.ts";
import { RealClock } from "../time/real-clock.ts";
import { RunList } from "./run-list.ts";

function listOf(store: string): RunList {
  return new RunList(store, new RealClock());
}

/** The entry of a run in a store that is looked at anew. */
async function entryOf(store: string, id: string): Promise<RunEntry | undefined> {
  return (await listOf(store).read()).find((run) => run.id === id);
}

const run = "echo/20261125T023417.029Z";

it("is empty where there is no store, and has runs as soon as there are any", async () => {
  const store = emptyStore();
  const list = listOf(store);
  expect(await list.read()).toEqual([]);
  mkdirSync(store);
  expect(await list.read()).toEqual([]);
  addRun(store, run);
  expect((await list.read()).map(({ id }) => id)).toEqual([run]);
});

it("tells of a run that came to its end", async () => {
  const store = emptyStore();
  addRun(store, run);
  expect(await entryOf(store, run)).toEqual({
    id: run,
    workload: "echo",
    state: "complete",
    valid: true,
    start: "2026-11-25T02:34:17.030Z",
    duration: 2_000_000_009,
    operations: 3,
    seed: 7,
    nodes: 2,
    nemesis: ["kill"],
  });
  for (const valid of [false, "unknown"]) {
    addRun(store, run, { "results.json": resultsJson(valid) });
    expect(await entryOf(store, run)).toMatchObject({ state: "complete", valid });
  }
});

it("shows the newest first", async () => {
  const store = emptyStore();
  const days = [3, 1, 4, 2, 5];
  for (const day of days)
    addRun(store, `${day % 2 ? "echo" : "kafka"}/${day}`, {
      "test.json": testJson({ start: `2026-01-0${day}T00:00:00.000Z` }),
    });
  const ids = (await listOf(store).read()).map(({ id }) => id.split("/")[1]);
  expect(ids).toEqual(["5", "4", "3", "2", "1"]);
});

it("reads a verdict among a hundred megabytes of evidence from its end", async () => {
  const store = emptyStore();
  const folder = addRun(store, run);
  // What nodes said may look like results; in JSON a line end in a text is no line end of the file.
  const evidence = Array.from({ length: 20_000 }, () => ({
    "valid?": true,
    text: '\n  "valid?": true\n}\n'.repeat(5),
  }));
  const results = {
    stats: { "valid?": true, "by-f": { echo: { count: 99 } }, count: 12 },
    workload: { evidence, "valid?": true },
    "valid?": false,
  };
  const text = `${JSON.stringify(results, null, 2)}\n`;
  expect(text.length).toBeGreaterThan(2_000_000);
  writeFileSync(join(folder, "results.json"), text);
  expect(await entryOf(store, run)).toMatchObject({ state: "complete", valid: false, operations: 12 });
  for (const cut of [1, 2, 3, 10, 100, 1_000_000]) {
    writeFileSync(join(folder, "results.json"), text.slice(0, -cut));
    expect(await entryOf(store, run)).toMatchObject(
      cut === 1
        ? { state: "complete", valid: false }
        : { state: "damaged", remark: expect.stringContaining("results.json") },
    );
  }
});

it.each([
  ["test.json", ""],
  ["test.json", '{"options":'],
  ["test.json", "null"],
  ["test.json", "[]"],
  ["test.json", '{"options":{}}'],
  ["test.json", '{"options":{"workload":5}}'],
  ["test.json", "\0\0\0\0"],
  ["test.json", `{"x":"${"x".repeat(2_000_000)}","options":{"workload":"echo"}}`],
  ["results.json", ""],
  ["results.json", "{"],
  ["results.json", "[]"],
  ["results.json", "{}"],
  ["results.json", '{"valid?":"yes"}'],
])("tells of a run that is damaged: %s is %.20j", async (name, text) => {
  const store = emptyStore();
  addRun(store, run, { [name]: text });
  const found = await entryOf(store, run);
  expect(found).toMatchObject({ state: "damaged", remark: expect.stringContaining(name) });
  expect(found?.valid).toBeUndefined();
});

it("takes fields that are not what they should be for none", async () => {
  const store = emptyStore();
  addRun(store, run, {
    "test.json": testJson(
      { start: "yesterday", pid: "x" },
      { seed: "7", nodes: 3, nemesis: ["x"], timeLimit: null },
    ),
    "history.jsonl": "no history\n",
    "results.json": '{"valid?":true,"stats":{"count":"many"}}',
  });
  expect(await entryOf(store, run)).toEqual({
    id: run,
    workload: "echo",
    state: "complete",
    valid: true,
    start: expect.any(String),
  });
});

it("waits for results that are being written", async () => {
  const store = emptyStore();
  addRun(store, run, { "test.json": testJson(thisProcess()), "results.json": '{"valid?":' });
  const list = listOf(store);
  expect(await list.read()).toMatchObject([{ state: "running" }]);
  writeFileSync(join(store, run, "results.json"), resultsJson());
  expect(await list.read()).toMatchObject([{ state: "complete", valid: true }]);
});

it("sees every change, and does not read again what has not changed", async () => {
  const store = emptyStore();
  const folder = addRun(store, run);
  const list = listOf(store);
  const [first] = await list.read();
  expect((await list.read())[0]).toBe(first);
  writeFileSync(join(folder, "results.json"), resultsJson(false));
  expect(await list.read()).toMatchObject([{ valid: false }]);
  rmSync(join(folder, "results.json"));
  expect(await list.read()).toMatchObject([{ state: "unfinished" }]);
  rmSync(folder, { recursive: true });
  expect(await list.read()).toEqual([]);
});

it("tells what is no run of eddy's, and where it comes from", async () => {
  const store = emptyStore();
  const maelstrom = {
    "jepsen.log": "",
    "history.edn": "",
    "results.edn": "{:stats {:valid? true}, :valid? false}",
  };
  addFolder(store, "broadcast/20240101T120000.000+0100", maelstrom);
  addFolder(store, "broadcast/unjudged", { "jepsen.log": "", "results.edn": "{:valid? " });
  addFolder(store, "broadcast/unknown", { "jepsen.log": "", "results.edn": "{:valid? :unknown}" });
  link("20240101T120000.000+0100", join(store, "broadcast/latest"));
  addFolder(store, "a/empty");
  addFolder(store, "a/other", { "README.md": "hello" });
  addFolder(store, "a/lost", { "history.jsonl": "" });
  addFolder(store, "a/history", { "history.edn": "" });
  writeFileSync(join(store, "a/file"), "");
  writeFileSync(join(store, "file"), "");
  addPipe(join(store, "a/pipe"));
  link("/etc", join(store, "a/link"));
  link("/etc", join(store, "etc"));
  link("nowhere", join(store, "a/broken"));
  addFolder(store, "too-high", { "test.json": testJson(), "node-logs/n0.log": "" });
  addFolder(store, ".hidden/run", { "test.json": testJson() });
  link("a/lost", join(store, "latest"));
  link("a/lost", join(store, "current"));
  const runs = await listOf(store).read();
  const remarks = new Map(runs.map(({ id, state, remark }) => [id, `${state}: ${remark}`]));
  expect(Object.fromEntries(remarks)).toEqual({
    "broadcast/20240101T120000.000+0100": "foreign: a run of Maelstrom or Jepsen",
    "broadcast/unjudged": "foreign: a run of Maelstrom or Jepsen, without a verdict",
    "broadcast/unknown": "foreign: a run of Maelstrom or Jepsen",
    "a/empty": "foreign: a folder that eddy did not write",
    "a/other": "foreign: a folder that eddy did not write",
    "a/lost": "foreign: a run of eddy that has lost its test.json",
    "a/history": "foreign: a history, of which nothing says where it comes from",
    "a/file": "foreign: a file, not the folder of a run",
    "a/pipe": "foreign: no folder and no plain file",
    "a/link": "foreign: a link to /etc; it is not followed",
    "a/broken": "foreign: a link to nowhere; it is not followed",
    file: "foreign: a file, not the folder of a run",
    etc: "foreign: a link to /etc; it is not followed",
    "too-high": "foreign: a folder that stands where folders of workloads should",
  });
  const byId = new Map(runs.map((each) => [each.id, each]));
  expect(byId.get("broadcast/20240101T120000.000+0100")).toMatchObject({
    valid: false,
    start: "2024-01-01T11:00:00.000Z",
  });
  expect(byId.get("broadcast/unknown")?.valid).toBe("unknown");
  expect(byId.get("broadcast/unjudged")?.valid).toBeUndefined();
});

it("lists names of all kinds as they are", async () => {
  const store = emptyStore();
  const names = [
    "<img src=x onerror=alert(1)>",
    "a b",
    "100%",
    "%2e%2e",
    "ü€😀",
    "a\\b",
    "-rf",
    "a\nb",
    "a'b\"c",
    "...",
  ];
  for (const name of names) addRun(store, `${name.replace(/^\./, "x")}/${name.replace(/^\./, "x")}`);
  const ids = (await listOf(store).read()).map(({ id }) => id);
  expect(ids.sort()).toEqual(
    names
      .map((name) => name.replace(/^\./, "x"))
      .map((name) => `${name}/${name}`)
      .sort(),
  );
});

it("lists no more entries of a folder than so many, and says so", async () => {
  const store = emptyStore();
  for (const name of ["echo", "kafka"]) for (let i = 0; i < 10; i++) addRun(store, `${name}/${i}`);
  const shown = async (most: number) => new RunList(store, new RealClock(), most).read();
  expect(await shown(10)).toHaveLength(20);
  const runs = await shown(9);
  expect(runs.filter(({ state }) => state === "complete")).toHaveLength(18);
  for (const id of ["echo", "kafka"])
    expect(runs.find((run) => run.id === id)).toMatchObject({
      state: "foreign",
      remark: "there is more in this folder than 9 entries; the others are not shown",
    });
});

it.skipIf(process.getuid?.() === 0)("says what it may not read", async () => {
  const store = emptyStore();
  addRun(store, "closed/run");
  addRun(store, run);
  chmodSync(join(store, "closed"), 0);
  chmodSync(join(store, run), 0);
  const runs = await listOf(store).read();
  expect(runs).toHaveLength(2);
  expect(runs.find(({ id }) => id === "closed")?.remark).toContain("permission denied");
  chmodSync(join(store, "closed"), 0o755);
  chmodSync(join(store, run), 0o755);
});

it("has no entry that leads nowhere: what is listed is there", async () => {
  const store = emptyStore();
  for (let i = 0; i < 250; i++) addRun(store, `echo/${i}`);
  const list = listOf(store);
  const reading = list.read();
  rmSync(join(store, "echo/249"), { recursive: true });
  await reading;
  for (const { id } of await list.read()) expect(existsSync(join(store, id))).toBe(true);
  expect(readFileSync(join(store, "echo/1/test.json"), "utf8")).toContain("options");
});
