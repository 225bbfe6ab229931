/** For everybody: what each page offers to those who hear it, who use the keyboard, who have a small screen, or a dark one. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { describeInBrowser, newPage } from "./browser.ts";
import { dataOf, folderOf, storeWith } from "./runs.ts";
import { serving } from "./serving.ts";

/** The addresses of all pages, and what is there when they are. */
let pages: Readonly<Record<string, readonly [address: string, here: string]>> = {};

/** What somebody who cannot see, or cannot point, would miss. Runs in the page. */
function missing(): string[] {
  const found: string[] = [];
  const miss = (what: string, where?: Element): unknown =>
    found.push(`${what} ${where?.outerHTML.slice(0, 120) ?? ""}`.trim());
  if (document.title === "") miss("a title");
  if (document.documentElement.lang === "") miss("a language");
  if (document.querySelectorAll("h1").length !== 1)
    miss(`one h1, and not ${document.querySelectorAll("h1").length}`);
  let level = 1;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) miss("a level of headings before", heading);
    level = next;
  }
  const named = (element: Element): boolean => {
    const labels =
      element instanceof HTMLInputElement || element instanceof HTMLSelectElement
        ? (element.labels ?? [])
        : [];
    const by = (element.getAttribute("aria-labelledby") ?? "")
      .split(" ")
      .map((id) => document.getElementById(id)?.textContent);
    const texts = [
      element.getAttribute("aria-label"),
      element.textContent,
      element.getAttribute("alt"),
      ...by,
    ];
    return [...texts, ...[...labels].map((label) => label.textContent)].some(
      (text) => (text ?? "").trim() !== "",
    );
  };
  for (const control of document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [role=slider], [role=listbox]",
  ))
    if (!named(control)) miss("a name of", control);
  for (const picture of document.querySelectorAll("canvas, img, svg")) {
    const hidden = picture.closest("[aria-hidden=true], [hidden]") !== null;
    // What tells its numbers by its handles needs no name of its own.
    if (!hidden && !named(picture) && picture.closest(".overview") === null) miss("a name of", picture);
  }
  for (const id of [...document.querySelectorAll("[id]")].map((element) => element.id))
    if (document.querySelectorAll(`#${CSS.escape(id)}`).length > 1) miss(`an id that is the only one: ${id}`);
  for (const section of document.querySelectorAll("section, aside, nav, dialog")) {
    const named =
      section.hasAttribute("aria-label") ||
      section.hasAttribute("aria-labelledby") ||
      section.getAttribute("role") === "alert";
    if (!named && section.tagName !== "SECTION") miss("a name of", section);
  }
  if (document.querySelector("main, article") === null) miss("a landmark for what the page is about");
  return found;
}

