/** One small history for each kind of anomaly: what the checker finds, what it shows, and what it says. */
import { describe, expect, it } from "vitest";
import { assign, type Entry, history, poll, send } from "../../../test/kafka-entries.ts";
import type { OperationError } from "../../history/operation.ts";
import { check } from "../checker.ts";
import { KafkaChecker } from "./checker.ts";

function judge(...entries: readonly Entry[]) {
  return check(new KafkaChecker(), history(...entries));
}

describe("a good history", () => {
  it("has nothing to explain", () => {
    const verdict = judge(send(0, 1, 0), send(1, 2, 4), poll(2, [0, 1]), poll(2, [4, 2]), [
      3,
      "crash",
      null,
      { type: "info" },
    ]);
    expect(verdict).toEqual({
      "valid?": true,
      "worst-realtime-lag": { time: 2, process: 2, key: "k", lag: 0.5 },
      "bad-error-types": [],
      "error-types": [],
      "info-txn-causes": [],
    });
  });

  it("may poll again what was polled before an assign that left the key out", () => {
    expect(judge(send(0, 1, 0), poll(1, [0, 1]), assign(1), poll(1, [0, 1]))["valid?"]).toBe(true);
    expect(judge(send(0, 1, 0), poll(1, [0, 1]), assign(1, "k"), poll(1, [0, 1]))["valid?"]).toBe(false);
  });

  it("may have sends that nobody knows the end of", () => {
    const lost: OperationError = { kind: "net-timeout", message: "n0 did not answer within 5 s" };
    const crashed: OperationError = { kind: "rpc-error", message: "oh", code: 13, name: "crash" };
    const sends = (error: OperationError, message: number): Entry => [
      message,
      "send",
      [["send", "k", [0, message]]],
      { type: "info", error },
    ];
    const verdict = judge(sends(lost, 1), sends(lost, 2), sends(crashed, 3), poll(9, [0, 2]));
    expect(verdict).toMatchObject({ "valid?": true, "info-txn-causes": ["net-timeout", "crash: oh"] });
  });
});

