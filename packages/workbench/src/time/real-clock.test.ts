import { stat } from "node:fs";
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

it("forgets everything when it is stopped", async () => {
  const clock = new RealClock();
  let ran = 0;
  for (const delay of [0, 1, 5]) clock.schedule(clock.now() + delay * millisecond, () => ran++);
  clock.stop();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(ran).toBe(0);
});

it("lets what came in meanwhile be read before it runs what is long overdue", async () => {
  const clock = new RealClock();
  const order: string[] = [];
  // From here the event loop comes to its timers first, and to its input only then.
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise<void>((resolve) => {
    clock.schedule(clock.now() + millisecond, () => {
      order.push("timeout");
      resolve();
    });
    stat(".", () => order.push("input"));
    // As if the process had been stopped: nothing runs for more than a second, and input waits.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1200);
  });
  expect(order).toEqual(["input", "timeout"]);
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
