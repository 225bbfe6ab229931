import { expect, it } from "vitest";
import { freshSeed, draw as oneOf, randomStream, seedBound, shuffled } from "./random.ts";

function draw(seed: number, name: string): number[] {
  const random = randomStream(seed, name);
  return Array.from({ length: 20 }, () => random.float());
}

it("gives the same numbers for the same seed and name, and others for others", () => {
  expect(draw(1, "a")).toEqual(draw(1, "a"));
  const streams = [draw(1, "a"), draw(2, "a"), draw(1, "b"), draw(12, ""), draw(1, "2")];
  expect(new Set(streams.map((each) => each[0])).size).toBe(streams.length);
});

it("spreads numbers evenly", () => {
  const random = randomStream(7, "test");
  const counts = Array.from({ length: 10 }, () => 0);
  for (let i = 0; i < 100_000; i++) {
    const n = random.integer(10);
    counts[n] = (counts[n] ?? 0) + 1;
  }
  // 10,000 are expected in each, with a standard deviation of 95.
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
});

it("makes seeds that are in range", () => {
  for (let i = 0; i < 100; i++) {
    const seed = freshSeed();
    expect(Number.isInteger(seed) && seed >= 0 && seed < seedBound).toBe(true);
  }
});

it("shuffles so that each order is as likely as any other, and loses nothing", () => {
  const random = randomStream(7, "shuffle");
  const counts = new Map<string, number>();
  for (let i = 0; i < 24_000; i++) {
    const order = shuffled(["a", "b", "c", "d"], random).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  // 1000 are expected of each, with a standard deviation of 31.
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  const drawn = new Set(Array.from({ length: 100 }, () => oneOf(["a", "b", "c"], random)));
  expect(drawn).toEqual(new Set(["a", "b", "c"]));
});
