import { expect, it } from "vitest";
import { VirtualClock } from "../time/virtual-clock.ts";
import { History } from "./history.ts";

it("numbers and times operations, and stores each at once", async () => {
  const stored: unknown[] = [];
  const clock = new VirtualClock();
  const history = new History(clock, (operation) => stored.push(operation));
  const entry = { process: 0, f: "echo", value: 1, node: "n0" };
  const first = history.add({ type: "invoke", ...entry });
  await clock.run(5);
  const second = history.add({ type: "ok", ...entry });
  expect(stored).toEqual([first, second]);
  expect(stored).toEqual([
    { index: 0, time: 0, type: "invoke", ...entry },
    { index: 1, time: 5, type: "ok", ...entry },
  ]);
});
