import { expect, it } from "vitest";
import { millisecond, second } from "../time/clock.ts";
import { randomStream } from "../time/random.ts";
import { type Generator, idleUntil, repeatedly, stagger, timeLimit } from "./generator.ts";

const echo = repeatedly(() => ({ f: "echo", value: 1 }));

/** The times (ns) at which operations start when nobody is ever late, or busy until `busyUntil`. */
function times(generator: Generator, busyUntil = 0): number[] {
  const result: number[] = [];
  let time = busyUntil;
  for (let step = generator.next({ time }); step !== undefined; step = step.rest.next({ time })) {
    time = Math.max(time, step.time);
    if (step.invocation !== undefined) result.push(time);
  }
  return result;
}

it("staggers: pauses are uniform between 0 and twice the mean", () => {
  const mean = 200 * millisecond;
  const starts = times(timeLimit(20_000 * second, stagger(mean, randomStream(3, "stagger"), echo)));
  expect(starts[0]).toBe(0);
  const pauses = starts
    .slice(1)
    .map((start, i) => start - (starts[i] ?? 0))
    .sort((a, b) => a - b);
  expect(Math.abs(pauses.length - 100_000)).toBeLessThan(1000);
  const at = (part: number): number => (pauses[Math.floor(part * (pauses.length - 1))] ?? 0) / mean;
  for (const part of [0, 0.25, 0.5, 0.75, 1]) expect(Math.abs(at(part) - 2 * part)).toBeLessThan(0.02);
});

it("makes up for late timers, so that the rate holds", () => {
  const generator = timeLimit(100 * second, stagger(millisecond, randomStream(3, "stagger"), echo));
  let count = 0;
  let time = 0;
  for (let step = generator.next({ time }); step !== undefined; step = step.rest.next({ time })) {
    // Each timer is up to 2 ms late, though pauses are 1 ms on average.
    time = Math.max(time, step.time + (count % 3) * millisecond);
    count++;
  }
  expect(Math.abs(count - 100_000)).toBeLessThan(1000);
});

it("does not make up for a long silence with a burst", () => {
  const generator = timeLimit(21 * second, stagger(10 * millisecond, randomStream(3, "stagger"), echo));
  const atOnce = times(generator, 20 * second).filter((time) => time === 20 * second);
  // 2000 operations were due in that time.
  expect(atOnce.length).toBeLessThan(30);
});

it("ends at the time limit", () => {
  const starts = times(timeLimit(second, stagger(second / 100, randomStream(3, "stagger"), echo)));
  expect(Math.max(...starts)).toBeLessThan(second);
});

it("is a value: asked again, it gives the same operation, and the same ones follow", () => {
  const random = randomStream(3, "values");
  const numbers = repeatedly(() => ({ f: "echo", value: random.float() }));
  const values = (): unknown[] => {
    const seen: unknown[] = [];
    let step = numbers.next({ time: 0 });
    for (; step !== undefined && seen.length < 10; step = step.rest.next({ time: 0 }))
      seen.push(step.invocation?.value);
    return seen;
  };
  expect(values()).toEqual(values());
  expect(new Set(values()).size).toBe(10);
  const spread = stagger(second, randomStream(3, "stagger"), numbers);
  const following = (): unknown => spread.next({ time: 0 })?.rest.next({ time: 0 })?.invocation;
  expect(following()).toEqual(following());
});

it("can do nothing for a while", () => {
  const step = idleUntil(second).next({ time: 0 });
  expect(step?.time).toBe(second);
  expect(step?.invocation).toBeUndefined();
  expect(step?.rest.next({ time: second })).toBeUndefined();
});
