import type { RunEntry } from "@eddy/workbench/pictures";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  columns,
  counted,
  found,
  listed,
  newestFirst,
  queryOf,
  type RunQuery,
  searchOf,
  sorted,
} from "./run-query.ts";
import { standingOf, standings } from "./standing.ts";

const workload = fc.constantFrom("echo", "lin-kv", "Echo", "echo-2", "<img src=x onerror=alert(1)>");
const entry: fc.Arbitrary<RunEntry> = fc
  .record(
    {
      folder: fc.string(),
      workload,
      state: fc.constantFrom("complete", "running", "unfinished", "damaged", "foreign"),
      valid: fc.constantFrom<true | false | "unknown">(true, false, "unknown"),
      start: fc.oneof(
        fc
          .date({ noInvalidDate: true, min: new Date(0), max: new Date(1e13) })
          .map((date) => date.toISOString()),
        fc.constant("long ago"),
      ),
      duration: fc.nat(),
      operations: fc.nat(20),
      seed: fc.nat(20),
      nodes: fc.nat(9),
      nemesis: fc.subarray(["partition", "kill"]),
      remark: fc.string(),
    },
    { requiredKeys: ["folder", "workload", "state"] },
  )
  .map(({ folder, ...rest }) => ({ id: `${rest.workload}/${folder}`, ...rest }));
const entries = fc.uniqueArray(entry, { selector: ({ id }) => id, maxLength: 30 });

const query: fc.Arbitrary<RunQuery> = fc.record({
  text: fc.oneof(fc.string(), fc.constantFrom("echo", "kill 1", "valid")),
  workload: fc.option(workload, { nil: undefined }),
  standing: fc.option(fc.constantFrom(...standings), { nil: undefined }),
  sort: fc.constantFrom(...columns),
  descending: fc.boolean(),
});

describe("the address of a list", () => {
  test("says all that there is to say of it", () => {
    fc.assert(
      fc.property(query, (it) => {
        expect(queryOf(searchOf(it))).toEqual(it);
      }),
    );
  });

  test("says nothing where nothing was chosen", () => {
    expect(searchOf(newestFirst)).toBe("");
    expect(queryOf("")).toEqual(newestFirst);
  });

  test("may be nonsense", () => {
    expect(queryOf("?sort=beauty&verdict=great&x=%zz")).toEqual(newestFirst);
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void queryOf(text)));
  });
});

describe("sorting", () => {
  test("loses and makes nothing, and leaves the list as it was", () => {
    fc.assert(
      fc.property(entries, query, (runs, it) => {
        const before = [...runs];
        expect(new Set(sorted(runs, it))).toEqual(new Set(runs));
        expect(runs).toEqual(before);
      }),
    );
  });

  test("puts what is less first, what is more last, or the other way round; and what is not known last", () => {
    const numbers = fc.constantFrom("duration", "operations", "seed", "nodes");
    fc.assert(
      fc.property(entries, numbers, fc.boolean(), (runs, sort, descending) => {
        const values = sorted(runs, { ...newestFirst, sort, descending }).map((run) => run[sort]);
        const known = values.filter((value) => value !== undefined);
        expect(values.slice(0, known.length)).toEqual(known);
        expect(known).toEqual([...known].sort((a, b) => (descending ? b - a : a - b)));
      }),
    );
  });

  test("keeps the order of those that are alike", () => {
    fc.assert(
      fc.property(entries, fc.constantFrom(...columns), fc.boolean(), (runs, sort, descending) => {
        const alike = runs.map((run) => ({ ...run, nodes: 3, operations: 1 }));
        for (const column of ["nodes", "operations"] as const)
          expect(sorted(alike, { ...newestFirst, sort: column, descending })).toEqual(alike);
        const once = sorted(runs, { ...newestFirst, sort, descending });
        expect(sorted(once, { ...newestFirst, sort, descending })).toEqual(once);
      }),
    );
  });

  test.each([
    ["when", ["1970-01-01T00:00:01Z", "1970-01-01T00:00:02+01:00", "1970-01-01T01:00:03+01:00"], [1, 0, 2]],
    ["workload", ["B", "a", "C"], [1, 0, 2]],
  ] as const)("by %s", (sort, values, order) => {
    const runs = values.map(
      (value, at): RunEntry => ({
        id: String(at),
        workload: sort === "workload" ? value : "echo",
        state: "complete",
        start: value,
      }),
    );
    expect(sorted(runs, { ...newestFirst, sort, descending: false }).map(({ id }) => Number(id))).toEqual(
      order,
    );
  });

  test("by verdict has what needs a look first", () => {
    const run = (state: RunEntry["state"], valid?: true | false | "unknown"): RunEntry => ({
      id: `${state} ${valid}`,
      workload: "echo",
      state,
      ...(valid === undefined ? {} : { valid }),
    });
    const runs = [
      run("complete", true),
      run("foreign"),
      run("complete", false),
      run("running"),
      run("unfinished"),
    ];
    const order = sorted(runs, { ...newestFirst, sort: "verdict", descending: false }).map(standingOf);
    expect(order).toEqual(["running", "invalid", "unfinished", "foreign", "valid"]);
  });

  test("by faults has those without any, and not those of which nothing is known, before those with", () => {
    const run = (id: string, nemesis?: readonly string[]): RunEntry => ({
      id,
      workload: "echo",
      state: "complete",
      ...(nemesis && { nemesis }),
    });
    const runs = [run("unknown"), run("some", ["kill"]), run("none", [])];
    const order = sorted(runs, { ...newestFirst, sort: "faults", descending: false }).map(({ id }) => id);
    expect(order).toEqual(["none", "some", "unknown"]);
  });
});

describe("filtering", () => {
  test("finds the runs in which every word occurs, in capitals or not", () => {
    const runs: RunEntry[] = [
      {
        id: "echo/a",
        workload: "echo",
        state: "complete",
        valid: false,
        seed: 77,
        nemesis: ["kill", "pause"],
      },
      { id: "lin-kv/b", workload: "lin-kv", state: "damaged", remark: "Results.json is cut off" },
    ];
    const ids = (text: string): readonly string[] =>
      found(runs, { ...newestFirst, text }).map(({ id }) => id);
    for (const text of ["", " ", "e"]) expect(ids(text)).toEqual(["echo/a", "lin-kv/b"]);
    for (const text of ["ECHO", "invalid", "pause 77", "kill echo/"]) expect(ids(text)).toEqual(["echo/a"]);
    for (const text of ["cut OFF", "damaged", "kv/b"]) expect(ids(text)).toEqual(["lin-kv/b"]);
    for (const text of ["echo damaged", "78", "echo\nlin"]) expect(ids(text)).toEqual([]);
  });

  test("by workload and verdict leaves those, and all of those", () => {
    fc.assert(
      fc.property(entries, query, (runs, it) => {
        const shown = new Set(listed(runs, it));
        for (const run of runs) {
          const wanted =
            found([run], { ...it, workload: undefined }).length === 1 &&
            (it.workload === undefined || run.workload === it.workload) &&
            (it.standing === undefined || standingOf(run) === it.standing);
          expect(shown.has(run)).toBe(wanted);
        }
      }),
    );
  });

  test("counts each verdict as it would be listed", () => {
    fc.assert(
      fc.property(entries, query, (runs, it) => {
        const counts = counted(found(runs, it));
        for (const standing of standings)
          expect(listed(runs, { ...it, standing })).toHaveLength(counts.get(standing) ?? 0);
      }),
    );
  });
});
