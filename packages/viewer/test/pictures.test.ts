/** The pictures of a report under the pointer: what they tell, what can be followed in them, and what is left when they are filtered. */
import { beforeAll, expect, it } from "vitest";
import type { RunData } from "../../workbench/src/pictures/run-data.ts";
import { describeInBrowser } from "./browser.ts";
import { ReportPage } from "./report-page.ts";
import { dataOf, storeWith } from "./runs.ts";
import { serving } from "./serving.ts";

let url = "";

/** The messages that carry what this operation asked to broadcast, and its reply. */
function carrying({ operations, messages }: RunData, row: number): number[] {
  const own = new Set(operations.messages[row]);
  return messages.id.flatMap((id, at) => {
    const { type, message } = JSON.parse(messages.body[at] ?? "");
    const told = type === "broadcast" && JSON.stringify(message) === operations.asked[row];
    return told || own.has(id) ? [at] : [];
  });
}

/** A broadcast that got to all, and while which nothing else was under way. */
function lonelyBroadcast(run: RunData): number {
  const { start, end, f, functions } = run.operations;
  const { arrived, dest } = run.messages;
  return start.findIndex((time, row) => {
    if (functions[f[row] ?? -1] !== "broadcast") return false;
    const messages = carrying(run, row);
    const last = Math.max(...messages.map((at) => arrived[at] ?? 0));
    const alone = start.every((other, at) => at === row || other > last || (end[at] ?? -1) < time);
    return (
      alone &&
      run.nodes.every((_, node) =>
        messages.some((at) => run.messages.names[dest[at] ?? -1] === run.nodes[node]),
      )
    );
  });
}

/** How many rows of a column are so. */
const count = <T>(column: ArrayLike<T>, is: (item: T, row: number) => boolean): number =>
  Array.from(column).filter(is).length;

