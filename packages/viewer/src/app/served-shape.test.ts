import type { LiveRun, RunEntry } from "@eddy/workbench/pictures";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isFileList, isLiveRun, isRefusal, isRunEntry, isRunList, parsed } from "./served-shape.ts";

const entry: Required<RunEntry> = {
  id: "echo/x",
  workload: "echo",
  state: "complete",
  valid: "unknown",
  start: "2026-11-25T03:53:59.134Z",
  duration: 1,
  operations: 2,
  seed: 3,
  nodes: 4,
  nemesis: ["kill"],
  remark: "",
};

const live: LiveRun = {
  id: "echo/x",
  workload: "echo",
  now: 1,
  timeLimit: 10,
  counts: { ok: 1, fail: 2, info: 3, open: 4 },
  bins: { width: 1, functions: [], series: [] },
  faults: [{ fault: "kill", from: 0, text: "kill n0" }],
  errors: [{ time: 1, process: 0, f: "echo", node: "n0", ending: "f", text: "no" }],
  problems: ["n0 said what it must not"],
};

const optionalFields = ["valid", "start", "duration", "operations", "seed", "nodes", "nemesis", "remark"];

test.each(Object.keys(entry))("an entry's %s is looked at", (field) => {
  expect(isRunEntry(entry)).toBe(true);
  for (const other of [null, {}, ["x", 1], "nonsense", 1.5, true]) {
    const changed = { ...entry, [field]: other };
    const kind = typeof Reflect.get(entry, field);
    const fits = typeof other === kind && field !== "state" && !(field === "nemesis" || field === "valid");
    expect(isRunEntry(changed), `${other}`).toBe(fits || (field === "valid" && other === true));
  }
  const { [field]: _, ...without }: Record<string, unknown> = entry;
  expect(isRunEntry(without)).toBe(optionalFields.includes(field));
});

test.each(Object.keys(live))("a live run's %s is looked at", (field) => {
  expect(isLiveRun(live)).toBe(true);
  for (const other of [null, { x: 1 }, [{}], true, undefined])
    expect(isLiveRun({ ...live, [field]: other }), `${other}`).toBe(false);
});

test("an operation in error ended fail or info, and nothing else", () => {
  const [error] = live.errors;
  const ending = (letter: string) => isLiveRun({ ...live, errors: [{ ...error, ending: letter }] });
  expect(["f", "i", "o", ""].map(ending)).toEqual([true, true, false, false]);
});

test("lists hold what they should, all of it", () => {
  expect(isRunList({ store: "store", runs: [entry, entry] })).toBe(true);
  expect(isRunList({ store: "store", runs: [entry, { ...entry, state: "new" }] })).toBe(false);
  expect(isRunList({ runs: [] })).toBe(false);
  expect(
    isFileList([
      { path: "a", size: 0 },
      { path: "", size: 0, remark: "there is more" },
    ]),
  ).toBe(true);
  for (const wrong of [{}, [{ path: "a" }], [{ size: 1 }], [{ path: "", size: 0, remark: 1 }], [null]])
    expect(isFileList(wrong)).toBe(false);
});

test("any text is either understood or not, and nothing is thrown", () => {
  const guards = [isRunList, isFileList, isLiveRun, isRefusal, isRunEntry];
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      for (const guard of guards) {
        const value = parsed<unknown>(text, guard);
        if (value !== undefined) expect(value).toEqual(JSON.parse(text));
      }
    }),
  );
  expect(parsed('{"error":"it is still running"}', isRefusal)).toEqual({ error: "it is still running" });
  for (const text of ["", "{", '{"error":1}', "null"]) expect(parsed(text, isRefusal)).toBeUndefined();
});
