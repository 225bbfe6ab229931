import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flawed } from "../../test/kafka-histories.ts";
import { histories } from "../../test/random-histories.ts";
import { type Checker, check } from "../checkers/checker.ts";
import { CounterChecker } from "../checkers/counter.ts";
import { EchoChecker } from "../checkers/echo.ts";
import { KafkaChecker } from "../checkers/kafka/checker.ts";
import { LinearizabilityChecker } from "../checkers/linearizability/checker.ts";
import { SetFullChecker } from "../checkers/set-full.ts";
import { UniqueIdsChecker } from "../checkers/unique-ids.ts";
import { carriedBy, whoAndWhen } from "../checkers/words.ts";
import type { Operation } from "../history/operation.ts";
import { pairs } from "../history/pairs.ts";
import { isToldAs, mentions, operationFinder } from "./mentions.ts";

const ids = fc.uniqueArray(fc.nat(1e7), { maxLength: 9 }).map((list) => list.sort((a, b) => a - b));
const who = fc.record({ process: fc.integer({ min: -9, max: 1e6 }), time: fc.nat(2e12), messages: ids });
/** Text around it: none of it may be taken for more than it is. */
const words = fc.constantFrom(
  "",
  "n1 said ",
  " at last",
  " on ",
  "process ",
  " since",
  "(",
  " 😀, ",
  "message 5 ",
);

describe("what checkers write of an operation is read again", () => {
  it("in parentheses, in any text", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(words, who), { maxLength: 4 }), words, (parts, end) => {
        const text = parts.map(([before, one]) => `${before} ${whoAndWhen(one)}`).join("") + end;
        const found = mentions(text);
        expect(found.map(({ process }) => process)).toEqual(parts.map(([, { process }]) => process));
        for (const [i, { from, to, time, messages }] of found.entries()) {
          const told = parts[i]?.[1];
          expect(told).toBeDefined();
          if (told === undefined) return;
          expect(`(${text.slice(from, to)})`).toBe(whoAndWhen(told));
          expect(isToldAs(told.time, time)).toBe(true);
          const shown = [...told.messages.slice(0, told.messages.length > 5 ? 4 : 5), told.messages.at(-1)];
          expect(messages).toEqual([...new Set(shown)].filter((id) => id !== undefined));
        }
      }),
    );
  });

  it("from beginning to end", () => {
    const carried = carriedBy([7, 8]);
    const texts = [
      `no order explains read 1 by process 12 on n1, from 0.006 s to 0.007 s${carried}`,
      `write 2 by process 12 on n1, from 0.006 s on${carried}, and nobody knows whether it happened`,
      `write 2 by process 12, from before the beginning to 0.006 s${carried}, before it began`,
    ];
    for (const text of texts)
      expect(mentions(text)).toMatchObject([{ process: 12, time: 0.006, messages: [7, 8] }]);
  });

  it("and times that stand alone", () => {
    expect(mentions("n0 printed nonsense (at 1.500 s)")).toEqual([
      { from: 21, to: 31, time: 1.5, messages: [] },
    ]);
    expect(mentions("process 3 sent 5 (on n0, at 1.250 s) and then 6 (on n1, at 1.350 s)")).toMatchObject([
      { process: 3, time: 1.25 },
      { process: 3, time: 1.35 },
    ]);
  });

  it("quickly, whatever nodes have said", () => {
    const hostile = ["process 1 on ", "process 1, at ", "(on ", "process 1 on n, from 1", "messages 1, "];
    for (const part of hostile) expect(mentions(part.repeat(100_000 / part.length))).toEqual([]);
    expect(mentions(`(process 1, at 1.000 s, messages ${"1, ".repeat(30_000)}and`)).toHaveLength(1);
  });
});

/** What is left of a text without what was read in it says nothing of operations any more. */
const leftOver = /process -?\d+\b(?! sent\b)|\d\.\d{3} s\b|, messages? \d/;

/** The findings of a checker, over many histories: each operation that they name is found among those of the history. */
function expectAllFound(histories: fc.Arbitrary<Operation[]>, checker: () => Checker): void {
  let found = 0;
  fc.assert(
    fc.property(histories, (plain) => {
      // Each has its messages, as in a run.
      const history = plain.map((entry, i) =>
        entry.type === "invoke" ? entry : { ...entry, messages: [2 * i, 2 * i + 1] },
      );
      const find = operationFinder(columnsOf(history));
      for (const text of check(checker(), history).explanation ?? []) {
        let rest = text;
        for (const mention of mentions(text).toReversed()) {
          expect(find(mention), text).toBeDefined();
          found++;
          rest = rest.slice(0, mention.from) + rest.slice(mention.to);
        }
        expect(rest, text).not.toMatch(leftOver);
      }
    }),
    { numRuns: 1000 },
  );
  expect(found).toBeGreaterThan(50);
}

function columnsOf(history: readonly Operation[]) {
  const all = [...pairs(history)];
  return {
    process: all.map(({ invocation: { process } }) => Number(process)),
    start: all.map(({ invocation: { time } }) => time),
    end: all.map(({ completion }) => completion?.time ?? -1),
    messages: all.map(({ completion }) => completion?.messages ?? []),
  };
}

const element = fc.nat(4);
const list = fc.array(fc.nat(5), { maxLength: 4 });
const adds = fc.oneof(
  fc.record({ f: fc.constant("add"), value: element }),
  fc.record({ f: fc.constant("read"), value: fc.constant(null), final: fc.boolean() }),
);

describe("all operations that a checker names are found", () => {
  it.each<[string, fc.Arbitrary<Operation[]>, () => Checker]>([
    [
      "echo",
      histories(fc.record({ f: fc.constant("read"), value: element }), fc.record({ echo: element })),
      () => new EchoChecker(),
    ],
    [
      "unique-ids",
      histories(fc.record({ f: fc.constant("generate"), value: element }), element),
      () => new UniqueIdsChecker(),
    ],
    ["sets", histories(adds, list), () => new SetFullChecker()],
    ["counters", histories(adds, fc.integer({ min: -3, max: 9 })), () => new CounterChecker()],
    [
      "linearizability",
      histories(
        fc.oneof(
          fc.record({ f: fc.constant("write"), value: element }),
          fc.record({ f: fc.constant("read"), value: fc.constant(null) }),
          fc.record({ f: fc.constant("cas"), value: fc.tuple(element, element) }),
        ),
        element,
      ),
      () => new LinearizabilityChecker({ keyed: false }),
    ],
    ["kafka", flawed, () => new KafkaChecker()],
  ])("of %s", (_, histories, checker) => expectAllFound(histories, checker));
});

it("of what one process did within a millisecond, the messages tell which is meant", () => {
  const find = operationFinder({
    process: [1, 1, 2],
    start: [1_000_000, 1_200_000, 1_000_000],
    end: [1_100_000, -1, 1_000_000],
    messages: [[1, 2], [3], []],
  });
  expect(find({ from: 0, to: 1, process: 1, time: 0.001, messages: [3] })).toBe(1);
  expect(find({ from: 0, to: 1, process: 1, time: 0.001, messages: [] })).toBe(0);
  expect(find({ from: 0, to: 1, process: 2, time: 0.001, messages: [3] })).toBe(2);
  expect(find({ from: 0, to: 1, process: 1, time: 0, messages: [] })).toBeUndefined();
  expect(find({ from: 0, to: 1, time: 0.001, messages: [3] })).toBeUndefined();
});
