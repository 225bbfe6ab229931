import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { writeLongRun } from "../../test/long-run.ts";
import { temporaryFolder } from "../../test/simulated-runs.ts";
import { standalonePage } from "./page.ts";
import { readRun } from "./read-run.ts";

/** Bytes that this process has read so far. */
function bytesRead(): number {
  return Number(/^rchar: (\d+)/m.exec(readFileSync("/proc/self/io", "utf8"))?.[1]);
}

it("a report of a million messages stays small, and little of them is read", () => {
  const folder = temporaryFolder();
  writeLongRun(folder, { operations: 125_000, messages: 1_000_000, pace: 80_000 });
  const sizes = ["history.jsonl", "messages.jsonl"].map((name) => statSync(join(folder, name)).size);
  const before = bytesRead();
  const run = readRun(folder, "echo/x");
  const [history = 0, journal = 0] = sizes;
  // The history is read as a whole, and its pieces again; of the journal, its pieces twice, and a little beyond each.
  expect(bytesRead() - before).toBeLessThan(2 * history + 0.4 * journal);
  expect([run.operations.total, run.messages.total]).toEqual([125_000, 1_000_000]);
  expect(run.operations.spans).toHaveLength(50);
  expect(run.messages.spans).toHaveLength(50);
  for (const [columns, least, most] of [
    [run.operations.start, 99_900, 100_000],
    [run.messages.sent, 99_900, 100_000],
  ] as const) {
    expect(columns.length).toBeGreaterThan(least);
    expect(columns.length).toBeLessThanOrEqual(most);
  }
  expect(run.messages.fate).not.toMatch(/[^a]/);
  expect(run.operations.ending).not.toMatch(/[^o]/);
  // The pieces are evenly spread over the run.
  for (const [i, { from }] of (run.messages.spans ?? []).entries())
    expect(Math.abs(from - (i * run.end) / 50)).toBeLessThan(1000);
  expect(standalonePage(run, "report").length).toBeLessThan(8_000_000);
});
