import { expect, it } from "vitest";
import { toResultsEdn, toResultsJson } from "./results-files.ts";

const results = {
  "valid?": false,
  "stable-latencies": new Map([
    [0, 0],
    [0.5, 12],
    [1, 30],
  ]),
  duplicated: new Map<unknown, number>([
    ["n0-1", 2],
    [7, 3],
    [[1, "a"], 2],
  ]),
  "worst-stale": [
    { element: "ok", outcome: "stable", known: { type: "ok", f: "add", value: { type: "ok" } } },
  ],
  range: [null, 2n ** 60n],
};

it("keeps the keys of a map as they are in EDN: they are no names of ours", () => {
  expect(toResultsEdn(results)).toBe(
    `{:valid? false,
 :stable-latencies {0 0, 0.5 12, 1 30},
 :duplicated {"n0-1" 2, 7 3, [1 "a"] 2},
 :worst-stale [{:element "ok",
                :outcome :stable,
                :known {:type :ok, :f :add, :value {:type "ok"}}}],
 :range [nil 1152921504606846976]}
`,
  );
});

it("makes objects of maps in JSON, with the JSON of keys that are no strings", () => {
  expect(JSON.parse(toResultsJson(results))).toEqual({
    ...results,
    range: [null, "1152921504606846976"],
    "stable-latencies": { "0": 0, "0.5": 12, "1": 30 },
    duplicated: { "n0-1": 2, "7": 3, '[1,"a"]': 2 },
  });
});
