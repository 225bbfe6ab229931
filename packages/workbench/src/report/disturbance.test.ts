import { expect, it } from "vitest";
import { describeDisturbance } from "./disturbance.ts";

it.each([
  ["kill", { n1: "killed", n3: "killed" }, "kill n1, n3"],
  ["resume", {}, "resume nothing"],
  ["stop-partition", "network-healed", "stop-partition"],
  ["start-slow", { nodes: ["n0", "n2"], ms: 200 }, "start-slow n0, n2: ms 200"],
  [
    "start-partition",
    ["isolated", { n2: ["n0"], n0: ["n1", "n2"], n1: ["n0"] }],
    "start-partition n0 | n1 n2",
  ],
  [
    "start-partition",
    ["isolated", { n0: ["n1"], n1: ["n2"], n2: ["n0"] }],
    "start-partition n0 does not hear n1, n1 does not hear n2, n2 does not hear n0",
  ],
  ["start-partition", ["isolated", { n1: [], n0: [], n2: [] }], "start-partition nobody is cut off"],
])("%s %j", (f, value, words) => {
  expect(describeDisturbance({ f, value })).toBe(words);
});
