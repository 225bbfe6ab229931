import { describe, expect, it } from "vitest";
import { dark, light, type Palette } from "./inks.ts";
import type { Ink } from "./pen.ts";

type Three = readonly [number, number, number];

/** Red, green and blue as amounts of light, 0 … 1. */
function lightOf(hex: string): Three {
  const part = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

function times(rows: readonly Three[], [a, b, c]: Three): Three {
  const row = (i: number): number => {
    const [x = 0, y = 0, z = 0] = rows[i] ?? [];
    return x * a + y * b + z * c;
  };
  return [row(0), row(1), row(2)];
}

/** How people see who lack one kind of cones: Machado, Oliveira and Fernandes 2009. */
const eyes: Readonly<Record<string, readonly Three[]>> = {
  "all cones": [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** OKLab, in which distances are differences that people see; black and white are 100 apart. */
function seen(hex: string, eye: readonly Three[]): Three {
  const [r, g, b] = times(eye, lightOf(hex)).map((part) => Math.min(1, Math.max(0, part)));
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    [r ?? 0, g ?? 0, b ?? 0],
  );
  const [l = 0, m = 0, s = 0] = cones.map((cone) => 100 * Math.cbrt(cone));
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [l, m, s],
  );
}

function contrast(a: string, b: string): number {
  const brightness = (hex: string): number => {
    const [r, g, blue] = lightOf(hex);
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  };
  const [low = 0, high = 0] = [brightness(a), brightness(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const palettes: readonly (readonly [string, Palette])[] = [
  ["light", light],
  ["dark", dark],
];

/** Inks that stand beside each other, and mean different things. */
const beside: readonly (readonly Ink[])[] = [
  ["ok", "fail", "info", "open"],
  ["p50", "p95", "p99", "p100"],
  ["client", "server", "error", "lost"],
];
const pairs = beside.flatMap((inks) => inks.flatMap((a, i) => inks.slice(i + 1).map((b) => [a, b] as const)));

describe.each(palettes)("inks, %s", (_, palette) => {
  it.each(Object.keys(eyes))("can be told apart by eyes with %s", (name) => {
    for (const [a, b] of pairs) {
      const [x, y] = [seen(palette[a], eyes[name] ?? []), seen(palette[b], eyes[name] ?? [])];
      const distance = Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
      expect(distance, `${a} and ${b}`).toBeGreaterThan(9);
    }
  });

  it("stand out from the paper: marks 3 to 1, text 4.5 to 1", () => {
    for (const ink of [...beside.flat(), "fault", "gap"] as const)
      expect(contrast(palette[ink], palette.paper), ink).toBeGreaterThanOrEqual(3);
    // Those of messages are written with, too.
    for (const ink of ["text", "faint", "client", "server", "error"] as const)
      expect(contrast(palette[ink], palette.paper), ink).toBeGreaterThanOrEqual(4.5);
  });

  it("has a grid that is fainter than all else", () => {
    for (const ink of beside.flat())
      expect(contrast(palette.grid, palette.paper)).toBeLessThan(contrast(palette[ink], palette.paper) / 2);
  });
});

it("measures as others do", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(seen("#ffffff", eyes["all cones"] ?? [])[0]).toBeCloseTo(100, 3);
  expect(seen("#000000", eyes["all cones"] ?? [])).toEqual([0, 0, 0]);
  // Red and green of the same brightness: those who lack one kind of cones hardly see a difference.
  const [red, green] = [seen("#d70000", eyes.deuteranopia ?? []), seen("#867200", eyes.deuteranopia ?? [])];
  expect(Math.hypot(red[0] - green[0], red[1] - green[1], red[2] - green[2])).toBeLessThan(6);
});
