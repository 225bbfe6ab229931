import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { histories } from "../../test/random-histories.ts";
import type { Operation } from "../history/operation.ts";
import { pairs } from "../history/pairs.ts";
import { endings, firstFrom, PointRecorder, type Points, pointsOf } from "./points.ts";
import type { OperationColumns } from "./run-data.ts";

const drawn = histories(
  fc.constantFrom({ f: "read", value: 1 }, { f: "write", value: 2 }, { f: "cas", value: 3 }),
  fc.constant(null),
  60,
);

function recorded(history: readonly Operation[]): Points {
  const recorder = new PointRecorder();
  for (const operation of history) recorder.add(operation);
  return recorder.points();
}

/** One line for each operation, in words. */
function inWords({ length, functions, start, latency, ending, f }: Points): string[] {
  return Array.from(
    { length },
    (_, i) => `${functions[f[i] ?? -1]} from ${start[i]} for ${latency[i]} ${endings[ending[i] ?? -1]}`,
  );
}

function expected(history: readonly Operation[]): string[] {
  return [...pairs(history)]
    .sort((a, b) => a.invocation.index - b.invocation.index)
    .map(({ invocation: { f, time }, completion }) =>
      completion
        ? `${f} from ${time} for ${completion.time - time} ${completion.type}`
        : `${f} from ${time} for -1 open`,
    );
}

describe("a recorder of points", () => {
  it("keeps when each operation of a client began, how long it took and how it ended", () => {
    fc.assert(
      fc.property(drawn, (history) => {
        expect(inWords(recorded(history))).toEqual(expected(history));
      }),
    );
  });

  it("passes over the nemesis, and ends without a beginning", () => {
    const operation = {
      index: 0,
      time: 5,
      type: "info",
      process: "nemesis",
      f: "kill",
      value: null,
    } as const;
    expect(recorded([operation, { ...operation, process: 3, type: "ok", f: "read" }]).length).toBe(0);
  });

  it("keeps thousands, and what was given to it before", () => {
    const recorder = new PointRecorder();
    const entry = (i: number, type: "invoke" | "ok"): Operation => ({
      index: 0,
      time: i * 10 + (type === "ok" ? i : 0),
      type,
      process: i,
      f: `f${i % 7}`,
      value: null,
    });
    for (let i = 0; i < 5000; i++) recorder.add(entry(i, "invoke"));
    const before = recorder.points();
    for (let i = 0; i < 5000; i += 2) recorder.add(entry(i, "ok"));
    recorder.add(entry(5000, "invoke"));
    expect(before.length).toBe(5000);
    expect(inWords(recorder.points()).slice(0, 3)).toEqual([
      "f0 from 0 for 0 ok",
      "f1 from 10 for -1 open",
      "f2 from 20 for 2 ok",
    ]);
    expect(inWords(recorder.points()).at(4998)).toBe("f0 from 49980 for 4998 ok");
    expect(recorder.points().length).toBe(5001);
  });

  it("takes the first end of an operation, and no other", () => {
    const entry = { index: 0, process: 1, f: "read", value: null } as const;
    const points = recorded([
      { ...entry, time: 1, type: "invoke" },
      { ...entry, time: 4, type: "ok" },
      { ...entry, time: 9, type: "info" },
    ]);
    expect(inWords(points)).toEqual(["read from 1 for 3 ok"]);
  });

  it("never has an operation end before it began", () => {
    const entry = { index: 0, process: 1, f: "read", value: null } as const;
    const points = recorded([
      { ...entry, time: 10, type: "invoke" },
      { ...entry, time: 4, type: "ok" },
    ]);
    expect(inWords(points)).toEqual(["read from 10 for 0 ok"]);
  });
});

describe("points of columns", () => {
  it("are those of the history that the columns are of", () => {
    fc.assert(
      fc.property(drawn, (history) => {
        const all = [...pairs(history)].sort((a, b) => a.invocation.index - b.invocation.index);
        const functions = [...new Set(all.map(({ invocation }) => invocation.f))];
        const columns: OperationColumns = {
          total: all.length,
          functions,
          index: [],
          start: all.map(({ invocation }) => invocation.time),
          end: all.map(({ completion }) => completion?.time ?? -1),
          ending: all.map(({ completion }) => completion?.type.charAt(0) ?? "?").join(""),
          process: [],
          f: all.map(({ invocation }) => functions.indexOf(invocation.f)),
          node: [],
          asked: [],
          answered: [],
          error: [],
          messages: [],
        };
        expect(inWords(pointsOf(columns))).toEqual(inWords(recorded(history)));
      }),
    );
  });
});

it("of columns may end at the very beginning, and in a way that nobody knows", () => {
  const none = { index: [], process: [], node: [], asked: [], answered: [], error: [], messages: [] };
  const columns = {
    ...none,
    total: 2,
    functions: ["read"],
    start: [0, 0],
    end: [0, 5],
    ending: "ox",
    f: [0, 0],
  };
  expect(inWords(pointsOf(columns))).toEqual(["read from 0 for 0 ok", "read from 0 for 5 open"]);
});

it("finds the first operation that began at a time or later", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50)), fc.integer({ min: -5, max: 55 }), (times, time) => {
      const start = times.sort((a, b) => a - b);
      const first = start.findIndex((each) => each >= time);
      expect(firstFrom({ start, length: start.length }, time)).toBe(first < 0 ? start.length : first);
    }),
  );
});
