/** Runs of the workload kafka that the original has recorded and judged, judged by eddy: the same anomalies with the same evidence. */
import { describe, expect, it } from "vitest";
import { check } from "../src/checkers/checker.ts";
import { KafkaChecker } from "../src/checkers/kafka/checker.ts";
import { haveRecordedRuns, recordedRun } from "./recorded-runs.ts";

const title = haveRecordedRuns ? "a recorded run" : "a recorded run (skipped: there is no folder ../shared)";

/** What tells one entry of the evidence from another; operations are left out, of which the original shows everything. */
function outline(entry: unknown): string {
  const fields = typeof entry === "object" && entry !== null ? Object.entries(entry) : [];
  const plain = fields
    .filter(([name]) => !["op", "ops", "writer", "max-read"].includes(name))
    .map(([name, value]) => [
      name,
      value instanceof Set ? [...value].sort((a, b) => Number(a) - Number(b)) : value,
    ]);
  return JSON.stringify(plain.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}

function plainMap(value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value;
}

function field(value: unknown, name: string): unknown {
  return Object.entries(value ?? {}).find(([each]) => each === name)?.[1];
}

function errs(found: unknown): readonly unknown[] {
  const list = field(found, "errs");
  return Array.isArray(list) ? list : [];
}

describe.skipIf(!haveRecordedRuns)(title, () => {
  it.each([
    ["valid", []],
    ["lost", ["int-poll-skip", "lost-write", "poll-skip", "unseen"]],
    ["skip", ["int-poll-skip"]],
    ["reuse", ["inconsistent-offsets", "lost-write", "unseen"]],
  ])("%s is judged as the original judged it", (name, kinds) => {
    const { history, workload: original } = recordedRun(`kafka-${name}`);
    const verdict = check(new KafkaChecker({ needsFinalPhase: true }), history);
    expect(history.length).toBeGreaterThan(900);
    expect(verdict["error-types"]).toEqual(kinds);
    const figures = ["valid?", "worst-realtime-lag", "bad-error-types", "error-types", "info-txn-causes"];
    for (const figure of figures) expect(field(verdict, figure)).toEqual(original[figure]);
    for (const kind of kinds.filter((each) => each !== "unseen")) {
      const [ours, theirs] = [verdict, original].map((results) => field(results, kind));
      expect(field(ours, "count")).toBe(field(theirs, "count"));
      // Where not all are shown, and many are equally bad, the choice is free.
      const all = errs(theirs).length === field(theirs, "count");
      if (all) expect(errs(ours).map(outline).sort()).toEqual(errs(theirs).map(outline).sort());
      else
        expect(errs(ours).map((each) => field(each, "delta"))).toEqual(
          errs(theirs).map((each) => field(each, "delta")),
        );
    }
    const { time, unseen, messages } = verdict.unseen ?? {};
    expect([time, unseen, messages]).toEqual(
      ["time", "unseen", "messages"].map((part) => plainMap(field(original.unseen, part))),
    );
    expect(verdict.explanation !== undefined).toBe(verdict["valid?"] !== true);
  });
});