/** Texts that cannot be read well on what is behind them: contrast below 4.5, as WCAG 2 counts, or smaller than 12 px. Runs in the page. */
function unreadable(): string[] {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (css: string): number[] => {
    if (!context) return [];
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = css;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour: readonly number[]): number => {
    const [r = 0, g = 0, b = 0] = colour.map((part) =>
      part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element: Element | null): number[] => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if ((colour[3] ?? 0) > 250) return colour;
    }
    return rgba("Canvas");
  };
  const found = new Set<string>();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    if (!element || (text.textContent ?? "").trim() === "" || !element.checkVisibility()) continue;
    if (element.closest("script, style, noscript, .visually-hidden, [aria-disabled=true], :disabled"))
      continue;
    const style = getComputedStyle(element);
    const [a, b] = [light(rgba(style.color)), light(behind(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const what = `${element.tagName}.${element.className} ${(text.textContent ?? "").trim().slice(0, 30)}`;
    if (contrast < 4.5) found.add(`${contrast.toFixed(2)} ${what}`);
    if (Number.parseFloat(style.fontSize) < 12) found.add(`${style.fontSize} ${what}`);
  }
  return [...found];
}

async function open(name: string): Promise<Page> {
  const page = await newPage({ expected: /^Failed to load resource/ });
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
  const [address, here] = pages[name] ?? ["", ""];
  await page.goto(address);
  await page.locator(here).first().waitFor();
  return page;
}

const names = [
  "list",
  "report",
  "good report",
  "files",
  "file",
  "compare",
  "trouble",
  "report.html",
  "timeline.html",
] as const;

describeInBrowser("every page", () => {
  beforeAll(async () => {
    const url = await serving(
      await storeWith({ "echo/good": "echo", "broadcast/bad": "broadcast", "lin-kv/kills": "linKv" }),
    );
    const file = async (name: string): Promise<string> =>
      pathToFileURL(join(await folderOf("broadcast"), name)).href;
    const [row] = (await dataOf("linKv")).operations.index.slice(20);
    pages = {
      list: [`${url}/`, "a.run-link"],
      report: [`${url}/runs/broadcast/bad#message=30`, ".operation-details"],
      "good report": [`${url}/runs/lin-kv/kills#operation=${row}`, ".operation-details"],
      files: [`${url}/runs/echo/good/files`, "table.files"],
      file: [`${url}/runs/echo/good/files?view=history.txt`, "pre.file-text"],
      compare: [`${url}/compare?a=echo%2Fgood&b=broadcast%2Fbad`, ".compare canvas"],
      trouble: [`${url}/runs/echo/none`, "h1"],
      "report.html": [await file("report.html"), ".report-header"],
      "timeline.html": [await file("timeline.html"), "canvas[data-from]"],
    };
  });

  it.each(names)(
    "has names, can be read by day and by night, and fits on a small screen: %s",
    async (name) => {
      const page = await open(name);
      expect(await page.evaluate(missing)).toEqual([]);
      expect(await page.evaluate(unreadable)).toEqual([]);
      await page.emulateMedia({ colorScheme: "dark" });
      expect(await page.evaluate(unreadable)).toEqual([]);

      await page.setViewportSize({ width: 390, height: 800 });
      const width = () => page.evaluate(() => document.scrollingElement?.scrollWidth);
      await expect.poll(width).toBeLessThanOrEqual(390);
      await page.locator("details:not([open], .menu) > summary").evaluateAll((all) => {
        for (const one of all)
          if (one.parentElement instanceof HTMLDetailsElement) one.parentElement.open = true;
      });
      await expect.poll(width).toBeLessThanOrEqual(390);
      expect(await page.evaluate(unreadable)).toEqual([]);
    },
  );

  it.each(["list", "report", "compare", "timeline.html"])(
    "is reached by Tab, and shows where one is: %s",
    async (name) => {
      const page = await open(name);
      const focusable = await page.evaluate(() => {
        const all = [
          ...document.querySelectorAll(
            "a[href], button, input, select, summary, canvas[tabindex], [role=slider], pre[tabindex]",
          ),
        ];
        const usable = all.filter(
          (one) =>
            one.checkVisibility({ visibilityProperty: true }) &&
            !one.matches(":disabled, [tabindex='-1'], .menu:not([open]) .menu-list *"),
        );
        // Of radio buttons of one name, one.
        const radios = usable.filter((one) => one instanceof HTMLInputElement && one.type === "radio");
        for (const [at, one] of usable.entries()) one.setAttribute("data-tab", String(at));
        return usable.length - radios.length;
      });
      const reached = new Set<string>();
      for (let i = 0; i < focusable + 30; i++) {
        await page.keyboard.press("Tab");
        const at = await page.evaluate(() => {
          const one = document.activeElement;
          if (!one || one === document.body) return undefined;
          const styles = [one, one.parentElement, one.nextElementSibling].flatMap((each) =>
            each ? [getComputedStyle(each)] : [],
          );
          const seen = styles.some(
            ({ outlineStyle, boxShadow }) => outlineStyle !== "none" || boxShadow !== "none",
          );
          return {
            seen,
            at: one.getAttribute("data-tab"),
            what: one.outerHTML.slice(0, 100),
            radio: one.matches("[type=radio]"),
          };
        });
        if (!at) break;
        expect(at.seen, at.what).toBe(true);
        if (at.at !== null && !at.radio) reached.add(at.at);
      }
      expect(reached.size).toBe(focusable);
    },
  );
});
