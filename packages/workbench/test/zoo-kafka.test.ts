/**
 * The zoo of the workload kafka: servers that are right, and servers that are wrong in one way each, tested with the real
 * command. The wrong ones are found, and the explanation names operations of the history that contradict each other.
 */
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { eddy, type Outcome } from "./eddy.ts";

/** Runs the server of the zoo in one of its ways. */
async function run(way: string, flags = ""): Promise<Outcome> {
  const bin = fileURLToPath(new URL("zoo/kafka.mjs", import.meta.url));
  const common = "--node-count 2 --time-limit 4 --rate 60 --concurrency 2n --seed 3 --key-count 3".split(" ");
  const own = flags.split(" ").filter((flag) => flag !== "");
  const outcome = await eddy("test", "-w", "kafka", "--bin", bin, ...common, ...own, "--", way);
  expect(outcome.leftBehind).toEqual([]);
  return outcome;
}

interface Judged {
  readonly kinds: readonly unknown[];
  readonly explanation: readonly string[];
}

function judgement({ results }: Outcome): Judged {
  const { workload } = results();
  const fields: Record<string, unknown> = Object.fromEntries(Object.entries(workload ?? {}));
  const { "error-types": kinds, explanation } = fields;
  return {
    kinds: Array.isArray(kinds) ? kinds : [],
    explanation: Array.isArray(explanation) ? explanation.map(String) : [],
  };
}

/**
 * The operations that a line names, as in `n1 gave 5 … (process 3, at 1.234 s)`: for each of its claims those of the history
 * that ended at that time, by that process, on that node.
 */
function claims(line: string, { lines }: Outcome) {
  const history = lines("history.jsonl");
  const found = [
    ...line.matchAll(/(n\d) (gave |acknowledged )?[^;]*?\(process (\d+), at ([\d.]+) s[^)]*\)/g),
  ];
  return found.map(([claim, node, did = "gave ", process, time]) => ({
    claim,
    operations: history.filter(
      (each) =>
        each.node === node &&
        String(each.process) === process &&
        (Number(each.time) / 1e9).toFixed(3) === time &&
        each.type === "ok" &&
        each.f === (did === "gave " ? "poll" : "send"),
    ),
  }));
}

describe.concurrent("a good server", () => {
  it.each([
    ["", "good"],
    ["--latency 20 --rate 100", "good"],
    ["--max-writes-per-key 3 --nemesis partition --nemesis-interval 1", "good"],
  ])("is found valid %s", async (flags, way) => {
    const { code, stdout, lines, results } = await run(way, flags);
    expect([code, stdout]).toEqual([0, expect.stringContaining("Everything looks good!")]);
    const history = lines("history.jsonl");
    for (const f of ["send", "poll", "assign"])
      expect(history.some((each) => each.f === f && each.type === "ok")).toBe(true);
    // A crash is nobody's fault, and the client that takes its place has another process.
    const crashes = history.filter(({ f, type }) => f === "crash" && type !== "invoke");
    expect(crashes.length).toBeGreaterThan(3);
    for (const { index, process, type, error } of crashes) {
      expect([type, error]).toEqual(["info", undefined]);
      expect(history.slice(Number(index) + 1).some((each) => each.process === process)).toBe(false);
    }
    expect(results()).toMatchObject({ stats: { "valid?": true, "by-f": { crash: { "ok-count": 0 } } } });
  });
});

describe.concurrent("a server that is wrong", () => {
  it.each([
    ["reuses", "inconsistent-offsets", /^offset \d+ of key \w+ holds 2 messages: /],
    [
      "loses",
      "lost-write",
      /^message \d+ of key \w+ is lost: n\d acknowledged it at offset \d+ .* but nobody was ever given \d+$/,
    ],
    ["repeats", "duplicate", /^message \d+ of key \w+ is in the log 2 times: /],
    ["cuts", "unseen", /^nobody was ever given .* of key \w+: n\d acknowledged \d+ /],
    ["skips", "int-poll-skip", /gave \d+ \(offset \d+\) and then \d+ .* in one poll .*, leaving out \d+/],
    [
      "rewinds",
      "nonmonotonic-poll",
      /in that process's next poll of the key \(process \d+, at [\d.]+ s[^)]*\): the same again$/,
    ],
    ["swaps", "int-nonmonotonic-poll", /in one poll \(process \d+, at [\d.]+ s[^)]*\): back in the log$/],
    ["splits", "inconsistent-offsets", /^offset \d+ of key \w+ holds 2 messages: n\d (gave|acknowledged) /],
  ])("because it %s is found, as %s", async (way, kind, words) => {
    const outcome = await run(way);
    expect(outcome.code).toBe(1);
    expect(outcome.stdout).toContain("Analysis invalid!");
    const { kinds, explanation } = judgement(outcome);
    expect(kinds).toContain(kind);
    const lines = explanation.filter((line) => words.test(line));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const named = claims(line, outcome);
      expect(named.length).toBeGreaterThan(0);
      const key = /key (\w+)/.exec(line)?.[1];
      for (const { claim, operations } of named)
        expect([claim, JSON.stringify(operations)]).toEqual([claim, expect.stringContaining(`"${key}"`)]);
    }
    // Whoever looks at the terminal sees the worst of it.
    expect(outcome.stdout).toContain(explanation[0]);
  });
});
