/** Nodes that would bring a careless workbench down: the run has a verdict, nothing is left, and memory is bounded. */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { eddy, node, processesWith, startEddy } from "./eddy.ts";

/** MiB that a run may use; one without such nodes takes 60. */
const memoryBound = 400;

function test(bin: string, ...flags: readonly string[]) {
  return eddy("test", "-w", "echo", "--bin", bin, "--time-limit", "3", "--rate", "20", ...flags);
}

describe.concurrent("a node", () => {
  it("that floods the network at full speed is taken, and the others get their turn", async () => {
    const outcome = await test(node("floods.mjs"), "--node-count", "2");
    expect([outcome.code, outcome.leftBehind]).toEqual([0, []]);
    expect(outcome.peakMemory).toBeLessThan(memoryBound);
    const { servers } = Object(outcome.results().net);
    expect(servers["recv-count"]).toBeGreaterThan(10_000);
  });

  it("that floods stdout with what is no message is told so once", async () => {
    const outcome = await test("/usr/bin/yes", "--node-count", "1");
    expect([outcome.code, outcome.leftBehind]).toEqual([1, []]);
    expect(outcome.peakMemory).toBeLessThan(memoryBound);
    const { problems } = Object(outcome.results().nodes);
    expect(problems).toMatchObject([{ kind: "not-a-message", evidence: ["y"] }, { kind: "no-init" }]);
    expect(problems[0].count).toBeGreaterThan(1000);
  });

  it("that prints a line without end is told so", async () => {
    const outcome = await test("/bin/cat", "--node-count", "1", "--", "/dev/zero");
    expect([outcome.code, outcome.leftBehind]).toEqual([1, []]);
    expect(outcome.peakMemory).toBeLessThan(memoryBound);
    expect(outcome.stderr).toContain("it is longer than 67108864 bytes");
  });

  it("that cannot be started for want of file descriptors is told so", async () => {
    const flags = ["--node-count", "60", "--time-limit", "1"];
    const outcome = await startEddy(["test", "-w", "echo", "--bin", node("good.mjs"), ...flags], {
      before: "ulimit -n 128",
    }).outcome;
    // Either a node could not be started, or its log could not be opened.
    expect([1, 255]).toContain(outcome.code);
    expect(outcome.leftBehind).toEqual([]);
    expect(outcome.stderr).toContain("Too many files are open: allow more with ulimit -n.");
  });

  it("that answers with very long replies has a verdict", async () => {
    const outcome = await test(node("answers-at-length.mjs"), "--node-count", "1", "--rate", "4");
    expect([outcome.code, outcome.leftBehind]).toEqual([1, []]);
    expect(outcome.stdout.length).toBeLessThan(20_000);
    expect(outcome.results()).toMatchObject({ workload: { "valid?": false } });
  });

  it("that does not read loses what does not fit, and stalls nobody else", async () => {
    const outcome = await test(node("stops-reading.mjs"), "--node-count", "3", "--time-limit", "8");
    expect([outcome.code, outcome.leftBehind]).toEqual([1, []]);
    expect(outcome.stderr).toContain(
      "n0 reads too slowly, or too much is on its way: some of what is sent to it is lost",
    );
    expect(outcome.peakMemory).toBeLessThan(memoryBound);
    const drops = outcome.read("messages.jsonl").match(/"dest":"n0","why":"full"/g) ?? [];
    expect(drops.length).toBeGreaterThan(100);
  });
});

describe.concurrent("kill -9 of the workbench", () => {
  /** Starts a run of these nodes, kills the workbench when clients have done something, and waits for the nodes to go. */
  async function kill(bin: string) {
    const flags = ["--node-count", "3", "--time-limit", "60", "--rate", "50"];
    const running = startEddy(["test", "-w", "echo", "--bin", node(bin), ...flags]);
    const run = join(running.cwd, "store", "current");
    const history = join(run, "history.jsonl");
    while (!existsSync(history) || readFileSync(history, "utf8").split("\n").length < 20) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    running.child.kill("SIGKILL");
    for (let patience = 50; patience > 0 && processesWith(running.mark).length > 0; patience--) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const left = processesWith(running.mark);
    return { ...(await running.outcome), run, history, left };
  }

  it.each(["ignores-sigterm.mjs", "leaves-a-daemon.mjs", "starts-another.sh"])(
    "leaves no process of %s, and a store that can be judged",
    async (bin) => {
      const { left, run, history } = await kill(bin);
      expect(left).toEqual([]);
      const check = await eddy("check", run);
      expect(check.code).toBe(2);
      expect(check.stdout).toMatch(/Operations {3}\d+ ok, 0 fail, 0 info/);
      expect(check.stdout).toContain("the run did not come to its end");
      // A line that was being written counts for nothing.
      appendFileSync(history, '{"index":99999,"time":1,"type":"inv');
      expect((await eddy("check", run)).stdout).toBe(check.stdout);
    },
  );
});
