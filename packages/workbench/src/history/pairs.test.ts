import { expect, it } from "vitest";
import type { Operation, OperationType, Process } from "./operation.ts";
import { pairs } from "./pairs.ts";

it("pairs each invocation with the next entry of its process, and passes over the nemesis", () => {
  const entries: [Process, OperationType][] = [
    [0, "invoke"],
    ["nemesis", "info"],
    [1, "invoke"],
    [1, "fail"],
    ["nemesis", "info"],
    [0, "ok"],
    [1, "invoke"],
  ];
  const history: Operation[] = entries.map(([process, type], index) => ({
    index,
    time: 0,
    type,
    process,
    f: "f",
    value: null,
  }));
  expect([...pairs(history)].map((pair) => [pair.invocation.index, pair.completion?.index])).toEqual([
    [2, 3],
    [0, 5],
    [6, undefined],
  ]);
});
