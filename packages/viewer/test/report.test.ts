/** The report of a run as `eddy serve` shows it: what came of the run, why, and what happened when. */
import { beforeAll, expect, it } from "vitest";
import { describeInBrowser, newPage } from "./browser.ts";
import { ReportPage } from "./report-page.ts";
import { dataOf, storeWith } from "./runs.ts";
import { serving } from "./serving.ts";

let url = "";

describeInBrowser("a report", () => {
  beforeAll(async () => {
    url = await serving(await storeWith({ "echo/good": "echo", "broadcast/bad": "broadcast" }));
  });

  it("of a valid run says so, what that means, and how to do the same again", async () => {
    const report = await ReportPage.open(`${url}/runs/echo/good`);
    const header = report.page.locator(".report-header");
    const run = await dataOf("echo");
    expect(await header.innerText()).toContain("valid");
    expect((await header.innerText()).toLowerCase()).toContain(run.meaning);
    expect(await header.innerText()).toMatch(/Seed\s+7/);
    expect(await report.page.getByRole("heading", { name: "What went wrong" }).count()).toBe(0);
    expect(await report.page.locator("[data-check][data-valid=true]").count()).toBe(run.checks.length);
    for (const picture of ["rate", "latency-raw", "latency-quantiles", "timeline", "space-time"])
      expect(await report.colours(picture), picture).toBeGreaterThan(4);

    await report.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await report.page.getByRole("button", { name: "Copy the command" }).click();
    await expect.poll(() => report.page.locator(".copy-said").innerText()).toBe("Copied");
    const copied = await report.page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain("eddy test -w echo");
    expect(copied).toContain("--time-limit 8");
    expect(copied).toContain("--seed 7");
  });

  it("of an invalid run leads from the explanation to what it names", async () => {
    const page = await newPage();
    await page.goto(`${url}/runs/broadcast/bad`);
    const report = new ReportPage(page);
    const run = await dataOf("broadcast");
    await page.getByRole("heading", { name: "What went wrong" }).waitFor();
    expect(await page.locator(".report-header").innerText()).toContain("invalid");
    const finding = page.locator("[data-check=workload] .finding").first();
    expect(await finding.innerText()).toBe(run.checks.find(({ name }) => name === "workload")?.findings[0]);

    const [, process, time] = /process (\d+), at ([\d.]+) s/.exec(await finding.innerText()) ?? [];
    await finding.locator("[data-selects=operation]").first().click();
    await expect.poll(() => report.details().innerText()).toMatch(/broadcast operation/);
    const text = await report.details().innerText();
    expect(text).toMatch(new RegExp(`process\\s+${process}\\b`));
    expect(Number(/ended\s+([\d.]+)/.exec(text)?.[1]).toFixed(3)).toBe(time);
    expect(text).toContain("Named by a check");
    // It is in sight: the picture's top is in the window, and the operation in the piece of time that it shows.
    const top = async (name: string) => (await report.picture(name).boundingBox())?.y;
    await expect.poll(() => top("timeline")).toBeLessThan(900);
    expect(await top("timeline")).toBeGreaterThanOrEqual(0);
    const { from, to } = (await report.timeOf("timeline")) ?? { from: 0, to: 0 };
    expect(Number(time)).toBeGreaterThan(from / 1e9);
    expect(Number(time)).toBeLessThan(to / 1e9);
    expect(page.url()).toContain("operation=");

    // The way back leads to the explanation, the next link to a message of that operation.
    await page.goBack();
    await expect.poll(() => report.details().count()).toBe(0);
    const message = finding.locator("[data-selects=message]").first();
    const id = await message.innerText();
    await message.click();
    await expect.poll(() => report.details().innerText()).toContain(`message ${id}`);
    expect(await report.details().innerText()).toMatch(/from\s+c\d+\s+to\s+n\d/);
    await expect.poll(() => top("space-time")).toBeLessThan(900);
    // And from there to the operation that it belongs to.
    await report.details().getByRole("button", { name: "Show the operation" }).click();
    await expect.poll(() => report.details().innerText()).toMatch(/broadcast operation/);
    await page.keyboard.press("Escape");
    await expect.poll(() => report.details().count()).toBe(0);
  });

  it("tells what happened at second 5, by keys alone", async () => {
    const report = await ReportPage.open(`${url}/runs/echo/good`);
    const { page } = report;
    await page.getByRole("slider", { name: "Beginning of what is shown" }).focus();
    for (let i = 0; i < 6; i++) await page.keyboard.press("Shift+ArrowRight");
    for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowRight");
    await page.getByRole("slider", { name: "End of what is shown" }).focus();
    for (let i = 0; i < 2; i++) await page.keyboard.press("Shift+ArrowLeft");
    for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowLeft");
    const { from, to } = await report.window();
    expect(from / 1e9).toBeCloseTo(5, 1);
    expect(to / 1e9).toBeCloseTo(6, 1);
    const told = await report.told();
    expect(told.from).toBeCloseTo(from / 1e9, 1);
    expect(told.to).toBeCloseTo(to / 1e9, 1);

    // The first operation of that time: by key, in the details, in the log.
    const { operations } = await dataOf("echo");
    const row = operations.start.findIndex((time) => time >= from);
    const start = operations.start[row] ?? -1;
    expect(start).toBeLessThan(to);
    await page.keyboard.press("n");
    await expect.poll(() => report.details().innerText()).toContain(operations.asked[row] ?? "?");
    expect(await report.details().innerText()).toMatch(new RegExp(`began\\s+${(start / 1e9).toFixed(3)}`));
    expect(await report.window()).toEqual({ from, to });
    const inside = page.locator(".log-row[data-outside=false]");
    const lines = await inside.allInnerTexts();
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(line).toMatch(/^[56]\.\d{3}\s/);
    expect(lines[0]).toContain(operations.asked[row] ?? "?");
    await page.keyboard.press("0");
    await expect.poll(() => page.locator("[data-window=text]").innerText()).toMatch(/^all of /);
  });

  it("keeps the place in its address", async () => {
    const report = await ReportPage.open(`${url}/runs/broadcast/bad#from=3&to=4.5`);
    expect(await report.window()).toEqual({ from: 3e9, to: 4.5e9 });
    await report.page.keyboard.press("n");
    await expect.poll(() => report.page.url()).toContain("operation=");
    const said = await report.details().innerText();
    await report.page.reload();
    await report.drawn();
    expect(await report.window()).toEqual({ from: 3e9, to: 4.5e9 });
    expect(await report.details().innerText()).toBe(said);
  });

  it("shows what nodes wrote at the time under the pointer, finds text in it, and goes to its time", async () => {
    const report = await ReportPage.open(`${url}/runs/echo/good`);
    const { operations, logs } = await dataOf("echo");
    const start = operations.start[40] ?? -1;
    const box = await report.box("rate");
    await report.page.mouse.move(await report.x("rate", start), box.y + 60);
    const nearest = report.page.locator(".log-row[data-nearest=true]");
    await expect.poll(() => nearest.innerText()).toContain(operations.asked[40] ?? "?");

    const wanted = JSON.parse(operations.asked[20] ?? "");
    await report.page.getByRole("searchbox", { name: "Search in the lines" }).fill(wanted);
    const found = logs[0]?.lines.filter((line) => line.includes(wanted)).length;
    await expect.poll(() => report.page.locator(".log-search").innerText()).toContain(`${found} line`);
    await report.page.keyboard.press("Enter");
    expect(await report.page.locator(".log-row[aria-selected=true] mark").innerText()).toBe(wanted);
  });

  it("has all findings and the raw results, for who asks for them", async () => {
    const { page } = await ReportPage.open(`${url}/runs/broadcast/bad`);
    const { results, checks } = await dataOf("broadcast");
    const findings = checks.find(({ name }) => name === "workload")?.findings ?? [];
    expect(findings.length).toBeGreaterThan(5);
    expect(await page.locator(".finding").count()).toBe(5);
    await page.getByRole("button", { name: /^Show .* more$/ }).click();
    expect(await page.locator(".finding").count()).toBe(findings.length);
    const raw = page.locator("[data-section=raw-results]");
    expect(await raw.locator(".tree").isVisible()).toBe(false);
    await raw.locator("summary").first().click();
    await raw.locator("summary", { hasText: /^workload/ }).click();
    await expect
      .poll(() => raw.innerText())
      .toContain(`lost-count: ${Object(results?.workload)["lost-count"]}`);
    expect(await raw.innerText()).toContain("valid?: false");
  });
});
