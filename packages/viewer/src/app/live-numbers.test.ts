import fc from "fast-check";
import { expect, test } from "vitest";
import { active, drawnEnd, heightWith, progress, recentRate } from "./live-numbers.ts";

const constant = (perBin: number, bins: number, width: number) => ({
  width,
  functions: ["read", "write"],
  series: [0, 1].map(() => ({
    ok: Array<number>(bins).fill(perBin),
    fail: Array<number>(bins).fill(perBin),
    info: Array<number>(bins).fill(perBin),
    latencies: [],
  })),
});

test("a constant rate is that rate, at every moment", () => {
  fc.assert(
    fc.property(
      fc.nat(9),
      fc.constantFrom(1e8, 2.5e8, 5e8, 1e9),
      fc.integer({ min: 10, max: 200 }),
      (n, width, tenths) => {
        const now = tenths * 1e8;
        const rate = recentRate(constant(n, Math.floor(now / width), width), now);
        // Two functions with three endings each.
        expect(rate).toBeCloseTo((6 * n) / (width / 1e9), 6);
      },
    ),
  );
});

test("what happened long ago does not count, nor does the bin that is not full yet", () => {
  const bins = {
    width: 1e9,
    functions: ["read"],
    series: [{ ok: [1000, 10, 20, 500], fail: [], info: [], latencies: [] }],
  };
  expect(recentRate(bins, 3.5e9)).toBe(15);
});

test("there is no rate before there is anything to tell it from", () => {
  expect(recentRate(constant(1, 9, 1e8), 0.9e9)).toBeUndefined();
  expect(recentRate(constant(1, 1, 10e9), 5e9)).toBeUndefined();
});

test("a fault is active until it is mended", () => {
  const faults = [
    { fault: "kill", from: 0, to: 1, text: "kill n0" },
    { fault: "pause", from: 1, text: "pause n1" },
  ];
  expect(active(faults).map(({ fault }) => fault)).toEqual(["pause"]);
});

test("progress is a part of the whole, whatever the clock says", () => {
  expect([0, 5e9, 10e9, 25e9, -1].map((now) => progress({ now, timeLimit: 10 }))).toEqual([0, 0.5, 1, 1, 0]);
  expect(progress({ now: 1, timeLimit: 0 })).toBe(0);
  expect([0, 12e9].map((now) => drawnEnd({ now, timeLimit: 10 }))).toEqual([10e9, 12e9]);
});

test("a picture is higher by a lane for each kind of fault", () => {
  const fault = (kind: string) => ({ fault: kind, from: 0, text: "" });
  const heights = [[], [fault("kill")], [fault("kill"), fault("kill"), fault("slow")]].map((faults) =>
    heightWith(faults, 100),
  );
  expect(heights).toEqual([100, 117, 134]);
});
