/**
 * The pages as HTML: one that carries its run with it and opens from the disk, and the one that `eddy serve` gives. The
 * script and the style sheet are built from packages/viewer; what each page may do is in its Content-Security-Policy.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { RunData } from "../pictures/run-data.ts";
import { inScript, inStyle } from "./inline.ts";
import { verdictInWords } from "./verdict.ts";

export type PageAsset = "app.js" | "app.css";

/** The pages have not been built; only in a clone of the repository can that be. */
export class PagesNotBuilt extends Error {
  constructor(cause: unknown) {
    super("The pages are not built: run make build", { cause });
    this.name = "PagesNotBuilt";
  }
}

/** The line that says so is gone as soon as there is anything to see. */
const loadingStyle = "\n#loading:has(~ #eddy) { display: none }\n";

/** What the page of `eddy serve` may do: run and ask its own server, and nothing else. For the header of the same name. */
export const servedPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * A file that the pages are made of, as it was built.
 *
 * @throws {PagesNotBuilt}
 */
export function pageAsset(name: PageAsset): Buffer {
  try {
    return readFileSync(new URL(`../../dist/pages/${name}`, import.meta.url));
  } catch (error) {
    throw new PagesNotBuilt(error);
  }
}

/** The page of `eddy serve`, whatever its address: its script looks at that. */
export function servedPage(): string {
  return html({
    head: [
      "<title>eddy</title>",
      '<link rel="stylesheet" href="/assets/app.css">',
      '<script src="/assets/app.js" defer></script>',
    ],
    body: ["<noscript><p>These pages are drawn by a script, and scripts are turned off.</p></noscript>"],
  });
}

/**
 * A page that shows one run, with all that it needs inside.
 *
 * @throws {PagesNotBuilt}
 */
export function standalonePage(run: RunData, view: "report" | "timeline"): string {
  const script = inScript(pageAsset("app.js").toString());
  const style = inStyle(pageAsset("app.css").toString()) + loadingStyle;
  const policy =
    `default-src 'none'; script-src '${hash(script)}'; style-src '${hash(style)}'; img-src data:; ` +
    "base-uri 'none'; form-action 'none'";
  const data = gzipSync(JSON.stringify(run)).toString("base64");
  const verdict = `${run.workload}: ${verdictInWords(run)}`;
  return html({
    head: [
      `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
      `<title>${escaped(`${verdict} – eddy`)}</title>`,
      `<style>${style}</style>`,
    ],
    body: [
      '<p id="loading">Loading …</p>',
      `<noscript><p>${escaped(`${verdict}. All else is drawn by a script, and scripts are turned off.`)}</p></noscript>`,
      `<script type="application/octet-stream" id="run" data-view="${view}">${data}</script>`,
      `<script>${script}</script>`,
    ],
  });
}

function html({
  head,
  body,
}: {
  readonly head: readonly string[];
  readonly body: readonly string[];
}): string {
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    ...head,
    "</head>",
    "<body>",
    ...body,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

/** Text as HTML shows it, also within quotes. */
function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function hash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
