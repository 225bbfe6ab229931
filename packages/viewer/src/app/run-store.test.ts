import type { LiveRun, RunEntry } from "@eddy/workbench/pictures";
import fc from "fast-check";
import { expect, test } from "vitest";
import { neighbours, renewed, stillLive } from "./run-store.ts";

const entry: fc.Arbitrary<RunEntry> = fc.record({
  id: fc.constantFrom("a", "b", "c", "d", "e", "f"),
  workload: fc.constantFrom("echo", "lin-kv"),
  state: fc.constantFrom("complete", "running"),
  operations: fc.nat(2),
});
const entries = fc.uniqueArray(entry, { selector: ({ id }) => id });

test("a new list says what it says, and is the old one wherever nothing has changed", () => {
  fc.assert(
    fc.property(entries, entries, (old, now) => {
      const list = renewed(old, now);
      expect(list).toEqual(now);
      for (const run of list) {
        const before = old.find(({ id }) => id === run.id);
        const same =
          before?.operations === run.operations &&
          before?.state === run.state &&
          before?.workload === run.workload;
        expect(list.includes(before ?? run)).toBe(before === undefined || same);
      }
    }),
  );
});

test("only what the list calls running goes on", () => {
  const live = (id: string): LiveRun => ({
    id,
    workload: "echo",
    now: 0,
    timeLimit: 1,
    counts: { ok: 0, fail: 0, info: 0, open: 0 },
    bins: { width: 1, functions: [], series: [] },
    faults: [],
    errors: [],
    problems: [],
  });
  fc.assert(
    fc.property(entries, fc.uniqueArray(fc.constantFrom("a", "b", "x")), (runs, ids) => {
      const left = stillLive(new Map(ids.map((id) => [id, live(id)])), runs);
      const running = ids.filter((id) => runs.some((run) => run.id === id && run.state === "running"));
      expect([...left.keys()]).toEqual(running);
    }),
  );
});

test("neighbours are of the same workload, next to it by their beginnings, and one another's", () => {
  fc.assert(
    fc.property(entries, (runs) => {
      for (const run of runs) {
        const { older, newer } = neighbours(runs, run.id);
        if (older) {
          expect(older.workload).toBe(run.workload);
          expect(neighbours(runs, older.id).newer).toBe(run);
          const between = runs.slice(runs.indexOf(run) + 1, runs.indexOf(older));
          expect(between.every(({ workload }) => workload !== run.workload)).toBe(true);
        } else {
          expect(runs.findLast(({ workload }) => workload === run.workload)).toBe(run);
        }
        if (newer) expect(neighbours(runs, newer.id).older).toBe(run);
        else expect(runs.find(({ workload }) => workload === run.workload)).toBe(run);
      }
    }),
  );
});

test("a run that is not there has no neighbours", () => {
  const run: RunEntry = { id: "a", workload: "echo", state: "complete" };
  expect(neighbours([run], "b")).toEqual({ older: undefined, newer: undefined });
  expect(neighbours([], "b")).toEqual({ older: undefined, newer: undefined });
});
