/** report.html and timeline.html opened from the disk, with no network at all; and what the pages weigh. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { describeInBrowser, newPage } from "./browser.ts";
import { highWindow, ReportPage } from "./report-page.ts";
import { dataOf, folderOf } from "./runs.ts";

/** Opens a file of a run where there is no network. */
async function openFile(run: "broadcast" | "echo", file: string, hash = ""): Promise<ReportPage> {
  const page = await newPage({ viewport: highWindow, offline: true });
  await page.goto(pathToFileURL(join(await folderOf(run), file)).href + hash);
  const report = new ReportPage(page);
  await report.drawn();
  return report;
}

describeInBrowser("a file of a run", () => {
  it("report.html is the whole report", async () => {
    const report = await openFile("broadcast", "report.html");
    const { page } = report;
    const run = await dataOf("broadcast");
    expect(await page.title()).toContain("broadcast");
    expect(await page.locator(".report-header").innerText()).toContain("invalid");
    for (const picture of ["rate", "latency-raw", "latency-quantiles", "timeline", "space-time"])
      expect(await report.colours(picture), picture).toBeGreaterThan(4);
    const finding = page.locator(".finding").first();
    await finding.locator("[data-selects=message]").first().click();
    const id = await finding.locator("[data-selects=message]").first().innerText();
    await expect.poll(() => report.details().innerText()).toContain(`message ${id}`);
    await expect.poll(() => page.url()).toContain(`#from=`);
    const row = run.messages.id.indexOf(Number(id));
    const { from, to } = await report.window();
    expect(run.messages.sent[row]).toBeGreaterThanOrEqual(from);
    expect(run.messages.sent[row]).toBeLessThanOrEqual(to);

    // The clipboard, the choice of colours and printing do without a server, too.
    await page.getByRole("button", { name: "Copy the command" }).click();
    await expect.poll(() => page.locator(".copy-said").innerText()).not.toBe("");
    await page.getByText("Dark", { exact: true }).click();
    expect(
      await page.evaluate(
        () => getComputedStyle(document.body).colorScheme + document.documentElement.dataset.theme,
      ),
    ).toContain("dark");
    const place = page.url().split("#")[1];
    const again = await openFile("broadcast", "report.html", `#${place}`);
    expect(await again.window()).toEqual({ from, to });
    expect(await again.details().innerText()).toContain(`message ${id}`);
  });

  it("timeline.html is the timeline", async () => {
    const report = await openFile("echo", "timeline.html");
    const { operations } = await dataOf("echo");
    expect(await report.page.getByRole("heading", { level: 1 }).innerText()).toContain("echo");
    const [start = 0, end = 0, asked = "?"] = [operations.start[9], operations.end[9], operations.asked[9]];
    const tip = await report.hover("timeline", (start + end) / 2, asked);
    expect(tip).toContain("process 0 on n0");
    const { x, y, width, height } = await report.box("timeline");
    await report.page.mouse.move(x + width / 2, y + height / 2);
    await report.page.keyboard.down("Control");
    const closer = await report.after(() => report.page.mouse.wheel(0, -300));
    await report.page.keyboard.up("Control");
    expect(closer.to - closer.from).toBeLessThan((operations.end.at(-1) ?? 0) * 0.8);
    await report.page.keyboard.press("n");
    await expect.poll(() => report.details().innerText()).toContain("echo operation");
  });

  it("is dark where the system is", async () => {
    const luminance = async (colorScheme: "light" | "dark"): Promise<number> => {
      const page = await newPage({ colorScheme, viewport: highWindow });
      await page.goto(pathToFileURL(join(await folderOf("echo"), "report.html")).href);
      const report = new ReportPage(page);
      await report.drawn();
      expect(await report.colours("rate")).toBeGreaterThan(4);
      const [, red] =
        /rgb\((\d+)/.exec(
          await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor),
        ) ?? [];
      return Number(red);
    };
    expect(await luminance("light")).toBeGreaterThan(200);
    expect(await luminance("dark")).toBeLessThan(60);
  });
});

it("the pages weigh less than 400 kB without data", async () => {
  const pages = fileURLToPath(new URL("../../workbench/dist/pages/", import.meta.url));
  const size = (path: string): number => statSync(path).size;
  expect(size(join(pages, "app.js")) + size(join(pages, "app.css"))).toBeLessThan(400_000);
  // With the page around them, and the data of a small run.
  expect(size(join(await folderOf("echo"), "report.html"))).toBeLessThan(400_000);
});
