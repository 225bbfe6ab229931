import { expect, it } from "vitest";
import { VirtualClock } from "../time/virtual-clock.ts";
import { History, pairs } from "./history.ts";

it("numbers and times operations, and stores each at once", () => {
  const stored: unknown[] = [];
  const history = new History(new VirtualClock(), (operation) => stored.push(operation));
  history.add({ type: "invoke", process: 0, f: "echo", value: 1, node: "n0" });
  history.add({ type: "ok", process: 0, f: "echo", value: 1, node: "n0" });
  expect(stored).toEqual(history.operations);
  expect(history.operations.map(({ index, time }) => [index, time])).toEqual([
    [0, 0],
    [1, 0],
  ]);
});

it("pairs each invocation with the next entry of its process", () => {
  const history = new History(new VirtualClock(), () => {});
  for (const [process, type] of [
    [0, "invoke"],
    [1, "invoke"],
    [1, "fail"],
    [0, "ok"],
    [1, "invoke"],
  ] as const) {
    history.add({ type, process, f: "f", value: null, node: "n0" });
  }
  expect(pairs(history.operations).map((pair) => [pair.invocation.index, pair.completion?.index])).toEqual([
    [0, 3],
    [1, 2],
    [4, undefined],
  ]);
});
