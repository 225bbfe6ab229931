import { expect, it } from "vitest";
import { millisecond } from "./clock.ts";
import { RealClock } from "./real-clock.ts";

it("runs tasks in the order of their times, never early", async () => {
  const clock = new RealClock();
  const ran: number[] = [];
  const early: number[] = [];
  await new Promise<void>((resolve) => {
    for (const delay of [20, 5, 10, 0]) {
      const time = clock.now() + delay * millisecond;
      clock.schedule(time, () => {
        ran.push(delay);
        if (clock.now() < time) early.push(delay);
        if (delay === 20) resolve();
      });
    }
    clock.schedule(clock.now() + millisecond, () => ran.push(-1)).cancel();
  });
  expect([ran, early]).toEqual([[0, 5, 10, 20], []]);
});

it("goes on after a task that throws", async () => {
  const clock = new RealClock();
  const errors: unknown[] = [];
  const listener = (error: unknown): void => {
    errors.push(error);
  };
  const others = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", listener);
  try {
    await new Promise<void>((resolve) => {
      clock.schedule(0, () => {
        throw new Error("task");
      });
      clock.schedule(0, resolve);
    });
  } finally {
    process.off("uncaughtException", listener);
    for (const other of others) process.on("uncaughtException", other);
  }
  expect(errors).toHaveLength(1);
});
