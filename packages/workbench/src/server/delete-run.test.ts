import { existsSync, lstatSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import {
  addFolder,
  addPipe,
  addRun,
  emptyStore,
  link,
  remove,
  show,
  testJson,
} from "../../test/served-store.ts";
import { thisProcess } from "../store/run-process.ts";
import { RealClock } from "../time/real-clock.ts";
import { Deletions } from "./delete-run.ts";
import { RunList } from "./run-list.ts";

/** The path that asks for a run's deletion. */
function pathOf(...names: string[]): string {
  return `/api/runs/${names.map(encodeURIComponent).join("/")}`;
}

it("removes exactly that run, with all that is in it", async () => {
  const store = emptyStore();
  addRun(store, "echo/1", { "node-data/n0/a/b": "x" });
  addRun(store, "echo/10");
  addRun(store, "kafka/1");
  const { port } = await show(store);
  expect((await remove(port, "/api/runs/echo/1")).status).toBe(204);
  expect([readdirSync(store), readdirSync(join(store, "echo"))]).toEqual([["echo", "kafka"], ["10"]]);
  const again = await remove(port, "/api/runs/echo/1");
  expect([again.status, again.json()]).toEqual([404, { error: "There is no run echo/1." }]);
});

it("removes the folder of a workload that has no runs any more", async () => {
  const store = emptyStore();
  addRun(store, "echo/1");
  addRun(store, "kafka/1");
  addFolder(store, "kafka", { ".kept": "" });
  const { port } = await show(store);
  for (const id of ["echo/1", "kafka/1"]) await remove(port, `/api/runs/${id}`);
  expect(readdirSync(store)).toEqual(["kafka"]);
});

it("does not remove a run that is going on, unless it has ended since", async () => {
  const store = emptyStore();
  const folder = addRun(store, "echo/1", { "test.json": testJson(thisProcess()) });
  rmSync(join(folder, "results.json"));
  const { port } = await show(store);
  const answer = await remove(port, "/api/runs/echo/1");
  expect([answer.status, answer.text]).toEqual([409, expect.stringContaining("echo/1 is going on")]);
  expect(existsSync(join(folder, "history.jsonl"))).toBe(true);
  writeFileSync(join(folder, "results.json"), '{"valid?":true}');
  expect((await remove(port, "/api/runs/echo/1")).status).toBe(204);
});

it("follows no link: neither to the run, nor in it", async () => {
  const store = emptyStore();
  const outside = addFolder(store, "../outside/run", { "test.json": testJson(), "precious.txt": "x" });
  addRun(store, "echo/1");
  link(outside, join(store, "echo/linked"));
  link(join(outside, ".."), join(store, "others"));
  link(outside, join(store, "echo/1/node-data"));
  link(join(outside, "precious.txt"), join(store, "echo/1/precious.txt"));
  const { port } = await show(store);
  expect((await remove(port, "/api/runs/others/run")).status).toBe(404);
  for (const path of ["/api/runs/echo/linked", "/api/runs/others", "/api/runs/echo/1"])
    expect([path, (await remove(port, path)).status]).toEqual([path, 204]);
  expect(readdirSync(store)).toEqual([]);
  expect(readdirSync(outside).sort()).toEqual(["precious.txt", "test.json"]);
});

it.each([
  "%2e%2e",
  "..",
  ".",
  "%2e",
  "echo/..",
  "echo/%2e%2e",
  "../outside/run",
  "..%2foutside/run",
  "echo/1/..",
  "echo/",
  "/echo/1",
  "echo%2f1",
  "echo/1%00",
  ".hidden/run",
  "echo/.hidden",
  "",
])("removes nothing for %j", async (path) => {
  const store = emptyStore();
  addFolder(store, "../outside/run", { "test.json": testJson() });
  addRun(store, "echo/1");
  addRun(store, "echo/.hidden");
  addRun(store, ".hidden/run");
  const { port } = await show(store);
  expect((await remove(port, `/api/runs/${path}`)).status).toBeGreaterThanOrEqual(400);
  for (const id of ["echo/1", "echo/.hidden", ".hidden/run", "../outside/run"])
    expect(existsSync(join(store, id, "test.json"))).toBe(true);
});

it("removes no folder of many runs", async () => {
  const store = emptyStore();
  addRun(store, "echo/1");
  addRun(store, "kafka/1", { "../test.json": testJson() });
  const { port } = await show(store);
  expect((await remove(port, "/api/runs/echo")).status).toBe(404);
  expect((await remove(port, "/api/runs/kafka")).status).toBe(409);
  expect(existsSync(join(store, "kafka/1/test.json"))).toBe(true);
});

it("removes whatever is listed, under any name", async () => {
  const store = emptyStore();
  const names = [
    "<img src=x onerror=alert(1)>",
    "a b",
    "100%",
    "%2e%2e",
    "ü€😀",
    "-rf",
    "a\nb",
    "a\\b",
    "files",
  ];
  for (const name of names) addRun(store, `${name}/${name}`);
  addFolder(store, "foreign/empty");
  addRun(store, "echo/damaged", { "test.json": "{" });
  writeFileSync(join(store, "echo/file"), "");
  addPipe(join(store, "echo/pipe"));
  writeFileSync(join(store, "file"), "");
  const { port } = await show(store);
  for (const name of names) expect((await remove(port, pathOf(name, name))).status).toBe(204);
  for (const path of ["foreign/empty", "echo/damaged", "echo/file", "echo/pipe", "file"])
    expect((await remove(port, `/api/runs/${path}`)).status).toBe(204);
  expect(readdirSync(store)).toEqual([]);
});

it("leads latest to the newest complete run that is left, and current to the newest", async () => {
  const store = emptyStore();
  for (const day of [1, 2, 3, 4, 5])
    addRun(store, `echo/${day}`, { "test.json": testJson({ start: `2026-01-0${day}T00:00:00.000Z` }) });
  rmSync(join(store, "echo/4/results.json"));
  addRun(store, "echo/9", { "test.json": "{" });
  link("echo/5", join(store, "latest"));
  link("echo/5", join(store, "current"));
  const { port } = await show(store);
  const links = () => ["latest", "current"].map((name) => readlinkSync(join(store, name)));
  await remove(port, "/api/runs/echo/1");
  expect(links()).toEqual(["echo/5", "echo/5"]);
  await remove(port, "/api/runs/echo/5");
  expect(links()).toEqual(["echo/3", "echo/4"]);
  await remove(port, "/api/runs/echo/3");
  expect(links()).toEqual(["echo/2", "echo/4"]);
  await remove(port, "/api/runs/echo/4");
  expect(links()).toEqual(["echo/2", "echo/2"]);
  await remove(port, "/api/runs/echo/2");
  expect(readdirSync(store)).toEqual(["echo"]);
});

it("leaves a link alone that leads elsewhere, and what is no link", async () => {
  const store = emptyStore();
  addRun(store, "echo/1");
  link("/etc", join(store, "latest"));
  addFolder(store, "current/1");
  const { port } = await show(store);
  expect((await remove(port, "/api/runs/echo/1")).status).toBe(204);
  expect(readlinkSync(join(store, "latest"))).toBe("/etc");
  expect(lstatSync(join(store, "current")).isDirectory()).toBe(true);
});

it("takes many requests at once", async () => {
  const store = emptyStore();
  for (let i = 0; i < 20; i++) addRun(store, `echo/${i}`);
  link("echo/3", join(store, "latest"));
  const { port } = await show(store);
  const asked = Array.from({ length: 60 }, (_, i) => remove(port, `/api/runs/echo/${i % 20}`));
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 204).length).toBeGreaterThanOrEqual(20);
  expect(statuses.every((status) => status === 204 || status === 404)).toBe(true);
  expect(readdirSync(store)).toEqual([]);
});

it("gives who asks twice at once the same answer", async () => {
  const store = emptyStore();
  const many = Array.from({ length: 300 }, (_, i) => [`node-data/${i % 20}/${i}/file`, ""] as const);
  addRun(store, "echo/1", Object.fromEntries(many));
  const deletions = new Deletions(store, new RunList(store, new RealClock()));
  await Promise.all([1, 2, 3].map(() => deletions.delete(["echo", "1"])));
  await expect(deletions.delete(["echo", "1"])).rejects.toThrow("There is no run echo/1.");
});
