/** A store in which all is not well: the list says what each thing is, and opening one says in words what is the matter. */
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { gone } from "../../workbench/test/served-store.ts";
import { describeInBrowser, newPage } from "./browser.ts";
import { addRun, dataOf, newFolder } from "./runs.ts";
import { serving } from "./serving.ts";

let [url, store] = ["", ""];
/** The browser says so itself when something is not there. */
const expected = /^Failed to load resource/;

/** Leaves of a file what a program had written that was killed in the middle of a line. */
const cutOff = (file: string, part: number): void =>
  truncateSync(file, Math.floor(readFileSync(file).length * part));

async function open(path: string): Promise<Page> {
  const page = await newPage({ expected });
  await page.goto(url + path);
  await page.locator("h1").waitFor();
  return page;
}

describeInBrowser("a broken store", () => {
  beforeAll(async () => {
    store = newFolder();
    await addRun(store, "echo/whole", "echo");
    // Its workbench was killed: no results, no pictures, and its process is gone.
    const half = await addRun(store, "echo/half", "echo");
    for (const file of [
      "results.json",
      "results.edn",
      "history.txt",
      "history.edn",
      "report.html",
      "timeline.html",
    ])
      rmSync(join(half, file));
    for (const file of ["history.jsonl", "messages.jsonl"]) cutOff(join(half, file), 0.6);
    const cut = await addRun(store, "echo/cut", "echo");
    cutOff(join(cut, "results.json"), 0.5);
    rmSync(join(cut, "report.html"));
    for (const folder of [half, cut]) {
      const test = JSON.parse(readFileSync(join(folder, "test.json"), "utf8"));
      writeFileSync(join(folder, "test.json"), JSON.stringify({ ...test, ...gone }));
    }
    const unread = await addRun(store, "echo/unread", "echo");
    writeFileSync(join(unread, "test.json"), "not JSON");
    rmSync(join(unread, "report.html"));
    mkdirSync(join(store, "echo/empty"));
    mkdirSync(join(store, "photos/summer"), { recursive: true });
    writeFileSync(join(store, "photos/summer/beach.jpg"), "no run");
    writeFileSync(join(store, "echo/note.txt"), "a plain file");
    symlinkSync(join(store, "echo"), join(store, "echo/loop"));
    symlinkSync("/etc", join(store, "echo/outside"));
    const linked = join(store, "echo/linked");
    cpSync(join(store, "echo/whole"), linked, { recursive: true });
    rmSync(join(linked, "history.jsonl"));
    rmSync(join(linked, "report.html"));
    symlinkSync("/etc/passwd", join(linked, "history.jsonl"));
    url = await serving(store);
  });

  it("is listed as what it is", async () => {
    const page = await open("/");
    const row = (id: string) =>
      page.locator("tbody tr", { has: page.locator(`a[title="${id}"]`) }).innerText();
    expect(await row("echo/whole")).toMatch(/valid/);
    expect(await row("echo/half")).toMatch(/unfinished/);
    for (const [id, words] of [
      ["echo/cut", "results.json"],
      ["echo/unread", "test.json"],
    ] as const) {
      expect(await row(id)).toMatch(/damaged/);
      expect(await row(id)).toContain(words);
    }
    for (const [id, words] of [
      ["echo/empty", ""],
      ["photos/summer", ""],
      ["echo/note.txt", "a file, not the folder of a run"],
      ["echo/loop", "a link to"],
      ["echo/outside", "a link to /etc"],
    ] as const) {
      expect(await row(id), id).toMatch(/foreign/);
      expect(await row(id)).toContain(words);
    }
    expect(await page.locator("a.run-link").count()).toBe(10);
  });

  it("shows of a half-written run what there is", async () => {
    const page = await open("/runs/echo/half");
    const header = page.locator(".report-header");
    expect(await header.innerText()).toContain("unfinished");
    const { end } = await dataOf("echo");
    const took = /Took\s+([\d.]+) s/.exec(await header.innerText());
    expect(Number(took?.[1])).toBeGreaterThan(end / 1e9 / 3);
    expect(Number(took?.[1])).toBeLessThan(end / 1e9);
    expect(await page.locator("[data-picture=timeline] canvas").getAttribute("aria-label")).toMatch(
      /\d+ operations/,
    );
  });

  it("says in words why something cannot be shown, and leads back", async () => {
    const page = await open("/");
    for (const [id, words] of [
      ["echo/cut", "results.json cannot be read"],
      ["echo/unread", "test.json"],
      ["echo/empty", "is no run of eddy's"],
      ["photos/summer", "is no run of eddy's"],
      ["echo/note.txt", "is not the folder of a run"],
      ["echo/loop", "link"],
      ["echo/outside", "link"],
      ["echo/linked", "history.jsonl is a link"],
      ["echo/nothing", "echo/nothing"],
    ] as const) {
      await page.goto(`${url}/runs/${id}`);
      expect(await page.getByRole("alert").innerText(), id).toContain(words);
      expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("This run cannot be shown");
      expect(await page.locator("body").innerText()).not.toContain("root:");
      await page.getByRole("link", { name: "All runs", exact: true }).click();
      await page.getByRole("heading", { level: 1, name: "Runs" }).waitFor();
    }
  });

  it("has no page where there is none, and says so", async () => {
    const page = await open("/no/such/page");
    expect(await page.getByRole("alert").innerText()).toContain("/no/such/page");
  });
});
