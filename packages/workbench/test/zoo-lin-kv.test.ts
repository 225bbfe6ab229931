/**
 * The zoo of the workload lin-kv: servers that are right, and servers that are wrong in one way each, tested with the real
 * command. The wrong ones are found, and the explanation names operations of the history that contradict each other.
 */
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { eddy, type Outcome } from "./eddy.ts";

/** Runs the server of the zoo in one of its ways. */
async function run(way: string, flags = ""): Promise<Outcome> {
  const bin = fileURLToPath(new URL("zoo/lin-kv.mjs", import.meta.url));
  const common = "--node-count 3 --time-limit 5 --rate 100 --concurrency 2n --seed 5".split(" ");
  const own = flags.split(" ").filter((flag) => flag !== "");
  const outcome = await eddy("test", "-w", "lin-kv", "--bin", bin, ...common, ...own, "--", way);
  expect(outcome.leftBehind).toEqual([]);
  return outcome;
}

function explanationOf({ results }: Outcome): readonly string[] {
  const { workload } = results();
  const fields: Record<string, unknown> = Object.fromEntries(Object.entries(workload ?? {}));
  return Array.isArray(fields.explanation) ? fields.explanation.map(String) : [];
}

/** An operation as a line tells it: `… by process 3 on n1, from 1.234 s to 1.250 s`. */
const told =
  /(reading|writing|setting|read|write|cas)?\b[^:;]*? by process (\d+) on (n\d), from ([\d.]+) s to ([\d.]+) s/g;

/** The operations that a line tells, each as those of the history that are meant by it. */
function operations(line: string, { lines }: Outcome) {
  const history = lines("history.jsonl");
  return [...line.matchAll(told)].map(([words, , process, node, from, to]) => {
    const own = history.filter((each) => String(each.process) === process && each.node === node);
    const at = (time: unknown) => (Number(time) / 1e9).toFixed(3);
    const meant = own.filter((each, i) => {
      const end = own[i + 1];
      return each.type === "invoke" && at(each.time) === from && end?.type === "ok" && at(end.time) === to;
    });
    return { words, meant };
  });
}

describe.concurrent("a good server", () => {
  it.each([
    "",
    "--node-count 1 --concurrency 1 --latency 10",
    "--concurrency 4n --latency 20 --latency-dist exponential",
    "--nemesis partition --nemesis-interval 1 --latency 5",
  ])("is found valid %s", async (flags) => {
    const { code, stdout, lines } = await run("good", flags);
    expect([code, stdout]).toEqual([0, expect.stringContaining("Everything looks good!")]);
    const history = lines("history.jsonl");
    for (const f of ["read", "write", "cas"])
      expect(history.some((each) => each.f === f && each.type === "ok")).toBe(true);
  });
});

describe.concurrent("a server that is wrong", () => {
  it.each([
    ["caches", "reads what was overwritten before they began"],
    ["loses", "forgets writes"],
    ["races", "has a cas that is not atomic"],
    ["goes-back", "reads what was there before"],
    ["splits", "has a register on each node"],
  ])("(%s) because it %s is found", async (way) => {
    const outcome = await run(way);
    expect(outcome.code).toBe(1);
    expect(outcome.stdout).toContain("Analysis invalid!");
    const explanation = explanationOf(outcome);
    expect(explanation[0]).toMatch(/^key \d+: no order of the operations explains /);
    expect(outcome.stdout).toContain(explanation[0]);
    const named = explanation.flatMap((line) => operations(line, outcome));
    expect(named.length).toBeGreaterThan(1);
    for (const { words, meant } of named) expect([words, meant.length > 0]).toEqual([words, true]);
  });
});
