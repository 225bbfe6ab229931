import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { simulated } from "../../test/simulated-runs.ts";
import { pageAsset, servedPage, servedPolicy, standalonePage } from "./page.ts";
import { readRun } from "./read-run.ts";

const { folder } = await simulated({ timeLimit: 3 });
const hostile = `</script><!--<script>alert(1)//"' &`;
const run = { ...readRun(folder, "echo/x"), workload: hostile, meaning: hostile };

/** Elements of a page by their names: attributes, and what stands in them. */
function elements(page: string, name: string): { attributes: string; text: string }[] {
  const found = page.matchAll(new RegExp(`<${name}\\b([^>]*)>([\\s\\S]*?)</${name}>`, "g"));
  return [...found].map(([, attributes = "", text = ""]) => ({ attributes, text }));
}

describe.each(["report", "timeline"] as const)("a %s that stands alone", (view) => {
  const page = standalonePage(run, view);

  it("carries its run", () => {
    const [data, script, ...others] = elements(page, "script");
    expect(data?.attributes).toBe(` type="application/octet-stream" id="run" data-view="${view}"`);
    expect(JSON.parse(gunzipSync(Buffer.from(data?.text ?? "", "base64")).toString())).toEqual(run);
    expect(script?.attributes).toBe("");
    expect(others).toEqual([]);
  });

  it("allows its own script and its own style, and nothing else", () => {
    const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const hash = (name: string): string => {
      const { text = "" } = elements(page, name).find(({ attributes }) => attributes === "") ?? {};
      return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    };
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      `script-src ${hash("script")}`,
      `style-src ${hash("style")}`,
      "img-src data:",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(page.indexOf("Content-Security-Policy")).toBeLessThan(page.indexOf("<style>"));
    expect(page).not.toMatch(/\s(?:src|href|style|on\w+)=/);
  });

  it("says what it is before any script has run, and lets no text out of its place", () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">/);
    expect(page).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
    const safe = "&#60;/script&#62;&#60;!--&#60;script&#62;alert(1)//&#34;&#39; &#38;: analysis invalid";
    expect(page).toContain(`<title>${safe} – eddy</title>`);
    expect(page).toContain(`<noscript><p>${safe}.`);
    const ends = page.match(/<\/script/gi) ?? [];
    expect(ends).toHaveLength(2);
    for (const { text } of elements(page, "script")) expect(text).not.toMatch(/<!--|<script/i);
  });
});

it("what the server gives links what it has", () => {
  const page = servedPage();
  for (const [, name] of page.matchAll(/"\/assets\/([^"]+)"/g)) expect(["app.js", "app.css"]).toContain(name);
  expect(page.match(/\/assets\//g)).toHaveLength(2);
  expect(servedPolicy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; /);
  expect(pageAsset("app.js").length).toBeGreaterThan(1000);
});
