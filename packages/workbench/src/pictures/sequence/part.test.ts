import { describe, expect, it } from "vitest";
import { JournalWriter, nodeNames, runOf } from "../../../test/journals.ts";
import type { RunData } from "../run-data.ts";
import { partOf } from "./part.ts";

const ms = 1_000_000;

function allRows({ messages }: RunData): number[] {
  return [...messages.id.keys()];
}

describe("the part of the messages that is shown", () => {
  const writer = new JournalWriter();
  for (let i = 0; i < 500; i++) writer.pass(i * ms, "c1", "n0", { type: "echo", msg_id: i });
  const run = runOf(writer.columns(), nodeNames);
  const finding = (valid: boolean, text: string): Pick<RunData, "checks"> => ({
    checks: [{ name: "workload", valid, findings: [text] }],
  });

  it("is all of them, or the beginning", () => {
    expect(partOf(run, 500)).toEqual({ rows: allRows(run) });
    expect(partOf(run, 20).rows).toEqual(allRows(run).slice(0, 20));
  });

  it("is around what a check names first, if it found something wrong", () => {
    const wrong = "2 is lost: n4 acknowledged it (process 4, at 0.919 s, messages 300 and 301)";
    const { rows, named } = partOf({ ...run, ...finding(false, wrong) }, 20);
    expect(named).toBe(300);
    expect(rows).toHaveLength(20);
    expect(rows.indexOf(300)).toBe(10);
    expect(partOf({ ...run, ...finding(true, wrong) }, 20).named).toBeUndefined();
    expect(partOf({ ...run, ...finding(false, wrong.replace("300 and", "499 and")) }, 20).rows.at(-1)).toBe(
      499,
    );
  });

  it("is around the messages of the operation that is named, where no messages are", () => {
    const operations = {
      ...run.operations,
      process: [4],
      start: [0.9 * 1e9],
      end: [0.919 * 1e9],
      messages: [[200, 201]],
    };
    const named = { ...run, operations, ...finding(false, "n4 did it (process 4, at 0.919 s)") };
    expect(partOf(named, 20).named).toBe(200);
    expect(partOf({ ...named, operations: run.operations }, 20).named).toBeUndefined();
  });
});
