/**
 * A run while it goes on, with the real `eddy test` and `eddy serve`: what the pages say of it, also when its nodes mean ill, and that
 * its report takes their place.
 */
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { expect, it } from "vitest";
import { startEddy } from "../../workbench/test/eddy.ts";
import { describeInBrowser, newPage } from "./browser.ts";
import { hostileTexts } from "./programs.ts";
import { newFolder } from "./runs.ts";
import { serving } from "./serving.ts";

const [image] = hostileTexts;

/** Answers one echo in eight with an error, and prints once what is no message: both in words that no page may take for its own. */
const node = `#!/usr/bin/env node
import { createInterface } from "node:readline";
let [id, echoes] = ["", 0];
for await (const line of createInterface({ input: process.stdin })) {
  const { src, body } = JSON.parse(line);
  if (body.type === "init") id = body.node_id;
  const answer = { type: body.type + "_ok", echo: body.echo };
  const refusal = { type: "error", code: 11, text: ${JSON.stringify(image)} };
  if (body.type === "echo" && ++echoes === 3) console.log(JSON.stringify({ src: id, dest: ${JSON.stringify(image)}, body: {} }));
  const said = echoes % 8 === 7 ? refusal : answer;
  console.log(JSON.stringify({ src: id, dest: src, body: { ...said, in_reply_to: body.msg_id } }));
}
`;

/** The number beside a word. */
async function figure(part: Locator, name: string): Promise<number> {
  const text = await part.locator(`.figure:has(dt:text-is("${name}")) dd`).innerText();
  return Number(text.replaceAll(",", ""));
}

describeInBrowser("a run that goes on", () => {
  it("shows its numbers, its faults and its errors, and becomes a report by itself", async () => {
    const store = newFolder();
    const program = join(newFolder(), "node.mjs");
    writeFileSync(program, node);
    chmodSync(program, 0o755);
    const url = await serving(store);
    const page = await newPage();
    await page.goto(url);
    await page.getByRole("heading", { name: "No runs yet" }).waitFor();
    const faults = ["--nemesis", "partition", "--nemesis-interval", "1", "--seed", "3"];
    const flags = ["--node-count", "3", "--concurrency", "6", "--time-limit", "4", "--rate", "60", ...faults];
    const running = startEddy(["test", "-w", "echo", "--bin", program, ...flags, "--store", store]);

    // It comes into the list by itself, and goes on there.
    const card = page.locator(".live-card");
    await card.waitFor();
    const before = await figure(card, "ok");
    await expect.poll(() => figure(card, "ok")).toBeGreaterThan(before + 5);
    expect(await page.locator("tbody tr").innerText()).toMatch(/running/);

    // On its own page.
    await card.getByRole("link").click();
    const live = page.locator(".live");
    await live.waitFor();
    await expect.poll(() => live.locator(".live-faults").innerText()).toContain("partition");
    // The pictures have a row more, for its band.
    const height = () =>
      live
        .locator("canvas")
        .first()
        .evaluate((canvas) => canvas.clientHeight);
    await expect.poll(height).toBeGreaterThan(190);
    await expect.poll(() => figure(live, "fail")).toBeGreaterThan(0);
    await expect.poll(() => figure(live, "a second")).toBeGreaterThan(0);
    expect(await live.getByRole("region", { name: "Newest errors" }).innerText()).toContain(image);
    await expect
      .poll(() => live.getByRole("region", { name: "Problems with nodes" }).innerText())
      .toContain("<img");
    expect(await page.locator("img").count()).toBe(0);

    const { code } = await running.outcome;
    expect(code).toBe(1);
    await page.locator(".report-header").waitFor();
    expect(await page.locator(".report-header").innerText()).toContain("invalid");
    expect(await page.locator(".report").innerText()).toContain(image.slice(0, 10));
    expect(await live.count()).toBe(0);
    expect(await page.title()).toMatch(/^echo\/.* · eddy$/);
  });
});
