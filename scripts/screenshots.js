/**
 * Takes the pictures of the README anew, into docs/images: `make screenshots`. Makes runs in a temporary store, good ones and
 * bad ones, shows them with `eddy serve`, and looks at that with the machine's Chromium.
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const eddy = "packages/workbench/bin/eddy.js";
const images = "docs/images";
const folder = mkdtempSync(join(tmpdir(), "eddy-"));
const store = join(folder, "store");
const children = [];
process.on("exit", () => {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
});

const start = (...args) => {
  const child = spawn(process.execPath, [eddy, ...args, "--store", store], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  children.push(child);
  return child;
};

/** Runs a test to its end; resolves with the id of its run. */
async function test(workload, ...flags) {
  console.error(`${workload}: ${flags.join(" ")}`);
  let said = "";
  const child = start("test", "-w", workload, ...flags);
  child.stdout.on("data", (piece) => {
    said += piece;
  });
  await new Promise((ended) => child.on("close", ended));
  const [, id] = /^ +\S*store\/(\S+) \(also/m.exec(said) ?? [];
  if (id === undefined) throw new Error(`${workload} left no run: ${said}`);
  return id;
}

const five = ["--node-count", "5", "--rate", "10", "--nemesis", "partition", "--nemesis-interval", "3"];
const naive = ["--bin", "challenges/broadcast/naive.ts", ...five];
// Two at a time, of which one has more to wait than to do.
const [good] = await Promise.all([
  test("broadcast", "--bin", "bin/maelstrom-broadcast", ...five, "--time-limit", "15", "--seed", "4"),
  test("echo", "--bin", "bin/maelstrom-echo", "--node-count", "1", "--time-limit", "6", "--seed", "1"),
]);
const kills = ["--nemesis", "kill", "--nemesis-interval", "3"];
const three = ["--node-count", "3", "--rate", "50", "--time-limit", "8"];
const [failed] = await Promise.all([
  test("broadcast", ...naive, "--time-limit", "10", "--seed", "7"),
  test("g-counter", "--bin", "challenges/g-counter/naive.ts", ...three, ...kills, "--seed", "2"),
]);
await Promise.all([
  test("unique-ids", "--bin", "bin/maelstrom-unique-ids", ...three, "--seed", "3"),
  test("kafka", "--bin", "bin/maelstrom-kafka", "--node-count", "2", ...three.slice(2), "--seed", "5"),
]);

const serving = start("serve", "--port", "0");
const [, url] = await new Promise((said) => {
  serving.stdout.on("data", (text) => said(/(http:\/\/[^/]+)\//.exec(text)));
});
const browser = await chromium.launch({
  executablePath: execFileSync("scripts/chromium.sh", { encoding: "utf8" }).trim(),
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run"],
});

/** Opens a page as high as the picture is to be. */
async function open(path, height) {
  const page = await browser.newPage({
    viewport: { width: 1280, height },
    deviceScaleFactor: 1.5,
    reducedMotion: "reduce",
  });
  await page.goto(url + path);
  return page;
}

/** Takes a picture of the window, once nothing in it moves any more. */
async function take(page, name) {
  await sleep(500);
  mkdirSync(images, { recursive: true });
  const path = join(images, `${name}.png`);
  await page.screenshot({ path });
  console.log(`${path}: ${Math.round(statSync(path).size / 1000)} kB`);
  await page.close();
}

// The list, while one more run goes on.
const running = test(
  "lin-kv",
  "--bin",
  "bin/maelstrom-lin-kv",
  ...three,
  "--concurrency",
  "2n",
  ...kills,
  "--seed",
  "6",
);
const runs = await open("/", 620);
await runs.locator(".live-card").waitFor();
await sleep(6000);
await take(runs, "runs");
await running;

const report = await open(`/runs/${good}`, 1500);
await report.locator("[data-picture=rate] canvas").waitFor();
await take(report, "report");

const invalid = await open(`/runs/${failed}`, 1100);
await invalid.locator(".finding a[data-selects=operation]").first().click();
await take(invalid, "failed-run");

// One broadcast, followed through the cluster: the last one of the run, when nothing is cut off.
const diagram = await open(`/runs/${good}`, 1000);
await diagram.locator("[data-picture=space-time] canvas").waitFor();
const place = await diagram.evaluate(async (id) => {
  const { operations } = await (await fetch(`/api/runs/${id}`)).json();
  const { functions, f, start, end, index } = operations;
  const row = f.findLastIndex((number) => functions[number] === "broadcast");
  const around = 4 * (end[row] - start[row]);
  return `#from=${(start[row] - around / 8) / 1e9}&to=${(start[row] + around) / 1e9}&operation=${index[row]}`;
}, good);
await diagram.close();
const followed = await open(`/runs/${good}${place}`, 1000);
await followed.getByRole("button", { name: "Only these messages" }).click();
await followed.locator("[data-section=space-time]").evaluate((section) => section.scrollIntoView());
await followed.mouse.wheel(0, -110);
await take(followed, "space-time");

await browser.close();
process.exit(0);
