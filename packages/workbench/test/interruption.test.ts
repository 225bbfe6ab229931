/** Ctrl-C in mid-run: what was recorded is there, and no node is. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { node, type Running, startEddy } from "./eddy.ts";

/** Starts a long run, and waits until clients have done something. */
async function startRun(bin: string): Promise<Running> {
  const flags = ["--node-count", "2", "--time-limit", "60", "--rate", "50", "--concurrency", "4n"];
  const running = startEddy(["test", "-w", "echo", "--bin", node(bin), ...flags]);
  const history = join(running.cwd, "store", "current", "history.jsonl");
  while (!existsSync(history) || readFileSync(history, "utf8").split("\n").length < 10) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return running;
}

describe.concurrent("a run that is stopped", () => {
  it.each([
    ["SIGINT", 130, "the run was stopped by Ctrl-C"],
    ["SIGTERM", 143, "the run was stopped by SIGTERM"],
    ["SIGHUP", 129, "the run was stopped by SIGHUP"],
  ] as const)("by %s is judged and stored as far as it went", async (signal, code, reason) => {
    const running = await startRun("good.mjs");
    running.child.kill(signal);
    const outcome = await running.outcome;
    expect([outcome.code, outcome.leftBehind]).toEqual([code, []]);
    expect(outcome.stdout).toContain(reason);
    expect(outcome.stdout).toContain("cannot be called good");
    expect(outcome.read("report.html")).toContain("the run cannot be called good");
    expect(outcome.results()).toMatchObject({
      "valid?": "unknown",
      timeline: { "valid?": true },
      interrupted: { "valid?": "unknown", reason },
      workload: { "valid?": true },
    });
    const history = outcome
      .read("history.jsonl")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const begun = history.filter(({ type }) => type === "invoke");
    expect(history).toHaveLength(2 * begun.length);
  });

  it("twice ends at once, and leaves no node", async () => {
    const running = await startRun("ignores-sigterm.mjs");
    running.child.kill("SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 100));
    running.child.kill("SIGINT");
    const outcome = await running.outcome;
    expect([outcome.code, outcome.leftBehind]).toEqual([130, []]);
    expect(outcome.read("history.jsonl")).not.toBe("");
  });

  it("when all operations have ended is what it is, though the nodes take their time to end", async () => {
    const flags = ["--node-count", "1", "--time-limit", "0.5", "--rate", "50", "--grace", "2"];
    const running = startEddy(["test", "-w", "echo", "--bin", node("ignores-sigterm.mjs"), ...flags]);
    const log = join(running.cwd, "store", "current", "node-logs", "n0.log");
    while (!existsSync(log) || !readFileSync(log, "utf8").includes("asked to end")) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    running.child.kill("SIGINT");
    const outcome = await running.outcome;
    expect([outcome.code, outcome.leftBehind]).toEqual([130, []]);
    expect(outcome.results()["valid?"]).toBe(true);
  });

  it("before its nodes are ready says that they were not", async () => {
    const running = startEddy(["test", "-w", "echo", "--bin", node("never-inits.mjs"), "--node-count", "1"]);
    const log = join(running.cwd, "store", "current", "node-logs", "n0.log");
    while (!existsSync(log) || readFileSync(log, "utf8") === "") {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    running.child.kill("SIGINT");
    const outcome = await running.outcome;
    expect([outcome.code, outcome.leftBehind]).toEqual([130, []]);
    expect(outcome.stdout).toContain("none: the nodes did not get ready");
    expect(outcome.results()).toMatchObject({ "valid?": "unknown" });
  });
});
