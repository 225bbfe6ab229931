import { expect, it } from "vitest";
import { findingsByOperation } from "./found-by-checks.ts";
import { sampleOperations } from "./sample-run.ts";

it("finds for each operation the findings that name it, once each, and nothing of checks that passed", () => {
  const operations = sampleOperations([
    { from: 1.25e9, to: 1.5e9 },
    { from: 2e9, to: 2.125e9 },
  ]);
  const first = "5 was lost: n0 acknowledged it (process 0, at 1.500 s); process 0 did so at 1.500 s";
  const second = "n1 read it (process 1, at 2.125 s), and n0 (process 0, at 1.500 s)";
  const found = findingsByOperation({
    operations,
    checks: [
      { name: "stats", valid: true, findings: [second] },
      { name: "workload", valid: false, findings: [first, second, "nothing that has a name"] },
      { name: "net", valid: "unknown", findings: ["(process 7, at 1.500 s)"] },
    ],
  });
  expect([...found]).toEqual([
    [0, [first, second].map((finding) => ({ check: "workload", finding }))],
    [1, [{ check: "workload", finding: second }]],
  ]);
});