describeInBrowser("the pictures of a report", () => {
  beforeAll(async () => {
    url = await serving(
      await storeWith({ "echo/good": "echo", "broadcast/bad": "broadcast", "lin-kv/kills": "linKv" }),
    );
  });

  it("tell what one echo was, when, by whom, and which messages it cost", async () => {
    const report = await ReportPage.open(`${url}/runs/echo/good`);
    const { operations, messages } = await dataOf("echo");
    const row = 30;
    const [start = 0, end = 0] = [operations.start[row], operations.end[row]];
    const ids = operations.messages[row] ?? [];
    for (const picture of ["timeline", "latency-raw"]) {
      const tip = await report.hover(picture, (start + end) / 2, operations.asked[row] ?? "?");
      expect(tip).toMatch(/^echo /);
      expect(tip).toContain("process 0 on n0");
      expect(tip).toContain(`${(start / 1e9).toFixed(5)} s – ${(end / 1e9).toFixed(5)} s`);
      expect(tip).toContain(`messages ${ids.join(", ")}`);
    }
    await report.click("timeline", start, operations.asked[row] ?? "?");
    const listed = report.details().locator(".details-messages li");
    expect(await listed.count()).toBe(2);
    expect(await listed.first().innerText()).toMatch(new RegExp(`^${ids[0]} echo c\\d+ → n0`));
    expect(await listed.last().innerText()).toMatch(new RegExp(`^${ids[1]} echo_ok n0 → c\\d+`));

    const sets = report.page.getByRole("region", { name: "What it set off" });
    expect(await sets.innerText()).toMatch(/2 messages in [\d.]+ ms: 1 request, 1 reply/);
    expect(await sets.locator("tbody tr").count()).toBe(2);

    // The request as an arrow, with its body.
    const request = messages.id.indexOf(ids[0] ?? -1);
    await report.page.getByRole("button", { name: "Zoom to them" }).click();
    const arrow = ((messages.sent[request] ?? 0) + (messages.arrived[request] ?? 0)) / 2;
    const tip = await report.hover("space-time", arrow, `message ${ids[0]}`);
    expect(tip).toMatch(/^echo c\d+ → n0/);
    expect(tip).toContain(`"echo": ${operations.asked[row]}`);
    await report.page.mouse.move(0, 0);
    await expect.poll(() => report.tip().count()).toBe(0);
  });

  it("follow a broadcast through the cluster", async () => {
    const report = await ReportPage.open(`${url}/runs/broadcast/bad`);
    const run = await dataOf("broadcast");
    const { operations, messages } = run;
    const row = lonelyBroadcast(run);
    expect(row).toBeGreaterThan(0);
    await report.click("latency-raw", operations.start[row] ?? 0, `broadcast ${operations.asked[row]}`);
    await report.details().getByRole("button", { name: "Follow this request" }).click();
    const sets = report.page.getByRole("region", { name: "What it set off" });
    const expected = carrying(run, row);
    expect(await sets.getAttribute("data-messages")).toBe(String(expected.length));
    const way = (at: number): string =>
      `${messages.names[messages.src[at] ?? -1]} → to ${messages.names[messages.dest[at] ?? -1]}`;
    const ways = (await sets.locator(".follow-way").allTextContents()).map((text) =>
      text.replaceAll(/\s+/g, " "),
    );
    expect(ways.map((text) => text.replace("→to", "→ to")).sort()).toEqual(expected.map(way).sort());

    // All else can be left away, and each step leads on.
    await report.page.getByRole("button", { name: "Only these messages" }).click();
    const shown = report.page.locator(".space-time-shown");
    await expect.poll(() => shown.innerText()).toContain(`${expected.length} of ${messages.id.length}`);
    await sets.getByRole("button", { name: "broadcast_ok" }).click();
    await expect.poll(() => report.details().innerText()).toContain("broadcast_ok message");
    await expect.poll(() => sets.innerText()).toMatch(/It was set off by broadcast/);
    await shown.getByRole("button", { name: "Show all" }).click();
    await expect.poll(() => shown.count()).toBe(0);
  });

  it("go from message to message by keys, and to what caused them", async () => {
    const report = await ReportPage.open(`${url}/runs/echo/good`);
    const { messages, operations } = await dataOf("echo");
    const reply = operations.messages[3]?.[1] ?? -1;
    await report.picture("space-time").focus();
    const said = report.page.locator(".space-time-said");
    for (let i = 0; i <= messages.id.indexOf(reply); i++) await report.page.keyboard.press("ArrowDown");
    await expect.poll(() => said.innerText()).toContain(`message ${reply}: echo_ok, from n0 to c`);
    await report.page.keyboard.press("c");
    await expect
      .poll(() => said.innerText())
      .toContain(`message ${operations.messages[3]?.[0]}: echo, from c`);
    await report.page.keyboard.press("Enter");
    await expect
      .poll(() => report.details().innerText())
      .toContain(`echo message ${operations.messages[3]?.[0]}`);
  });

  it("show only operations of a function, a node, a process, an ending, or with a text", async () => {
    const report = await ReportPage.open(`${url}/runs/lin-kv/kills`);
    const { operations, nodes } = await dataOf("linKv");
    const { page } = report;
    const { length } = operations.start;
    const shown = page.locator(".timeline-shown");
    const expectShown = (number: number) =>
      expect.poll(() => shown.innerText()).toContain(`${number} of ${length}`);
    const whole = await report.pixels("timeline");

    await page.getByLabel("Function", { exact: true }).selectOption("read");
    const read = operations.functions.indexOf("read");
    const reads = count(operations.f, (f) => f === read);
    expect(reads).toBeGreaterThan(5);
    await expectShown(reads);
    expect(await report.pixels("timeline")).not.toBe(whole);

    await page.getByLabel("Node", { exact: true }).selectOption("n1");
    await expectShown(
      count(operations.f, (f, row) => f === read && nodes[operations.node[row] ?? -1] === "n1"),
    );
    await shown.getByRole("button", { name: "Show all" }).click();
    await expect.poll(() => shown.count()).toBe(0);
    await expect.poll(() => report.pixels("timeline")).toBe(whole);

    const infos = count(operations.ending, (letter) => letter === "i");
    expect(infos).toBeGreaterThan(0);
    await page.locator("[data-ending=i]").click();
    await expectShown(length - infos);
    await shown.getByRole("button", { name: "Show all" }).click();
    await page.getByLabel("Only this process").fill("2");
    await expectShown(count(operations.process, (process) => process === 2));
    await shown.getByRole("button", { name: "Show all" }).click();
    const text = operations.asked[10]?.slice(0, 5).toUpperCase() ?? "?";
    const has = (values: readonly string[], row: number) => values[row]?.toUpperCase().includes(text);
    await page.getByLabel("Only operations whose values or errors hold this text").fill(text);
    const { asked, answered, error } = operations;
    const holding = count(asked, (_, row) => [asked, answered, error].some((values) => has(values, row)));
    expect(holding).toBeLessThan(length);
    await expectShown(holding);

    // The next one that did not end ok: of those that are shown.
    await shown.getByRole("button", { name: "Show all" }).click();
    await page.locator("[data-ending=f]").click();
    await page.getByRole("button", { name: "Next problem" }).click();
    await expect.poll(() => report.details().innerText()).toMatch(/\binfo\b/);

    // Functions and endings in the charts.
    const chart = await report.pixels("latency-raw");
    await page.locator(".legend-choice", { hasText: "cas" }).click();
    await expect.poll(() => report.pixels("latency-raw")).not.toBe(chart);
    expect(await page.locator(".legend-choice", { hasText: "cas" }).getAttribute("aria-pressed")).toBe(
      "false",
    );
  });

  it("show only messages of a node, a type, a kind of traffic, or with a text", async () => {
    const report = await ReportPage.open(`${url}/runs/lin-kv/kills`);
    const { messages } = await dataOf("linKv");
    const { page } = report;
    const shown = page.locator(".space-time-shown");
    const expectShown = (is: (at: number) => boolean) => {
      const number = count(messages.id, (_, at) => is(at));
      expect(number).toBeGreaterThan(0);
      return expect.poll(() => shown.innerText()).toContain(`${number} of ${messages.id.length}`);
    };
    const names = (at: number) =>
      [messages.src, messages.dest].map((way) => messages.names[way[at] ?? -1] ?? "");
    const typeOf = (at: number) => messages.types[messages.type[at] ?? -1] ?? "";
    const all = () => shown.getByRole("button", { name: "Show all" }).click();

    await page.locator(".node-chip", { hasText: "n1" }).click();
    await expectShown((at) => names(at).includes("n1"));
    await all();
    await page.locator(".space-time .menu summary").first().click();
    await page.getByRole("button", { name: "None", exact: true }).click();
    await page.locator(".menu-choice", { hasText: /^cas\d/ }).click();
    await expectShown((at) => typeOf(at) === "cas");
    await all();
    const traffic = page.getByLabel("Which messages");
    await traffic.selectOption("services");
    await expectShown((at) => names(at).includes("lin-kv"));
    await traffic.selectOption("lost");
    await expectShown((at) => "lpdf".includes(messages.fate[at] ?? ""));
    await traffic.selectOption("errors");
    await expectShown((at) => typeOf(at) === "error");
    await all();
    await page.getByLabel("Only messages whose bodies hold this text").fill('"from"');
    await expectShown((at) => (messages.body[at] ?? "").includes('"from"'));
  });

  it("zoom and move together, by every way", async () => {
    const report = await ReportPage.open(`${url}/runs/lin-kv/kills`);
    const { page } = report;
    const { mouse, keyboard } = page;
    const whole = await report.window();
    const rate = await report.box("rate");
    const [y, length] = [rate.y + 80, (it: { from: number; to: number }) => it.to - it.from];

    // The wheel with Ctrl keeps the time under the pointer where it is.
    const x = await report.x("rate", 2e9);
    await mouse.move(x, y);
    await keyboard.down("Control");
    const closer = await report.after(() => mouse.wheel(0, -120));
    await keyboard.up("Control");
    expect(length(closer)).toBeLessThan(length(whole) * 0.9);
    expect(Math.abs((await report.x("rate", 2e9)) - x)).toBeLessThan(2);

    const button = await report.after(() => page.getByRole("button", { name: "Zoom in" }).click());
    expect(length(button)).toBeCloseTo(length(closer) / 1.6, -3);
    const back = await report.after(() => page.getByRole("button", { name: "Zoom out" }).click());
    expect(length(back)).toBeCloseTo(length(closer), -3);
    const all = await report.after(() => page.getByRole("button", { name: "Whole run" }).click());
    expect(all).toEqual(whole);

    // A drag in a chart marks a piece; one in the timeline moves.
    const drag = async (name: string, from: number, to: number) => {
      const box = await report.box(name);
      const [a, b] = [await report.x(name, from), await report.x(name, to)];
      await mouse.move(a, box.y + box.height / 2);
      await mouse.down();
      await mouse.move(b, box.y + box.height / 2, { steps: 4 });
      await mouse.up();
    };
    const marked = await report.after(() => drag("latency-quantiles", 3e9, 5e9));
    expect(marked.from / 1e9).toBeCloseTo(3, 1);
    expect(marked.to / 1e9).toBeCloseTo(5, 1);
    const moved = await report.after(() => drag("timeline", 4e9, 3.5e9));
    expect(moved.from / 1e9).toBeCloseTo(3.5, 1);
    expect(length(moved)).toBeCloseTo(length(marked), -3);

    // The strip of the whole run: a drag on the piece moves it, one beside it marks a new one.
    const strip = await page.locator(".overview-strip").boundingBox();
    const at = (part: number): number => (strip?.x ?? 0) + (strip?.width ?? 0) * part;
    const middle = (strip?.y ?? 0) + 20;
    const brush = async (from: number, to: number) => {
      await mouse.move(at(from), middle);
      await mouse.down();
      await mouse.move(at(to), middle, { steps: 4 });
      await mouse.up();
    };
    const brushed = await report.after(() => brush(0.1, 0.25));
    expect(brushed.from).toBeLessThan(whole.to * 0.1);
    expect(brushed.to).toBeLessThan(whole.to * 0.3);
    const shifted = await report.after(() => brush(0.2, 0.4));
    expect(length(shifted)).toBeCloseTo(length(brushed), -3);
    expect(shifted.from).toBeGreaterThan(brushed.from + whole.to * 0.15);

    const box = await report.box("space-time");
    const twice = await report.after(() => mouse.dblclick(box.x + box.width / 2, box.y + box.height - 3));
    expect(twice).toEqual(whole);
    // The wheel alone scrolls the page, as everywhere.
    await mouse.move(x, y);
    await mouse.wheel(0, 120);
    await page.waitForTimeout(100);
    expect(await report.window()).toEqual(whole);
  });
});
