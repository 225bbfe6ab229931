/** A real browser, the machine's own Chromium, for the tests of the pages. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import { afterAll, describe, expect, onTestFinished } from "vitest";

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

interface PageOptions extends BrowserContextOptions {
  /** What the page may complain about: that something it asked for is not there. */
  readonly expected?: RegExp;
}

/** A page whose test is over, for the next that wants one like it: to start one takes longer than most tests. */
interface Idle {
  readonly page: Page;
  readonly complaints: string[];
}
const idle = new Map<string, Idle[]>();

/**
 * Gives an empty page. The test fails if the page does what it should not: an error in its scripts, something that its policy
 * refuses, a dialog, a request to elsewhere.
 */
export async function newPage({ expected, ...options }: PageOptions = {}): Promise<Page> {
  const key = JSON.stringify(options);
  const { page, complaints } = idle.get(key)?.pop() ?? (await startPage(options));
  onTestFinished(async () => {
    const complained = complaints.splice(0).filter((complaint) => !expected?.test(complaint));
    await page.unrouteAll();
    await page.goto("about:blank");
    idle.set(key, [...(idle.get(key) ?? []), { page, complaints }]);
    expect(complained).toEqual([]);
  });
  return page;
}

async function startPage(options: BrowserContextOptions): Promise<Idle> {
  const page = await (await newContext(options)).newPage();
  const complaints: string[] = [];
  watch(page, complaints);
  return { page, complaints };
}

async function newContext(options: BrowserContextOptions): Promise<BrowserContext> {
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
  const context = await (await browser).newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(10_000);
  return context;
}

function watch(page: Page, complaints: string[]): void {
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    const own = protocol === "http:" ? hostname === "127.0.0.1" : /^(file|data|blob|about):$/.test(protocol);
    if (!own) complaints.push(`asked for ${request.url()}`);
  });
}
