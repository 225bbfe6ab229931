/** The colours of pages, which stand in a style sheet, and those of pictures, which stand in code. */
import { readFileSync } from "node:fs";
import { dark, light } from "@eddy/workbench/pictures";
import { expect, test } from "vitest";

const css = readFileSync(new URL("../src/style/base.css", import.meta.url), "utf8");

test("pages and pictures have the same inks, by day and by night", () => {
  const nights = new Map(Object.entries(dark));
  for (const [ink, day] of Object.entries(light))
    expect(css).toContain(`--${ink}: light-dark(${day}, ${nights.get(ink)});`);
});
