import { expect, it } from "vitest";
import type { Results } from "../checkers/judge.ts";
import type { Tested } from "./explanations.ts";
import { describeProblem } from "./problem.ts";
import { progressLine } from "./progress.ts";
import { colourStyle, plainStyle } from "./style.ts";
import { summary } from "./summary.ts";

const tested: Tested = { workload: { meaning: "it works" }, availability: "total" };

const counts = { count: 3, "ok-count": 2, "fail-count": 0, "info-count": 1 };
const traffic = { "send-count": 5, "recv-count": 4, "msg-count": 5, "by-type": { echo: 3, echo_ok: 2 } };
const none = { "send-count": 0, "recv-count": 0, "msg-count": 0, "by-type": {} };

const results: Results = {
  exceptions: { "valid?": true },
  stats: {
    "valid?": true,
    ...counts,
    "by-f": { echo: { "valid?": true, ...counts } },
    latency: { p50: 0.5, p95: 12.34, p99: 123.4, max: 1234.5 },
  },
  availability: { "valid?": false, "ok-fraction": 2 / 3 },
  net: {
    "valid?": true,
    all: { ...traffic, "msgs-per-op": 5 / 3 },
    clients: traffic,
    servers: none,
  },
  nodes: { "valid?": true },
  workload: { "valid?": false, explanation: Array.from({ length: 7 }, (_, i) => `finding ${i}\u001b[2J`) },
  "valid?": false,
};

it("tells what happened, what it was checked for, and where it is stored", () => {
  expect(summary(tested, results, "store/echo/x (also store/latest)", plainStyle).split("\n")).toEqual([
    "Operations   2 ok, 0 fail, 1 info",
    "             fail: did not happen; info: nobody knows whether it did",
    "  latency    p50 0.50 ms, p95 12.3 ms, p99 123 ms, max 1235 ms",
    "",
    "Messages     5, 1.67 for each operation",
    "  clients    5: 3 echo, 2 echo_ok",
    "  servers    none among themselves",
    "",
    "Checks",
    "  ✓ stats         every kind of operation succeeded at least once",
    "  ✗ availability  66.66 % of the operations ended ok, all was asked for",
    "  ✓ exceptions    every reply could be understood",
    "  ✓ net           5 messages sent, 4 received",
    "  ✓ nodes         every node kept to the protocol",
    "  ✗ workload      finding 0\ufffd[2J",
    ...[1, 2, 3, 4, 5].map((i) => `                  finding ${i}\ufffd[2J`),
    "                  … and 1 more in results.json",
    "",
    "Results      :valid? false",
    "             store/echo/x (also store/latest)",
    "",
    "Analysis invalid! (ﾉಥ益ಥ）ﾉ ┻━┻",
  ]);
});

it("tells how long a set took to become stable", () => {
  const latencies = new Map([0, 0.5, 0.95, 0.99, 1].map((part) => [part, 1000 * part]));
  const workload = { "valid?": true, "stable-latencies": latencies } as const;
  const text = summary(tested, { ...results, workload }, "x", plainStyle);
  expect(text).toContain("it works\n");
  // As it is when it has been in a file.
  const stored = { "valid?": true, "stable-latencies": Object.fromEntries(latencies) } as const;
  expect(summary(tested, { ...results, workload: stored }, "x", plainStyle)).toBe(text);
  expect(text).toContain("stable after: min 0 ms, p50 500 ms, p95 950 ms, p99 990 ms, max 1000 ms");
});

it("says where the pictures are, or what kept them from being drawn", () => {
  const drawn = { "valid?": true } as const;
  const good = summary(tested, { ...results, perf: drawn, timeline: drawn }, "x", plainStyle);
  expect(good).toContain(
    "\n             x\n             report.html there shows what happened; eddy serve shows all runs\n",
  );
  expect(good).not.toMatch(/ (?:perf|timeline) /);
  const failed = { "valid?": "unknown", error: "no ink\u001b" } as const;
  const bad = summary(tested, { ...results, perf: drawn, timeline: failed }, "x", plainStyle);
  expect(bad).toContain("Checks\n  ? timeline      not all could be drawn: no ink\ufffd\n  ✓ stats");
  expect(bad).not.toContain("report.html");
});

it("says nothing of what was not judged", () => {
  const conduct: Results = { nodes: { "valid?": true }, "valid?": "unknown" };
  const text = summary(tested, conduct, "x", plainStyle);
  expect(text).toContain("none: the nodes did not get ready");
  expect(text).not.toMatch(/stats|availability|workload|Messages/);
  expect(text.split("\n").at(-1)).toBe("No anomaly was found, but the run cannot be called good. ಠ~ಠ");
});

it("shows a problem with what proves it, and steers no terminal", () => {
  const problem = {
    node: "n0",
    kind: "not-a-message",
    time: 1_500_000_000,
    message: "n0 printed \u001b[31mred\nmore",
    evidence: ["evidence", "\u009b31m"],
    advice: "Print logs to stderr.",
  } as const;
  expect(describeProblem(problem, plainStyle).split("\n")).toEqual([
    "✗ n0 printed \ufffd[31mred (at 1.500 s)",
    "  more",
    "",
    "      evidence",
    "      \ufffd31m",
    "",
    "  Print logs to stderr.",
  ]);
  expect(describeProblem(problem, colourStyle)).toContain("\u001b[31m✗");
});

it("tells how far a test is", () => {
  const state = { elapsed: 2, limit: 10, ok: 7, fail: 1, info: 2 };
  expect(progressLine(state)).toBe("  2.0 s   7 ok   1 fail   2 info   5.0 a second   8.0 s left");
  expect(progressLine({ ...state, elapsed: 11 })).toMatch(/the time is up, the run comes to its end$/);
  expect(progressLine({ ...state, elapsed: 0 })).toMatch(/ 0\.0 a second/);
});
