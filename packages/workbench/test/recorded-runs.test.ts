/** Runs that the original has recorded and judged, judged by eddy: the same verdicts and figures, but where the original has a slip. */
import { describe, expect, it } from "vitest";
import { check } from "../src/checkers/checker.ts";
import { workloads } from "../src/workloads/catalogue.ts";
import { haveRecordedRuns, recordedRun } from "./recorded-runs.ts";

const runs = [
  ["unique-ids", "valid"],
  ["unique-ids", "dup"],
  ["unique-ids", "unavailable"],
  ["broadcast", "valid"],
  ["broadcast", "lose"],
  ["broadcast", "phantom"],
  ["g-set", "valid"],
  ["g-set", "lose"],
  ["g-counter", "partition-valid"],
  ["g-counter", "lose"],
  ["pn-counter", "valid"],
  ["pn-counter", "noneg"],
] as const;

const title = haveRecordedRuns ? "a recorded run" : "a recorded run (skipped: there is no folder ../shared)";

describe.skipIf(!haveRecordedRuns)(title, () => {
  it.each(runs)("%s %s is judged as the original judged it", (name, what) => {
    const { history, workload: original } = recordedRun(`${name}-${what}`);
    const checker = workloads.get(name)?.checker();
    if (checker === undefined) throw new Error(`there is no workload ${name}`);
    const verdict = check(checker, history);
    expect(history.length).toBeGreaterThan(100);
    if (what === "phantom") {
      expect(original["valid?"]).toBe(true);
      expect(verdict).toMatchObject({ ...original, "valid?": false, phantom: [1000000] });
    } else expect(verdict).toMatchObject(original);
    expect(verdict.explanation !== undefined).toBe(verdict["valid?"] !== true);
  });
});
