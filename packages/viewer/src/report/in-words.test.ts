import { describe, expect, it } from "vitest";
import { flattened } from "./flattened.ts";
import { partInWords } from "./part-in-words.ts";
import { sampleMessages, sampleOperations, sampleRun } from "./sample-run.ts";
import { selectionText } from "./selection-text.ts";
import { whatItMeans } from "./what-it-means.ts";

describe("whatItMeans", () => {
  const check = (name: string, valid: true | false | "unknown") => ({ name, valid, findings: [] });
  const checks = [
    check("stats", false),
    check("net", true),
    check("nodes", "unknown"),
    check("workload", false),
  ];

  it("says of a valid run what the workload promises", () => {
    expect(whatItMeans(sampleRun({ valid: true }))).toBe("Every echo came back as it was sent.");
    expect(whatItMeans(sampleRun({ valid: true, meaning: "" }))).toBe("What the clients saw was right.");
  });

  it("does not praise what nobody answered", () => {
    const results = { stats: { "ok-count": 0 } };
    expect(whatItMeans(sampleRun({ valid: true, results }))).toMatch(/^Nothing was answered/);
  });

  it("names the checks that say otherwise", () => {
    expect(whatItMeans(sampleRun({ valid: false, checks }))).toBe(
      "Something happened that must not happen: the checks stats and workload failed.",
    );
    expect(whatItMeans(sampleRun({ valid: "unknown", checks }))).toContain(
      "the check nodes could not be decided",
    );
    expect(whatItMeans(sampleRun({ valid: false }))).toBe("Something happened that must not happen.");
  });

  it("says why nobody has judged it", () => {
    expect(whatItMeans(sampleRun({ state: "running" }))).toContain("going on");
    expect(whatItMeans(sampleRun({ state: "unfinished" }))).toContain("did not come to its end");
  });
});

describe("flattened", () => {
  it("has a row for each value, named by its path", () => {
    const options = {
      timeLimit: 8,
      nodes: ["n0", "n1"],
      args: [],
      nemesis: { faults: ["kill"] },
      none: null,
    };
    expect(flattened(options)).toEqual([
      ["time limit", "8"],
      ["nodes", "n0, n1"],
      ["args", "none"],
      ["nemesis faults", "kill"],
      ["none", "null"],
    ]);
  });
});

describe("partInWords", () => {
  it("says nothing where nothing is missing", () => {
    expect(partInWords("operations", 5, 5, undefined, 1e9)).toBeUndefined();
  });

  it("says how many there are, and when", () => {
    const spans = [
      { from: 0, to: 2e9 },
      { from: 5e9, to: 6e9 },
    ];
    expect(partInWords("operations", 1_000_000, 100_000, spans, 1e10)).toBe(
      "This page holds 100,000 of 1,000,000 operations: all of those from 0.00 s – 2.00 s, 5.00 s – 6.00 s.",
    );
    expect(partInWords("messages", 10, 3, [], 1e10)).toBe("This page holds 3 of 10 messages.");
    const many = Array.from({ length: 9 }, (_, n) => ({ from: n * 1e9, to: n * 1e9 + 1e8 }));
    expect(partInWords("messages", 10, 3, many, 1e10)).toMatch(/ 3\.000 s – 3\.100 s, and 5 more pieces\.$/);
  });
});

describe("selectionText", () => {
  const run = sampleRun({
    operations: {
      ...sampleOperations([
        { from: 1e9, to: 1.5e9 },
        { from: 2e9, to: -1 },
      ]),
      ending: "o?",
    },
    messages: sampleMessages([7]),
  });

  it("tells an operation", () => {
    expect(selectionText(run, { kind: "operation", row: 0 })).toBe(
      'echo "x", process 0 on n0, ok, at 1.000 s, took 500 ms',
    );
    expect(selectionText(run, { kind: "operation", row: 1 })).toBe(
      'echo "x", process 1 on n0, had not ended when the run did, at 2.000 s',
    );
  });

  it("says nothing of a node that nobody knows", () => {
    const elsewhere = sampleRun({ operations: { ...run.operations, node: [-1, -1] } });
    expect(selectionText(elsewhere, { kind: "operation", row: 0 })).toContain(", process 0, ok,");
  });

  it("tells a message, and cuts a body that is long", () => {
    expect(selectionText(run, { kind: "message", row: 0 })).toBe(
      'message 7: echo, from c0 to n0, arrived, sent at 0.000 s, {"type":"echo"}',
    );
    const long = sampleRun({ messages: { ...sampleMessages([7]), body: ["x".repeat(1e6)] } });
    expect(selectionText(long, { kind: "message", row: 0 }).length).toBeLessThan(300);
  });

  it("says something of what is not there", () => {
    expect(selectionText(run, { kind: "operation", row: 9 })).toContain("process ?");
    expect(selectionText(run, { kind: "message", row: 9 })).toContain("message ?");
  });
});
