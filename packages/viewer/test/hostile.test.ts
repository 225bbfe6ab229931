/** Nodes, files and folders that mean ill: whatever they say is shown as what it is, and nothing of it runs or reaches anything. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { describeInBrowser, newPage } from "./browser.ts";
import { hostileTexts } from "./programs.ts";
import { highWindow, ReportPage } from "./report-page.ts";
import { addRun, dataOf, folderOf, newFolder } from "./runs.ts";
import { serving } from "./serving.ts";

let [url, store] = ["", ""];
const [image] = hostileTexts;
/** Names may hold all but slashes and NUL. */
const name = `${image} \u202egpj.\u2066 \u001b[31m`;
const path = `/runs/${encodeURIComponent(name)}/${encodeURIComponent(name)}`;

/** Control characters, but for tabs and line ends, and what turns the direction of text. */
const hiddenCharacter = /(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;

/** What must not be in a page: what only the texts can have brought, and characters that change how others look. */
async function expectCalm(page: Page): Promise<void> {
  expect(await page.title()).not.toBe("owned");
  expect(
    await page
      .locator("img, iframe, object, embed, link[href*=evil], svg[onload], style:not(head style)")
      .count(),
  ).toBe(0);
  const text = await page.locator("body").innerText();
  const found = text.search(hiddenCharacter);
  expect(found < 0 ? "" : text.slice(Math.max(found - 200, 0), found + 100)).toBe("");
}

describeInBrowser("hostile content", () => {
  beforeAll(async () => {
    store = newFolder();
    const folder = await addRun(store, `${name}/${name}`, "hostile");
    writeFileSync(join(folder, `${name}.log`), hostileTexts.join("\n").replaceAll("\0", ""));
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, `${name}.html`), `<script>document.title = "owned"</script>`);
    // What it says about itself is as bad.
    const liar = await addRun(store, "echo/liar", "hostile");
    const test = JSON.parse(readFileSync(join(liar, "test.json"), "utf8"));
    const { options } = test;
    Object.assign(options, {
      workload: image,
      bin: `$(touch owned) ${image}`,
      nodes: hostileTexts,
      args: hostileTexts,
    });
    Object.assign(options.nemesis, { faults: hostileTexts });
    writeFileSync(
      join(liar, "test.json"),
      JSON.stringify({ ...test, options, versions: { [image]: image } }),
    );
    const results = JSON.parse(readFileSync(join(liar, "results.json"), "utf8"));
    const workload = { "valid?": false, [image]: hostileTexts, explanation: hostileTexts };
    writeFileSync(join(liar, "results.json"), JSON.stringify({ ...results, workload }));
    url = await serving(store);
  });

  it("is text in the list", async () => {
    const page = await newPage();
    await page.goto(url);
    await page.locator("a.run-link").first().waitFor();
    expect(await page.locator("table").innerText()).toContain(image);
    await page.getByLabel(`Select ${image}`).check();
    await page.getByRole("button", { name: "Delete …" }).click();
    expect(await page.getByRole("dialog").innerText()).toContain("<img src=x");
    await expectCalm(page);
  });

  it.each(["served", "from the disk"])("is text in a report, %s", async (where) => {
    const file = pathToFileURL(join(await folderOf("hostile"), "report.html")).href;
    const report = await ReportPage.open(where === "served" ? url + path : file);
    const { page } = report;
    const { operations, messages } = await dataOf("hostile");
    await page.locator("details:not(.menu) > summary").evaluateAll((all) => {
      for (const one of all)
        if (one.parentElement instanceof HTMLDetailsElement) one.parentElement.open = true;
    });
    const more = page.getByRole("button", { name: /^Show .* more$/ });
    while ((await more.count()) > 0) await more.first().click();
    const text = await page.locator("body").innerText();
    for (const words of ["<img src=x onerror=", "</script><script>", "<svg onload=", "<iframe src="])
      expect(text).toContain(words);
    await expectCalm(page);

    // Each operation that ended otherwise, and each message of an odd type: in the tip and in full.
    const row = operations.answered.findIndex((answer) => answer.includes("<img"));
    await report.click("timeline", operations.start[row] ?? 0, "<img src=x");
    await expect.poll(() => report.details().innerText()).toContain("<img src=x");
    await expectCalm(page);
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press("Shift+N");
      await expectCalm(page);
    }
    const odd = messages.type.findIndex((type) => messages.types[type]?.includes("<img"));
    expect(odd).toBeGreaterThan(0);
    await page.goto(`${page.url().split("#")[0]}#message=${messages.id[odd]}`);
    await expect.poll(() => report.details().innerText()).toMatch(/<img src=x.* message/);
    await expectCalm(page);
    expect(await page.title()).toContain("eddy");
  });

  it("is text where a run lies about itself, and in a comparison", async () => {
    const report = await ReportPage.open(`${url}/runs/echo/liar`);
    const { page } = report;
    await page.locator("[data-section=options] summary").click();
    expect(await page.locator("[data-section=options]").innerText()).toContain("touch owned");
    expect(await page.locator(".again-command").innerText()).toContain("'$(touch owned)");
    await expectCalm(page);
    await page.goto(
      `${url}/compare?a=${encodeURIComponent("echo/liar")}&b=${encodeURIComponent(`${name}/${name}`)}`,
    );
    await page.locator("canvas[data-from]").first().waitFor();
    expect(await page.locator("main").innerText()).toContain(image);
    await expectCalm(page);
  });

  it("is text in timeline.html", async () => {
    const report = await ReportPage.open(
      pathToFileURL(join(await folderOf("hostile"), "timeline.html")).href,
    );
    const { operations } = await dataOf("hostile");
    await report.page.keyboard.press("Shift+N");
    await expect.poll(() => report.details().count()).toBe(1);
    await expectCalm(report.page);
    const row = operations.error.findIndex((error) => error.includes("<"));
    expect(row).toBeGreaterThan(-1);
    expect(await report.hover("timeline", operations.start[row] ?? 0, "<")).toContain("<");
    await expectCalm(report.page);
  });

  it("is text among the files, and in each of them", async () => {
    const page = await newPage({
      viewport: highWindow,
      expected: /Blocked script execution|violates the following Content Security/,
    });
    await page.goto(`${url}${path}/files`);
    await page.getByRole("heading", { level: 1, name: "Files" }).waitFor();
    const files = page.locator("table.files");
    expect(await files.innerText()).toContain(`${image} `);
    await expectCalm(page);
    for (const file of [`${name}.log`, "eddy.log", "problems.jsonl"]) {
      await page.goto(`${url}${path}/files?view=${encodeURIComponent(file)}`);
      await page.locator("pre.file-text").waitFor();
      expect(await page.locator("pre.file-text").innerText()).toContain(image.slice(0, 10));
      await expectCalm(page);
    }
    // As the server gives them, each alone: nothing runs, for it is text, a picture, or has no rights.
    const names = [
      `${name}.log`,
      `${name}/${name}.html`,
      "problems.jsonl",
      "messages.svg",
      "rate.svg",
      "history.jsonl",
    ];
    for (const file of names) {
      await page.goto(
        `${url}/files${path.slice("/runs".length)}/${file.split("/").map(encodeURIComponent).join("/")}`,
      );
      expect(await page.title(), file).not.toBe("owned");
    }
  });

  it("is text in messages.svg, opened from the disk", async () => {
    const page = await newPage();
    await page.goto(pathToFileURL(join(await folderOf("hostile"), "messages.svg")).href);
    expect(await page.evaluate(() => document.documentElement.nodeName)).toBe("svg");
    const odd = "script, foreignObject, image, iframe, [onload], [onerror], a";
    expect(await page.locator(odd).count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.textContent)).toContain("onerror=");
    expect(await page.title()).not.toBe("owned");
  });

  it("cannot ask the server, not even as a report that it keeps", async () => {
    const evil = await addRun(store, "echo/evil", "echo");
    writeFileSync(
      join(evil, "report.html"),
      `<!doctype html><title>tried</title><script>
        const tries = [
          () => fetch("/api/runs").then((answer) => answer.json()),
          () => fetch("/api/runs/echo/evil", { method: "DELETE" }).then(({ status }) => { if (status !== 204) throw status; }),
          () => fetch("/api/runs/echo/evil", { method: "DELETE", mode: "no-cors" }),
          () => new Promise((done, failed) => { const picture = new Image(); picture.onload = done; picture.onerror = failed; picture.src = "/files/echo/evil/rate.svg"; }),
          () => new Promise((done, failed) => { const events = new EventSource("/api/events"); events.onmessage = done; events.addEventListener("runs", done); events.onerror = failed; }),
          () => localStorage.length,
          () => top.document.cookie && parent.localStorage.length,
          () => { if (open("/") === null) throw "no window"; },
        ];
        Promise.allSettled(tries.map(async (attempt) => attempt())).then((all) => {
          document.title = "tried: " + all.map(({ status }) => status).join(" ");
        });
      </script>`,
    );
    const page = await newPage({ expected: /./ });
    await page.goto(`${url}/files/echo/evil/report.html`);
    await expect.poll(() => page.title()).toMatch(/^tried: /);
    const tried = (await page.title()).slice("tried: ".length).split(" ");
    expect(tried).toEqual(tried.map(() => "rejected"));
    expect(existsSync(evil)).toBe(true);
  });

  it("cannot ask the server as a page of another site", async () => {
    const page = await newPage({ expected: /./ });
    await page.route("http://elsewhere.invalid/**", (route) =>
      route.fulfill({ contentType: "text/html", body: "<title>x</title>" }),
    );
    await page.goto("http://elsewhere.invalid/");
    const tried = await page.evaluate(async (url) => {
      const said: string[] = [];
      const calls: readonly [string, RequestInit][] = [
        ["/api/runs", {}],
        ["/api/runs/echo/liar", { method: "DELETE" }],
        ["/files/echo/liar/test.json", {}],
      ];
      for (const [path, init] of calls)
        said.push(
          await fetch(url + path, init).then(
            ({ status }) => `answered ${status}`,
            () => "refused",
          ),
        );
      const frame = document.createElement("iframe");
      frame.src = url;
      document.body.append(frame);
      await new Promise((loaded) => frame.addEventListener("load", loaded));
      try {
        said.push(frame.contentDocument ? "framed" : "refused");
      } catch {
        said.push("refused");
      }
      return said;
    }, url);
    expect(tried).toEqual(["refused", "refused", "refused", "refused"]);
    expect(existsSync(join(store, "echo/liar/test.json"))).toBe(true);
  });
});
