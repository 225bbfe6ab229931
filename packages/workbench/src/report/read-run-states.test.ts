import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { copyOf, linesOf, simulated } from "../../test/simulated-runs.ts";
import type { Operation } from "../history/operation.ts";
import { UnreadableFile } from "../store/json-lines.ts";
import { readRun } from "./read-run.ts";

const id = "echo/x";
const { folder: plain } = await simulated({
  nemesis: { faults: ["kill", "loss", "duplicate"], interval: 4 },
});

describe("a run without results", () => {
  const names = ["history.jsonl", "messages.jsonl"];

  it("is read as far as it got, wherever its files are cut off", () => {
    const folder = copyOf(plain);
    rmSync(join(folder, "results.json"));
    const { pid, ...test } = JSON.parse(readFileSync(join(folder, "test.json"), "utf8"));
    expect(pid).toBe(process.pid);
    writeFileSync(join(folder, "test.json"), JSON.stringify(test));
    const original = names.map((name) => readFileSync(join(folder, name)));
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(400), (part, more) => {
        for (const [i, bytes] of original.entries()) {
          const length = Math.min(bytes.length, Math.floor(part * bytes.length) + i * more);
          writeFileSync(join(folder, names[i] ?? ""), bytes.subarray(0, length));
        }
        for (const limits of [{}, { operations: 50, messages: 50 }]) {
          const run = readRun(folder, id, limits);
          expect([run.state, run.valid, run.checks]).toEqual(["unfinished", undefined, []]);
          const begun = linesOf(folder, "history.jsonl").filter(isBeginning).length;
          expect(run.operations.total).toBe(begun);
          const times = names.map((name) => Number(linesOf(folder, name).at(-1)?.time ?? 0));
          expect(run.end).toBe(Math.max(1e6, ...times));
          for (const [row, ending] of [...run.operations.ending].entries())
            expect(ending === "?").toBe(run.operations.end[row] === -1);
          if (begun > 300) expect(run.operations.start.length > 0).toBe(true);
        }
      }),
      { numRuns: 25 },
    );
    for (const name of names) rmSync(join(folder, name));
    expect(readRun(folder, id)).toMatchObject({ operations: { total: 0 }, messages: { total: 0 }, end: 1e6 });
  });

  it("goes on as long as its process does", () => {
    const folder = copyOf(plain);
    rmSync(join(folder, "results.json"));
    expect(readRun(folder, id).state).toBe("running");
    const test = JSON.parse(readFileSync(join(folder, "test.json"), "utf8"));
    writeFileSync(join(folder, "test.json"), JSON.stringify({ ...test, born: `${test.born}1` }));
    expect(readRun(folder, id).state).toBe("unfinished");
  });

  function isBeginning({ type }: Partial<Operation>): boolean {
    return type === "invoke";
  }
});

it("the clock of a run tells when a line of a log was written", () => {
  const folder = copyOf(plain);
  const test = JSON.parse(readFileSync(join(folder, "test.json"), "utf8"));
  expect([test.start, test.elapsed]).toEqual(["2000-01-01T00:00:00.000Z", 0]);
  writeFileSync(join(folder, "test.json"), JSON.stringify({ ...test, elapsed: 2e9 }));
  writeFileSync(join(folder, "node-logs", "n0.log"), `${test.start} up\n2000-01-01T00:00:03Z on\n`);
  expect(readRun(folder, id).logs[0]?.times).toEqual([2e9, 5e9]);
});

const counts = '"count": 1, "ok-count": 1, "fail-count": 0, "info-count": 0';

describe("what is damaged", () => {
  it.each([
    ["test.json", "{}"],
    ["test.json", "half of it"],
    ["results.json", '{"valid?": "perhaps"}'],
    ["results.json", '{"valid?": true, "stats": {"valid?": true, "by-f": 3}}'],
    ["results.json", `{"valid?": true, "stats": {"valid?": true, ${counts}, "by-f": {"echo": 3}}}`],
    ["results.json", '{"valid?": true, "workload": {"valid?": true, "explanation": "all"}}'],
    ["results.json", '{"valid?": true, "nodes": {"valid?": false, "problems": [{}]}}'],
    ["results.json", '{"valid?": true, "exceptions": {"valid?": false, "exceptions": [{"count": 1}]}}'],
    ["results.json", '{"valid?": true, "interrupted": {"valid?": "unknown"}}'],
    ["results.json", '{"valid?": true, "perf": {"valid?": "unknown", "error": 5}}'],
    ["results.json", '{"valid?": true, "net": {"valid?": true, "all": {}}}'],
    ["results.json", ""],
  ])("%s %s is named", (name, text) => {
    const folder = copyOf(plain);
    writeFileSync(join(folder, name), text);
    expect(() => readRun(folder, id)).toThrow(UnreadableFile);
    expect(() => readRun(folder, id)).toThrow(name);
  });

  it.each(["history.jsonl", "messages.jsonl"])("a line of %s is named by its place", (name) => {
    const folder = copyOf(plain);
    const file = join(folder, name);
    const all = readFileSync(file, "utf8");
    const middle = all.indexOf("\n", all.length / 2) + 1;
    writeFileSync(file, `${all.slice(0, middle)}\0\0\0\n${all.slice(middle)}`);
    expect(() => readRun(folder, id)).toThrow(UnreadableFile);
    expect(() => readRun(folder, id)).toThrow(`${name} cannot be read: what stands at byte`);
    rmSync(file);
    expect(() => readRun(folder, id)).toThrow(`${name} cannot be read`);
  });

  it("a folder that is none is no run", () => {
    expect(() => readRun(join(plain, "no-such-folder"), id)).toThrow(UnreadableFile);
  });
});
