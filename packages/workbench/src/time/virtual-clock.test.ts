import { expect, it } from "vitest";
import { second, within } from "./clock.ts";
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
