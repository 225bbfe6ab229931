import { expect, it } from "vitest";
import type { Operation } from "../history/operation.ts";
import { FaultRecorder } from "./fault-spans.ts";

/** What the nemesis did at which second, each with its plan a moment before. */
function spans(...done: readonly (readonly [time: number, f: string, value: unknown])[]) {
  const recorder = new FaultRecorder();
  const entry = { index: 0, type: "info", process: "nemesis" } as const;
  for (const [time, f, value] of done) {
    const planned: Operation = { ...entry, time: time * 1e9 - 1e6, f, value: "one" };
    recorder.add(planned);
    recorder.add({ ...planned, type: "invoke", process: 3, f: "start-partition" });
    recorder.add({ ...entry, time: time * 1e9, f, value });
  }
  return recorder.spans().map(({ from, to, ...rest }) => ({ ...rest, from: from / 1e9, to: to && to / 1e9 }));
}

const isolated = ["isolated", { n0: ["n1"], n1: ["n0"] }];
const partition = { fault: "partition", text: "start-partition n0 | n1" };

it("puts what begins and what mends it together, several side by side", () => {
  expect(
    spans(
      [1, "start-partition", isolated],
      [2, "kill", { n0: "killed" }],
      [3, "stop-partition", "network-healed"],
      [4, "pause", { n1: "paused" }],
      [5, "start", { n0: "started" }],
      [6, "start-loss", { nodes: ["n1"], part: 0.3 }],
      [7, "resume", { n1: "resumed" }],
      [8, "start-slow", { nodes: ["n0"], ms: 50 }],
      [9, "kill", { n1: "killed" }],
      [10, "start", { n1: "started" }],
      [11, "stop-slow", "network-healed"],
    ),
  ).toEqual([
    { ...partition, from: 1, to: 3 },
    { fault: "kill", text: "kill n0", from: 2, to: 5 },
    { fault: "pause", text: "pause n1", from: 4, to: 7 },
    { fault: "loss", text: "start-loss n1: part 0.3", from: 6, to: undefined },
    { fault: "slow", text: "start-slow n0: ms 50", from: 8, to: 11 },
    { fault: "kill", text: "kill n1", from: 9, to: 10 },
  ]);
});

it("sees that a fault changes, that nothing was struck, and that there was nothing to mend", () => {
  expect(
    spans(
      [1, "stop-partition", "network-healed"],
      [2, "start-partition", isolated],
      [3, "start-partition", isolated],
      [4, "kill", {}],
      [5, "start", {}],
      [6, "stop-partition", "network-healed"],
      [7, "stop-partition", "network-healed"],
    ),
  ).toEqual([
    { ...partition, from: 2, to: 3 },
    { ...partition, from: 3, to: 6 },
  ]);
});

it("takes only what was done, not what was planned when the run was cut short", () => {
  const recorder = new FaultRecorder();
  const planned = { index: 0, time: 1e9, type: "info", process: "nemesis", f: "kill", value: "all" } as const;
  recorder.add(planned);
  expect(recorder.spans()).toEqual([]);
});