describe("an anomaly", () => {
  const skipped = "leaving out 2 (offset 1)";
  it.each([
    [
      "inconsistent-offsets",
      [send(0, 1, 0), send(1, 2, 0), poll(2, [0, 2]), poll(3, [0, 1])],
      { key: "k", offset: 0, index: 0, values: [1, 2] },
      "offset 0 of key k holds 2 messages: n2 gave 2 (process 2, at 2.500 s); n3 gave 1 (process 3, at 3.500 s)",
    ],
    [
      "duplicate",
      [send(0, 1, 0), poll(1, [0, 1]), send(3, 2, 1), poll(2, [1, 2], [3, 1])],
      { key: "k", value: 1, count: 2, offsets: [0, 3] },
      "message 1 of key k is in the log 2 times: n1 gave it at offset 0 (process 1, at 1.500 s); n2 gave it at offset 3 (process 2, at 3.500 s)",
    ],
    [
      "phantom",
      [send(0, 1, 0), poll(1, [0, 1], [1, "x"])],
      {
        key: "k",
        value: "x",
        op: {
          index: 3,
          process: 1,
          value: [
            [
              "poll",
              {
                k: [
                  [0, 1],
                  [1, "x"],
                ],
              },
            ],
          ],
        },
      },
      'n1 gave message "x" of key k, at offset 1 (process 1, at 1.500 s), which nobody ever sent',
    ],
    [
      "G1a",
      [[0, "send", [["send", "k", [0, 1]]], { type: "fail" }], poll(1, [0, 1])],
      {
        key: "k",
        value: 1,
        writer: { index: 1, type: "fail", value: [["send", "k", 1]] },
        reader: { index: 3 },
      },
      "n1 gave message 1 of key k (process 1, at 1.500 s), although its send had failed on n0 (process 0, at 0.500 s)",
    ],
    [
      "G1c-realtime",
      [poll(1, [0, 1]), send(0, 1, 0)],
      { key: "k", value: 1, writer: { index: 3 }, reader: { index: 1 } },
      "n1 gave message 1 of key k (process 1, at 0.500 s) before anybody sent it: process 0 did so at 1.000 s",
    ],
    [
      "G1c-process",
      [poll(0, [0, 1]), send(0, 1, 0)],
      { key: "k", value: 1, writer: { index: 3 }, reader: { index: 1 } },
      "n0 gave message 1 of key k (process 0, at 0.500 s) before anybody sent it: process 0 did so at 1.000 s",
    ],
    [
      "lost-write",
      [send(0, 1, 0), send(1, 2, 1), poll(2, [1, 2])],
      {
        key: "k",
        value: 1,
        index: 0,
        "max-read-index": 1,
        writer: { index: 1, time: 5e8, process: 0, node: "n0", value: [["send", "k", [0, 1]]] },
        "max-read": { index: 5, f: "poll", value: [["poll", { k: [[1, 2]] }]] },
      },
      "message 1 of key k is lost: n0 acknowledged it at offset 0 (process 0, at 0.500 s); n2 gave message 2 at offset 1 (process 2, at 2.500 s), but nobody was ever given 1",
    ],
    [
      "nonmonotonic-send",
      [send(0, 1, 1), send(0, 2, 0), poll(1, [0, 2], [1, 1])],
      { key: "k", values: [1, 2], delta: -1, ops: [{ index: 1 }, { index: 3 }] },
      "process 0 sent 1 (on n0, at 0.500 s) and then 2 (on n0, at 1.500 s) to key k, but the offset of the first is 1 and that of the second 0",
    ],
    [
      "int-nonmonotonic-poll",
      [send(0, 1, 0), send(0, 2, 1), poll(1, [1, 2], [0, 1])],
      {
        key: "k",
        values: [2, 1],
        delta: -1,
        op: {
          index: 5,
          value: [
            [
              "poll",
              {
                k: [
                  [1, 2],
                  [0, 1],
                ],
              },
            ],
          ],
        },
      },
      "n1 gave 2 (offset 1) and then 1 (offset 0) of key k in one poll (process 1, at 2.500 s): back in the log",
    ],
    [
      "nonmonotonic-poll",
      [send(0, 1, 0), poll(1, [0, 1]), poll(1, [0, 1])],
      { key: "k", values: [1, 1], delta: 0, ops: [{ index: 3 }, { index: 5 }] },
      "n1 gave 1 (offset 0) of key k (process 1, at 1.500 s) and n1 1 (offset 0) in that process's next poll of the key (process 1, at 2.500 s): the same again",
    ],
    [
      "int-poll-skip",
      [send(0, 1, 0), send(0, 2, 1), send(0, 3, 2), poll(1, [0, 1], [2, 3]), poll(2, [1, 2])],
      { key: "k", values: [1, 3], delta: 2, skipped: [2], op: { index: 7 } },
      `n1 gave 1 (offset 0) and then 3 (offset 2) of key k in one poll (process 1, at 3.500 s), ${skipped}`,
    ],
    [
      "poll-skip",
      [send(0, 1, 0), send(0, 2, 1), send(0, 3, 2), poll(1, [0, 1]), poll(2, [1, 2]), poll(1, [2, 3])],
      { key: "k", values: [1, 3], delta: 2, skipped: [2], ops: [{ index: 7 }, { index: 11 }] },
      `n1 gave 1 (offset 0) of key k (process 1, at 3.500 s) and n1 3 (offset 2) in that process's next poll of the key (process 1, at 5.500 s), ${skipped}`,
    ],
  ] satisfies [string, Entry[], object, string][])(
    "%s is found, shown and explained",
    (kind, entries, evidence, words) => {
      const verdict = judge(...entries);
      // What is lost was never polled, either.
      const kinds = kind === "lost-write" ? [kind, "unseen"] : [kind];
      expect(verdict).toMatchObject({
        "valid?": false,
        "bad-error-types": kinds,
        "error-types": kinds,
        [kind]: { count: 1, errs: [evidence] },
      });
      expect(verdict.explanation).toHaveLength(kinds.length);
      expect(verdict.explanation?.[0]).toBe(words);
    },
  );
});
