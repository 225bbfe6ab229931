/** A real browser, the machine's own Chromium, for the tests of the pages. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, describe } from "vitest";

const executablePath = execFileSync(fileURLToPath(new URL("../../../scripts/chromium.sh", import.meta.url)), {
  encoding: "utf8",
  stdio: ["ignore", "pipe", "ignore"],
}).trim();

/** Tests that need a browser; skipped, and saying so, where there is none. */
export const describeInBrowser =
  executablePath === ""
    ? (name: string, tests: () => void) =>
        describe.skip(`${name} (skipped: there is no Chromium here)`, tests)
    : describe;

let browser: Promise<Browser> | undefined;
afterAll(async () => {
  await (await browser)?.close();
});

/** What a page did that it should not: errors in its scripts, what its policy refused, requests to elsewhere. */
export interface Watched {
  readonly page: Page;
  readonly complaints: string[];
}

/** Opens an empty page in a context of its own. */
export async function newPage(options: BrowserContextOptions = {}): Promise<Watched> {
  browser ??= chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  const context = await (await browser).newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  return { page, complaints };
}
