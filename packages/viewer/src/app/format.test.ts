import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ago,
  count,
  duration,
  exactly,
  figures,
  fileSize,
  latency,
  percent,
  plural,
  timeOf,
} from "./format.ts";

test.each([
  [0, "0.0 s"],
  [8.04e9, "8.0 s"],
  [59.94e9, "59.9 s"],
  [59.96e9, "1 min 0 s"],
  [125e9, "2 min 5 s"],
  [3599.6e9, "1 h 0 min"],
  [3 * 3600e9 + 4 * 60e9, "3 h 4 min"],
])("%d ns last %s", (ns, text) => expect(duration(ns)).toBe(text));

test.each([
  [0.0004, "0.000 ms"],
  [0.90194, "0.902 ms"],
  [0.9996, "1.00 ms"],
  [9.996, "10.0 ms"],
  [99.96, "100 ms"],
  [999.4, "999 ms"],
  [999.6, "1.00 s"],
  [12_345, "12.3 s"],
])("%d ms are %s", (ms, text) => expect(latency(ms)).toBe(text));

test.each([
  [0, "0"],
  [1234567, "1,234,567"],
  [-2.3456, "-2.35"],
])("%d with three figures: %s", (number, text) => expect(figures(number)).toBe(text));

test("figures are within half of the last one", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 1e6, noNaN: true }), (number) => {
      const back = Number(figures(number).replaceAll(",", ""));
      expect(Math.abs(back - number)).toBeLessThanOrEqual(Math.max(number * 0.005, 0.0005) * 1.0001);
    }),
  );
});

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [1000, "1.0 kB"],
  [9949, "9.9 kB"],
  [9951, "10 kB"],
  [999_499, "999 kB"],
  [999_500, "1.0 MB"],
  [5e9, "5.0 GB"],
  [5e18, "5000000 TB"],
])("a file of %d bytes has %s", (bytes, text) => expect(fileSize(bytes)).toBe(text));

describe("how long ago", () => {
  const now = Date.parse("2026-11-25T12:00:00Z");
  const s = 1000;
  test.each([
    [-30 * s, "just now"],
    [-3600 * s, "25 Nov 2026"],
    [9 * s, "just now"],
    [59 * s, "59 s ago"],
    [60 * s, "1 min ago"],
    [3599 * s, "59 min ago"],
    [3600 * s, "1 h ago"],
    [86_399 * s, "23 h ago"],
    [86_400 * s, "1 day ago"],
    [6.9 * 86_400 * s, "6 days ago"],
    [7 * 86_400 * s, "18 Nov 2026"],
  ])("%d ms ago is %s", (ms, text) => expect(ago(now - ms, now)).toBe(text));

  test("any two times can be told", () => {
    const time = fc.date({ noInvalidDate: true }).map((date) => date.getTime());
    fc.assert(
      fc.property(time, time, (then, at) => {
        expect(ago(then, at)).not.toMatch(/NaN|undefined|-/);
      }),
    );
  });
});

test("times are those of ISO 8601, or none", () => {
  expect(timeOf("2026-11-25T12:00:00Z")).toBe(Date.parse("2026-11-25T12:00:00Z"));
  for (const none of [undefined, "", "soon", "<img>"]) expect(timeOf(none)).toBeUndefined();
  expect(exactly(0)).toMatch(/1 Jan 1970|31 Dec 1969/);
});

test("counts have their words", () => {
  expect([plural(1, "run"), plural(2000, "run"), plural(0, "run is", "runs are")]).toEqual([
    "1 run",
    "2,000 runs",
    "0 runs are",
  ]);
  expect([count(12345), percent(0.3939), percent(1)]).toEqual(["12,345", "39.4\u00a0%", "100\u00a0%"]);
});
