/** The list of runs: what it says of each, its order and its filters, the keyboard, what is deleted, and what comes by itself. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { describeInBrowser, newPage } from "./browser.ts";
import { highWindow } from "./report-page.ts";
import { addRun, dataOf, newFolder } from "./runs.ts";
import { serving } from "./serving.ts";

let [url, store] = ["", ""];

/** The runs that are listed, from top to bottom, by their ids. */
const listed = (page: Page): Promise<string[]> =>
  page.locator("a.run-link").evaluateAll((links) => links.map((link) => link.getAttribute("title") ?? ""));

const row = (page: Page, id: string) => page.locator("tbody tr", { has: page.locator(`a[title="${id}"]`) });

async function open(path = "/"): Promise<Page> {
  const page = await newPage();
  await page.goto(url + path);
  await page.locator("a.run-link").first().waitFor();
  return page;
}

describeInBrowser("the list of runs", () => {
  beforeAll(async () => {
    store = newFolder();
    await addRun(store, "echo/old", "echo", "2026-11-20T10:00:00.000Z");
    await addRun(store, "lin-kv/kills", "linKv", "2026-11-21T10:00:00.000Z");
    await addRun(store, "broadcast/bad", "broadcast", "2026-11-22T10:00:00.000Z");
    await addRun(store, "echo/new", "echo", "2026-11-23T10:00:00.000Z");
    url = await serving(store);
  });

  it("says of each what it was and, in a word, what came of it", async () => {
    const page = await open();
    expect(await listed(page)).toEqual(["echo/new", "broadcast/bad", "lin-kv/kills", "echo/old"]);
    const { operations, nodes } = await dataOf("broadcast");
    const text = await row(page, "broadcast/bad").innerText();
    for (const words of ["invalid", "broadcast", `${operations.total}`, `${nodes.length}`, "partition", "7"])
      expect(text.split(/\s+/)).toContain(words);
    expect(text).toMatch(/2\d\.\d s/);
    expect(await row(page, "echo/old").innerText()).toMatch(/✓\s+valid/);
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Runs");
    expect(await page.title()).toBe("Runs · eddy");
  });

  it("is sorted by each column, one way and the other, and says so", async () => {
    const page = await open();
    const head = (name: string) => page.getByRole("columnheader", { name });
    expect(await head("When").getAttribute("aria-sort")).toBe("descending");
    await head("Operations").getByRole("button").click();
    await expect.poll(() => head("Operations").getAttribute("aria-sort")).toBe("descending");
    expect(await head("When").getAttribute("aria-sort")).toBe("none");
    expect((await listed(page)).slice(0, 2)).toEqual(["lin-kv/kills", "broadcast/bad"]);
    await head("Operations").getByRole("button").click();
    await expect.poll(() => head("Operations").getAttribute("aria-sort")).toBe("ascending");
    expect((await listed(page)).slice(2)).toEqual(["broadcast/bad", "lin-kv/kills"]);
    await head("Verdict").getByRole("button").click();
    await expect.poll(async () => (await listed(page))[0]).toBe("broadcast/bad");
    await head("Workload").getByRole("button").click();
    await expect
      .poll(async () => (await listed(page)).map((id) => id.split("/")[0]))
      .toEqual(["broadcast", "echo", "echo", "lin-kv"]);
    // The order is part of the address.
    const again = await newPage();
    await again.goto(page.url());
    await again.locator("a.run-link").first().waitFor();
    expect(await listed(again)).toEqual(await listed(page));
  });

  it("is filtered by text, workload and verdict, which the address keeps", async () => {
    const page = await open();
    await page.keyboard.press("/");
    await page.keyboard.type("kill");
    await expect.poll(() => listed(page)).toEqual(["lin-kv/kills"]);
    const again = await open(new URL(page.url()).search);
    expect(await listed(again)).toEqual(["lin-kv/kills"]);
    await again.getByLabel("Filter runs").fill("no such run");
    await again.getByRole("button", { name: "Show all runs" }).click();
    await expect.poll(async () => (await listed(again)).length).toBe(4);
    await again.getByLabel("Workload", { exact: true }).selectOption("echo");
    await expect.poll(() => listed(again)).toEqual(["echo/new", "echo/old"]);
    await again.getByLabel("Workload", { exact: true }).selectOption("");
    await again.getByRole("button", { name: /^✗?\s*invalid 1$/ }).click();
    await expect.poll(() => listed(again)).toEqual(["broadcast/bad"]);
    // It is as one left it when one comes back from a run.
    await again.locator("a.run-link").click();
    await again.getByRole("heading", { name: "What went wrong" }).waitFor();
    await again.getByRole("link", { name: "Runs", exact: true }).click();
    await expect.poll(() => listed(again)).toEqual(["broadcast/bad"]);
  });

  it("goes by the keyboard", async () => {
    const page = await open();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("title"));
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toBe("broadcast/bad");
    await page.keyboard.press("x");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("x");
    expect(await page.getByRole("group", { name: "Selected runs" }).innerText()).toContain("2 selected");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByRole("heading", { level: 1 }).innerText()).toBe("broadcast");
    expect(page.url()).toBe(`${url}/runs/broadcast/bad`);
    await page.goBack();
    await expect.poll(async () => (await listed(page)).length).toBe(4);
  });

  it("shows a run that comes, and deletes it and nothing else, when one is sure", async () => {
    const page = await open();
    const more = await addRun(store, "echo/more", "echo");
    await expect.poll(() => listed(page), { timeout: 10_000 }).toContain("echo/more");
    expect((await listed(page))[0]).toBe("echo/more");
    await row(page, "echo/more").getByRole("checkbox").check();
    await page.getByRole("button", { name: "Delete …" }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.innerText()).toContain("echo/more");
    expect(await dialog.innerText()).toContain("This cannot be undone");
    await page.keyboard.press("Escape");
    await expect.poll(() => dialog.count()).toBe(0);
    expect(existsSync(more)).toBe(true);
    await page.getByRole("button", { name: "Delete …" }).click();
    await dialog.getByRole("button", { name: "Delete", exact: true }).click();
    await expect.poll(() => listed(page)).toEqual(["echo/new", "broadcast/bad", "lin-kv/kills", "echo/old"]);
    expect(existsSync(more)).toBe(false);
    for (const id of await listed(page)) expect(existsSync(join(store, id, "results.json"))).toBe(true);
    expect(await dialog.count()).toBe(0);
  });

  it("puts two runs side by side", async () => {
    const page = await open();
    await page.setViewportSize(highWindow);
    for (const id of ["broadcast/bad", "echo/new"]) await row(page, id).getByRole("checkbox").check();
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByRole("heading", { level: 1, name: "Two runs" }).waitFor();
    await expect.poll(() => page.locator("canvas[data-from]").count()).toBeGreaterThan(1);
    const text = await page.locator("main").innerText();
    expect(text).toContain("broadcast/bad");
    expect(text).toContain("echo/new");
    const option = page.getByRole("row", { name: /^rate / });
    expect(await option.count()).toBe(0);
    expect(
      await page
        .getByRole("row", { name: /^workload / })
        .first()
        .innerText(),
    ).toMatch(/broadcast\s+echo/);
    const { operations } = await dataOf("broadcast");
    expect(text).toMatch(new RegExp(`\\b${operations.total}\\b`));
    await page.getByRole("link", { name: "Swap" }).click();
    await expect.poll(() => page.url()).toContain("a=echo%2Fnew");
    await expect
      .poll(() =>
        page
          .getByRole("row", { name: /^workload / })
          .first()
          .innerText(),
      )
      .toMatch(/echo\s+broadcast/);
  });
});
