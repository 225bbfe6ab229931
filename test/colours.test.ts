import { readFileSync } from "node:fs";
import { dark, light } from "@eddy/workbench/pictures";
import { expect, test } from "vitest";

const css = readFileSync(new URL("../packages/viewer/src/style/base.css", import.meta.url), "utf8");

test("pages and pictures have the same colours", () => {
  for (const [ink, day] of Object.entries(light)) {
    const night = Object.entries(dark).find(([name]) => name === ink)?.[1];
    expect(css).toContain(`--${ink}: light-dark(${day}, ${night});`);
  }
});

/** Relative luminance, as WCAG 2 defines it. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const contrast = (a: string, b: string): number => {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};

const pair = (name: string): readonly string[] =>
  new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(css)?.slice(1) ?? [];

test.each(["text", "faint", "valid", "invalid", "unknown", "accent"])(
  "%s can be read on every ground",
  (name) => {
    const inks = pair(name);
    expect(inks).toHaveLength(2);
    for (const ground of ["paper", "panel", "raised", "hover", "accent-weak"]) {
      for (const [at, ink] of inks.entries()) {
        expect(
          contrast(ink, pair(ground)[at] ?? ""),
          `${name} on ${ground}, ${at ? "dark" : "light"}`,
        ).toBeGreaterThan(4.5);
      }
    }
  },
);
