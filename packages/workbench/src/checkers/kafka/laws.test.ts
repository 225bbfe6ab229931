/** The checker of logs against an oracle that goes by the definitions, and laws that hold for it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flawed, flawless, keys, wild } from "../../../test/kafka-histories.ts";
import { countAnomalies, worstLag } from "../../../test/kafka-oracle.ts";
import { places, renamed, withInfo } from "../../../test/random-histories.ts";
import type { Operation } from "../../history/operation.ts";
import { check } from "../checker.ts";
import { KafkaChecker } from "./checker.ts";
import type { KafkaVerdict } from "./verdict.ts";

function judge(history: readonly Operation[]): KafkaVerdict {
  return check(new KafkaChecker(), history);
}

/** How many there are of each kind, as the verdict says. */
function counts(verdict: KafkaVerdict): Record<string, number> {
  const entries = verdict["error-types"].map((kind) => {
    const found = Object.entries(verdict).find(([name]) => name === kind)?.[1];
    const unseen = Object.values(verdict.unseen?.unseen ?? {}).reduce((sum, count) => sum + count, 0);
    return [kind, kind === "unseen" ? unseen : found.count];
  });
  return Object.fromEntries(entries);
}

/** What one operation can do wrong, or several. */
const kinds = [
  "inconsistent-offsets",
  "duplicate",
  "phantom",
  "G1a",
  "G1c-process",
  "G1c-realtime",
  "lost-write",
  "nonmonotonic-send",
  "int-nonmonotonic-poll",
  "nonmonotonic-poll",
  "int-poll-skip",
  "poll-skip",
  "unseen",
];

describe.each([
  ["good logs", flawless, 5000, []],
  ["logs with flaws", flawed, 9000, kinds],
  ["pure chance", wild, 8000, kinds],
] as const)("histories of %s", (_, histories, numRuns, expected) => {
  it("are judged as the oracle judges them, with anomalies of all kinds", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(histories, (history) => {
        const verdict = judge(history);
        expect(counts(verdict)).toEqual(countAnomalies(history, keys));
        for (const kind of verdict["error-types"]) seen.add(kind);
        expect(verdict["worst-realtime-lag"].lag).toBe(worstLag(history, keys));
        expect(verdict["valid?"]).toBe(verdict["error-types"].length === 0);
        expect(verdict.explanation !== undefined).toBe(verdict["valid?"] !== true);
      }),
      { numRuns },
    );
    expect([...seen].sort()).toEqual([...expected].sort());
  });
});

it("does not care who the processes are", () => {
  fc.assert(
    fc.property(fc.oneof(flawed, wild), (history) => {
      expect(counts(judge(renamed(history)))).toEqual(counts(judge(history)));
    }),
    { numRuns: 1000 },
  );
});

it("finds nothing in what a good history begins with, but that not all was polled yet", () => {
  fc.assert(
    fc.property(flawless, fc.nat({ max: 100 }), (history, length) => {
      const beginning = history.slice(0, length);
      expect(judge(history)["error-types"]).toEqual([]);
      expect(judge(beginning)["error-types"].filter((kind) => kind !== "unseen")).toEqual([]);
      const verdict = check(new KafkaChecker({ needsFinalPhase: true }), beginning);
      expect(verdict["error-types"]).toEqual([]);
      expect(verdict["valid?"]).toBe(verdict.unseen === undefined || "unknown");
    }),
    { numRuns: 1000 },
  );
});

it("finds the same when somebody sends one more message, of which nobody knows what became", () => {
  fc.assert(
    fc.property(fc.oneof(flawed, wild), places, fc.constantFrom(...keys, "c"), (history, place, key) => {
      const more = withInfo(history, { f: "send", value: [["send", key, 77]] }, place);
      expect(counts(judge(more))).toEqual(counts(judge(history)));
    }),
    { numRuns: 1000 },
  );
});

it("finds no less when more is polled", () => {
  fc.assert(
    fc.property(fc.oneof(flawed, wild), (history) => {
      const kinds = new Set(judge(history)["error-types"]);
      for (const kind of ["unseen", "lost-write"]) kinds.delete(kind);
      const last = history.at(-1)?.time ?? 0;
      const log = Object.fromEntries(keys.map((key) => [key, [[0, 1]]]));
      const entry = { process: 6000, f: "poll", time: last, index: history.length };
      const more: Operation[] = [
        ...history,
        { ...entry, type: "invoke", value: [["poll"]] },
        { ...entry, index: entry.index + 1, type: "ok", value: [["poll", log]] },
      ];
      const found = new Set(judge(more)["error-types"]);
      for (const kind of ["inconsistent-offsets", "duplicate", "phantom", "G1a"])
        expect(found.has(kind) || !kinds.has(kind)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
