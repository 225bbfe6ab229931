/** What the verdict on logs says of what was never polled, of what nobody knows, and when there is very much to say. */
import { describe, expect, it } from "vitest";
import { type Entry, history, ok, poll, send } from "../../../test/kafka-entries.ts";
import type { OperationError } from "../../history/operation.ts";
import { check } from "../checker.ts";
import { KafkaChecker } from "./checker.ts";

function judge(...entries: readonly Entry[]) {
  return check(new KafkaChecker(), history(...entries));
}

describe("an unseen message", () => {
  const unseen = [send(0, "x", 7), send(0, 2, 8), send(1, 1, 0), poll(2, [0, 1])];

  it("makes a history invalid", () => {
    const failed: Entry = [3, "poll", [["poll"]], { type: "fail" }];
    expect(judge(...unseen, failed)).toMatchObject({
      "valid?": false,
      "bad-error-types": ["unseen"],
      unseen: { time: 3.5e9, unseen: { k: 2 }, messages: { k: [2, "x"] } },
      explanation: [
        'nobody was ever given 2 messages of key k: n0 acknowledged "x" (process 0, at 0.500 s); n0 acknowledged 2 (process 0, at 1.500 s)',
      ],
    });
  });

  it("is nothing to hold against nodes that were not asked for everything at the end", () => {
    const options = { needsFinalPhase: true };
    const verdict = check(new KafkaChecker(options), history(...unseen));
    expect(verdict).toMatchObject({
      "valid?": "unknown",
      "bad-error-types": [],
      unseen: { unseen: { k: 2 } },
    });
    const foreign = history(...unseen).map(({ node, ...operation }) => operation);
    expect(check(new KafkaChecker(options), foreign)["valid?"]).toBe(false);
    const final: Entry = [4, "poll", [["poll", {}]], { ...ok, final: true }];
    expect(check(new KafkaChecker(options), history(...unseen, final))["valid?"]).toBe(false);
    const error: OperationError = { kind: "interrupted", message: "enough" };
    const cut: Entry = [4, "poll", [["poll", {}]], { type: "info", final: true, error }];
    expect(check(new KafkaChecker(options), history(...unseen, cut))["valid?"]).toBe("unknown");
  });
});

it("does not take a process to be where a poll left it that nobody knows the end of", () => {
  const operations = history(send(0, 1, 0), poll(1, [0, 1]), send(0, 2, 1), poll(1, [1, 2]), poll(1, [1, 2]));
  const info = operations.map((each) => (each.index === 7 ? { ...each, type: "info" as const } : each));
  expect(check(new KafkaChecker(), operations)["error-types"]).toEqual(["nonmonotonic-poll"]);
  expect(check(new KafkaChecker(), info)["error-types"]).toEqual([]);
});

describe("transactions of several operations, which only Jepsen has", () => {
  const txn = (process: number, value: unknown): Entry => [process, "txn", value, ok];

  it("may not poll what they send, nor send backwards, but leave room for others", () => {
    const value = [
      ["send", "k", [4, 1]],
      ["send", "k", [0, 2]],
      ["poll", { k: [[0, 2]] }],
    ];
    const verdict = judge(txn(0, value), poll(1, [0, 2], [4, 1]));
    expect(verdict["error-types"]).toEqual(["int-nonmonotonic-send", "precommitted-read"]);
    const wide = [
      ["send", "k", [0, 2]],
      ["send", "k", [2, 1]],
      ["poll", { k: [] }],
    ];
    const good = judge(txn(0, wide), send(1, 3, 1), poll(2, [0, 2], [1, 3], [2, 1]));
    expect(good).toMatchObject({ "valid?": true, "error-types": ["int-send-skip"], "bad-error-types": [] });
  });
});

it("does not take for seen what only a poll gave that nobody knows the end of", () => {
  const refused: Entry = [0, "send", [["send", "k", [1, 2]]], { type: "fail" }];
  const operations = history(send(0, 1, 0), refused, poll(1, [0, 1], [1, 2]));
  const info = operations.map((each) => (each.index === 5 ? { ...each, type: "info" as const } : each));
  expect(check(new KafkaChecker(), operations)["error-types"]).toEqual(["G1a"]);
  expect(check(new KafkaChecker(), info)["error-types"]).toEqual(["unseen"]);
  // Nobody has passed what was refused, and it is not lost.
  const passed = history(send(0, 1, 2), refused, poll(1, [1, 2]), poll(2, [2, 1]));
  const unknown = passed.map((each) => (each.index === 5 ? { ...each, type: "info" as const } : each));
  expect(check(new KafkaChecker(), unknown)["error-types"]).toEqual([]);
});

it("does not take for lost what may still come, since it stands further on as well", () => {
  const operations = history(send(0, 1, 0), send(0, 2, 1), poll(1, [3, 1]), poll(2, [1, 2]));
  const info = operations.map((each) => (each.index === 5 ? { ...each, type: "info" as const } : each));
  expect(check(new KafkaChecker(), info)["error-types"]).toEqual([
    "duplicate",
    "nonmonotonic-send",
    "unseen",
  ]);
});

it("counts what nobody knows the end of when a part of it was polled", () => {
  const both = [
    ["send", "k", [0, 1]],
    ["send", "k", [1, 2]],
  ];
  const judged = (...polled: (readonly [number, unknown])[]) => {
    const operations = history(poll(0), poll(1, ...polled), poll(2));
    const info = operations.map((each) =>
      each.process === 0
        ? { ...each, f: "txn", value: both, ...(each.index === 1 && { type: "info" as const }) }
        : each,
    );
    return check(new KafkaChecker(), info)["error-types"];
  };
  expect(judged([1, 2])).toEqual(["lost-write"]);
  expect(judged([1, 3])).toEqual(["phantom"]);
});

it("shows no more than it should, and the worst", () => {
  const messages = Array.from({ length: 100 }, (_, i) => i);
  const sends = messages.map((i) => send(0, i, i));
  const skips = messages.slice(2).map((i) => poll(i, [0, 0], [i, i]));
  const verdict = judge(...sends, ...skips, poll(200, ...messages.map((i) => [i, i] as const)));
  expect(verdict["int-poll-skip"]).toMatchObject({ count: 98, errs: { length: 8, 0: { delta: 99 } } });
  expect(verdict.explanation?.[0]).toContain(
    "leaving out 1 (offset 1); 2 (offset 2); 3 (offset 3); 4 (offset 4); 5 (offset 5); and 93 more",
  );
  const hole = judge(
    ...sends,
    poll(1, ...messages.filter((i) => i !== 50).map((i) => [i, i] as const)),
    poll(2, [50, 50]),
  );
  const around = [46, 47, 48, 49, 51, 52, 53, 54].map((i) => [i, i]);
  expect(hole["int-poll-skip"]?.errs).toMatchObject([{ op: { value: [["poll", { k: around }]] } }]);
  const lost = judge(...sends, poll(1, [99, 99]));
  expect(lost["lost-write"]).toMatchObject({ count: 99, errs: { length: 32, 0: { value: 0 } } });
  expect(lost.explanation).toHaveLength(33);
  const crashes = messages.map((i): Entry => {
    const error: OperationError = { kind: "rpc-error", message: `crash ${i}`, code: 13, name: "crash" };
    return [i, "poll", [["poll"]], { type: "info", error }];
  });
  expect(judge(...crashes)["info-txn-causes"]).toHaveLength(32);
});
