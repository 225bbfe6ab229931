import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it, onTestFinished } from "vitest";
import type { NodeLog } from "../pictures/run-data.ts";
import { type LogLimits, readNodeLogs } from "./node-logs.ts";

const limits: LogLimits = { logLines: 1000, logBytes: 100_000 };

function logs(files: Readonly<Record<string, string>>, some: Partial<LogLimits> = {}): NodeLog[] {
  const folder = mkdtempSync(join(tmpdir(), "eddy-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return readNodeLogs(folder, ["n0", "n1"], { ...limits, ...some }, Date.UTC(2026, 0, 1), 1e10);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it("gives the logs of nodes in their order, and what else lies there", () => {
  const files = {
    "extra.log": "x\n",
    "n1.log": "00:00:02.000 one\r\ntwo\n\n",
    "n0.log": "",
    "notes.txt": "",
  };
  expect(logs(files)).toEqual([
    { node: "n0", lines: [], times: [], leftOut: 0, leftOutAfter: 0 },
    {
      node: "n1",
      lines: ["00:00:02.000 one", "two", ""],
      times: [2e9, 2e9, 2e9],
      leftOut: 0,
      leftOutAfter: 3,
    },
    { node: "extra", lines: ["x"], times: [-1], leftOut: 0, leftOutAfter: 1 },
  ]);
});

it("of a long log has its beginning and its end, and says how many lines are missing", () => {
  const line = fc.string({ unit: fc.constantFrom("a", "é", " ", "😀"), maxLength: 30 });
  const lines = fc.array(line, { maxLength: 300, size: "max" });
  fc.assert(
    fc.property(
      lines,
      fc.integer({ min: 2, max: 50 }),
      fc.nat(2000),
      fc.boolean(),
      (lines, most, bytes, whole) => {
        const text = lines.join("\n") + (whole ? "\n" : "");
        const all = text.split("\n").slice(0, text.endsWith("\n") || text === "" ? -1 : undefined);
        const [log] = logs({ "n0.log": text }, { logLines: most, logBytes: bytes });
        const { lines: shown = [], leftOut = 0, leftOutAfter = 0, times = [] } = log ?? {};
        expect(times).toHaveLength(shown.length);
        expect(shown.length + leftOut).toBe(all.length);
        expect(shown.length).toBeLessThanOrEqual(most);
        expect(shown.slice(leftOutAfter)).toEqual(all.slice(leftOutAfter + leftOut));
        // Of a line that is longer than all that is allowed, there is as much.
        const head = shown.slice(0, leftOutAfter);
        if (head.length > 1) expect(head).toEqual(all.slice(0, head.length));
        if (all.length <= most && Buffer.byteLength(text) <= bytes) expect(leftOut).toBe(0);
      },
    ),
    { numRuns: 300 },
  );
});

it("gives no line after what is left out the time of one before", () => {
  const lines = ["00:00:01.000 up", ..."abcdefgh", "00:00:05.000 down"];
  const [log] = logs({ "n0.log": lines.join("\n") }, { logLines: 6 });
  expect(log?.times).toEqual([1e9, 1e9, 1e9, -1, -1, 5e9]);
  const [whole] = logs({ "n0.log": lines.join("\n") });
  expect(whole?.times).toEqual([...Array(9).fill(1e9), 5e9]);
});

it("cuts a line that is very long, and follows no links", () => {
  const [log] = logs({ "n0.log": `${"x".repeat(50_000)}\nlast\n` });
  expect(log?.lines).toEqual([`${"x".repeat(1000)}…`, "last"]);
  const folder = mkdtempSync(join(tmpdir(), "eddy-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  symlinkSync("/etc/passwd", join(folder, "n0.log"));
  mkdirSync(join(folder, "n1.log"));
  expect(readNodeLogs(folder, ["n0", "n1"], limits, 0, 1e10)).toEqual([]);
  expect(readNodeLogs(join(folder, "none"), ["n0", "n1"], limits, 0, 1e10)).toEqual([]);
});
