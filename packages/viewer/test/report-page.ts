/** A report in the browser, as somebody uses it: where things lie in its pictures, and what it says of them. */
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { xOf } from "../../workbench/src/pictures/frame.ts";
import type { Span } from "../../workbench/src/pictures/run-data.ts";
import { frameOf } from "../src/report/time-frame.ts";
import { newPage } from "./browser.ts";

/** So high that all pictures of a report are in sight: what is out of sight is not drawn. */
export const highWindow = { width: 1280, height: 3600 } as const;

export class ReportPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens one, with all of its pictures in sight. */
  static async open(url: string): Promise<ReportPage> {
    const page = await newPage({ viewport: highWindow });
    await page.goto(url);
    const report = new ReportPage(page);
    await report.drawn();
    return report;
  }

  /** Resolves when all pictures have been drawn. */
  async drawn(): Promise<void> {
    await this.page.locator("[data-picture] canvas[data-from]").first().waitFor();
    await expect.poll(() => this.page.locator("[data-picture] canvas:not([data-from])").count()).toBe(0);
  }

  /** The canvas of a picture. */
  picture(name: string): Locator {
    return this.page.locator(`[data-picture="${name}"] canvas`);
  }

  tip(): Locator {
    return this.page.locator(".time-tip");
  }

  details(): Locator {
    return this.page.getByRole("complementary", { name: "What is selected" });
  }

  /** The piece of time that all pictures show, ns; it is the same in all as soon as they are drawn. */
  async window(): Promise<Span> {
    const windows = () =>
      this.page
        .locator("[data-picture] canvas")
        .evaluateAll((all) => [
          ...new Set(
            all.map((one) => (one instanceof HTMLElement ? `${one.dataset.from} ${one.dataset.to}` : "")),
          ),
        ]);
    await expect.poll(windows).toHaveLength(1);
    const [from = Number.NaN, to = Number.NaN] = ((await windows())[0] ?? "").split(" ").map(Number);
    return { from, to };
  }

  /** The piece of time that one picture shows, ns. */
  async timeOf(name: string): Promise<Span> {
    const { from, to } = await this.picture(name).evaluate((one) =>
      one instanceof HTMLElement ? { ...one.dataset } : {},
    );
    return { from: Number(from), to: Number(to) };
  }

  /** Does something, and gives the piece of time that is shown when that has had its effect. */
  async after(action: () => Promise<unknown>): Promise<Span> {
    const before = await this.window();
    await action();
    await expect.poll(() => this.window()).not.toEqual(before);
    return this.window();
  }

  /** What the strip says about the piece of time, s. */
  async told(): Promise<{ readonly from: number; readonly to: number }> {
    const text = await this.page.locator("[data-window=text]").innerText();
    const [, from, to] = /^([\d.]+) s – ([\d.]+) s of/.exec(text) ?? [];
    return { from: Number(from), to: Number(to) };
  }

  /** Where a time lies in a picture, px from the left of the page. */
  async x(name: string, time: number): Promise<number> {
    const box = await this.box(name);
    return box.x + xOf(frameOf(box.width, box.height, await this.window()), time);
  }

  async box(name: string): Promise<{ x: number; y: number; width: number; height: number }> {
    await this.picture(name).scrollIntoViewIfNeeded();
    const box = await this.picture(name).boundingBox();
    if (!box) throw new Error(`${name} is nowhere`);
    return box;
  }

  /** Moves the pointer down a picture at a time until the tip says something, and gives all that it says. */
  async hover(name: string, time: number, words: string | RegExp): Promise<string> {
    const [x, box] = [await this.x(name, time), await this.box(name)];
    for (let y = 3; y < box.height; y += 7) {
      await this.page.mouse.move(x, box.y + y);
      const text = (await this.tip().count()) === 0 ? "" : await this.tip().innerText();
      if (typeof words === "string" ? text.includes(words) : words.test(text)) return text;
    }
    throw new Error(`Nothing in ${name} at ${time / 1e9} s says ${words}`);
  }

  /** The same, and then a click. */
  async click(name: string, time: number, words: string | RegExp): Promise<void> {
    await this.hover(name, time, words);
    await this.page.mouse.down();
    await this.page.mouse.up();
  }

  /** How many colours a picture has; one that shows nothing has one. */
  colours(name: string): Promise<number> {
    return this.picture(name).evaluate((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) return 0;
      const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      const colours = new Set<number>();
      for (let i = 0; i + 2 < pixels.length; i += 4)
        colours.add((((pixels[i] ?? 0) * 256 + (pixels[i + 1] ?? 0)) * 256 + (pixels[i + 2] ?? 0)) * 2);
      return colours.size;
    });
  }

  /** A picture's pixels, to see whether they change. */
  pixels(name: string): Promise<string> {
    return this.picture(name).evaluate((canvas) =>
      canvas instanceof HTMLCanvasElement ? canvas.toDataURL() : "",
    );
  }
}
