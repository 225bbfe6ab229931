import { expect, it } from "vitest";
import { randomStream } from "../time/random.ts";
import { drawLatency, type LatencyDistribution } from "./latency.ts";

function draws(distribution: LatencyDistribution): number[] {
  const random = randomStream(1, distribution);
  return Array.from({ length: 100_000 }, () => drawLatency(distribution, 50, random)).sort((a, b) => a - b);
}

it.each(["constant", "uniform", "exponential"] as const)(
  "has the mean that was asked for: %s",
  (distribution) => {
    const values = draws(distribution);
    const mean = values.reduce((sum, value) => sum + value) / values.length;
    expect(Math.abs(mean - 50)).toBeLessThan(1);
  },
);

it("has the shape that was asked for, by its quartiles", () => {
  const quartiles = (distribution: LatencyDistribution) =>
    [0.25, 0.5, 0.75].map((part) => draws(distribution)[part * 100_000] ?? 0);
  expect(quartiles("constant")).toEqual([50, 50, 50]);
  expectNear(quartiles("uniform"), [25, 50, 75]);
  expectNear(
    quartiles("exponential"),
    [0.75, 0.5, 0.25].map((rest) => -50 * Math.log(rest)),
  );
});

function expectNear(actual: readonly number[], expected: readonly number[]): void {
  for (const [i, value] of actual.entries()) expect(Math.abs(value - (expected[i] ?? 0))).toBeLessThan(1);
}
