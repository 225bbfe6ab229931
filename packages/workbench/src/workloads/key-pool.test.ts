/** The keys that come and go: which are picked how often, and when a new one comes. */
import { expect, it } from "vitest";
import { randomStream } from "../time/random.ts";
import { KeyPool } from "./key-pool.ts";

it("picks each key twice as often as the one before", () => {
  const pool = new KeyPool({ keyCount: 4, maxWritesPerKey: 16 }, randomStream(1, "keys"));
  const picks = Array.from({ length: 30_000 }, () => pool.pick());
  for (const [key, share] of [1 / 15, 2 / 15, 4 / 15, 8 / 15].entries())
    expect(picks.filter((each) => each === key).length / picks.length).toBeCloseTo(share, 1);
});

it("puts a new key in the place of one that was written to often enough", () => {
  const pool = new KeyPool({ keyCount: 2, maxWritesPerKey: 3 }, randomStream(1, "keys"));
  const writes = Array.from({ length: 300 }, () => pool.write());
  const keys = [...new Set(writes.map(({ key }) => key))];
  expect(keys.toSorted((a, b) => a - b)).toEqual(keys.map((_, i) => i));
  for (const key of keys.slice(0, -2)) {
    const values = writes.filter((write) => write.key === key).map(({ value }) => value);
    expect(values).toEqual([1, 2, 3].slice(0, values.length));
  }
  // Two keys are in use at a time.
  for (let i = 0; i < writes.length; i++) {
    const before = new Set(writes.slice(0, i).map(({ key }) => key));
    const after = new Set(writes.slice(i).map(({ key }) => key));
    expect([...before].filter((key) => after.has(key)).length).toBeLessThanOrEqual(2);
  }
});
