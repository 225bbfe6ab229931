import { expect, it } from "vitest";
import { second, sleep, within } from "./clock.ts";
import { VirtualClock } from "./virtual-clock.ts";

it("runs simulated hours at once, in order, with the promise work of a task before the next", async () => {
  const clock = new VirtualClock();
  const seen: string[] = [];
  const note = async (name: string): Promise<void> => {
    seen.push(`${name} at ${clock.now() / second}`);
    await null;
    await null;
    seen.push(`${name} goes on`);
  };
  clock.schedule(7200 * second, () => void note("second"));
  clock.schedule(3600 * second, () => {
    void note("first");
    clock.schedule(0, () => seen.push(`past at ${clock.now() / second}`));
  });
  await clock.run();
  expect(seen).toEqual([
    "first at 3600",
    "first goes on",
    "past at 3600",
    "second at 7200",
    "second goes on",
  ]);
});

it("stops where it is told to", async () => {
  const clock = new VirtualClock();
  let ran = false;
  clock.schedule(10, () => {
    ran = true;
  });
  await clock.run(9);
  expect([clock.now(), ran]).toEqual([9, false]);
  await clock.run(10);
  expect(ran).toBe(true);
});

it("waits for a promise no longer than it should, and leaves no task behind", async () => {
  const clock = new VirtualClock();
  await within(clock, 5 * second, Promise.resolve());
  await clock.run();
  expect(clock.now()).toBe(0);
  const patience = within(clock, 5 * second, new Promise(() => {}));
  await clock.run();
  await patience;
  expect(clock.now()).toBe(5 * second);
});

it("drives some work to its end, and tells what waits for nothing", async () => {
  const clock = new VirtualClock();
  const work = async (): Promise<string> => {
    await sleep(clock, 3600 * second);
    return `an hour later, at ${clock.now() / second}`;
  };
  clock.schedule(7200 * second, () => {
    throw new Error("after the work is over, nothing is done");
  });
  expect(await clock.drive(work())).toBe("an hour later, at 3600");
  await expect(clock.drive(Promise.reject(new Error("its own")))).rejects.toThrow("its own");
  await expect(new VirtualClock().drive(new Promise(() => {}))).rejects.toThrow(
    "nothing is left to happen in virtual time",
  );
});

it("ends with what a task throws", async () => {
  const clock = new VirtualClock();
  clock.schedule(1, () => {
    throw new Error("from a task");
  });
  await expect(clock.run()).rejects.toThrow("from a task");
});

it("lets chains of promises of any length end before the next task, also across ticks", async () => {
  const clock = new VirtualClock();
  const seen: string[] = [];
  for (let i = 0; i < 300; i++) {
    clock.schedule(i, async () => {
      for (let j = 0; j < 50; j++) await null;
      await new Promise<void>((resolve) => process.nextTick(resolve));
      seen.push(`end ${i}`);
    });
    clock.schedule(i, () => seen.push(`next ${i}`));
  }
  await clock.run();
  expect(seen).toEqual(Array.from({ length: 300 }, (_, i) => [`end ${i}`, `next ${i}`]).flat());
});
