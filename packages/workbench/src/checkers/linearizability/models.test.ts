import { describe, expect, it } from "vitest";
import type { Operation, OperationType } from "../../history/operation.ts";
import { check } from "../checker.ts";
import { LinearizabilityChecker } from "./checker.ts";
import { keyOf } from "./model.ts";
import { models } from "./models.ts";

type Entry = readonly [process: number, type: OperationType, f: string, value: unknown];

function valid(model: string, initial: unknown, ...entries: readonly Entry[]) {
  const operations = entries.map(
    ([process, type, f, value], index): Operation => ({ index, time: index, type, process, f, value }),
  );
  const made = models.get(model)?.(initial);
  return check(new LinearizabilityChecker({ ...(made && { model: made }), keyed: false }), operations)[
    "valid?"
  ];
}

/** An operation that was alone. */
const alone = (f: string, asked: unknown, answered: unknown = asked): readonly [Entry, Entry] => [
  [0, "invoke", f, asked],
  [0, "ok", f, answered],
];

describe("models", () => {
  it.each(["register", "cas-register"])("a %s holds what was written last", (model) => {
    expect(valid(model, 0, ...alone("read", null, 0), ...alone("write", 1), ...alone("read", null, 1))).toBe(
      true,
    );
    expect(valid(model, 0, ...alone("write", 1), ...alone("read", null, 0))).toBe(false);
    expect(valid(model, 0, ...alone("read", null, "0"))).toBe(false);
    // What is not known fits everything.
    expect(valid(model, 0, ...alone("write", 1), ...alone("read", null, null))).toBe(true);
    // An answer that is no value does not change what was asked for.
    expect(valid(model, 0, ...alone("write", 1, "ok"), ...alone("read", null, 1))).toBe(true);
    expect(valid(model, 0, ...alone("write", null, 1), ...alone("read", null, 1))).toBe(true);
  });

  it("a cas-register changes from one value to another, and only from that", () => {
    const cas = (from: number, to: number) => alone("cas", [from, to]);
    expect(valid("cas-register", 0, ...cas(0, 1), ...cas(1, 2), ...alone("read", null, 2))).toBe(true);
    expect(valid("cas-register", 0, ...cas(1, 2))).toBe(false);
    expect(valid("cas-register", 0, ...cas(0, 1), ...cas(0, 2))).toBe(false);
    expect(valid("register", 0, ...cas(0, 1))).toBe("unknown");
  });

  it("a mutex is held by one", () => {
    const acquire = alone("acquire", null);
    const release = alone("release", null);
    expect(valid("mutex", null, ...acquire, ...release, ...acquire)).toBe(true);
    expect(valid("mutex", null, ...acquire, ...acquire)).toBe(false);
    expect(valid("mutex", null, ...release)).toBe(false);
    expect(valid("mutex", true, ...release)).toBe(true);
    expect(valid("mutex", null, ...alone("lock", null))).toBe("unknown");
  });

  it("a multi-register reads and writes several at once", () => {
    const txn = (...micro: unknown[]) => alone("txn", micro);
    const start = { x: 0, y: 0 };
    expect(
      valid("multi-register", start, ...txn(["w", "x", 1], ["r", "x", 1]), ...txn(["read", "x", 1])),
    ).toBe(true);
    expect(valid("multi-register", start, ...txn(["r", "x", 0], ["write", "x", 1], ["r", "x", 0]))).toBe(
      false,
    );
    expect(
      valid(
        "multi-register",
        start,
        ...txn(["w", "x", 1], ["w", "y", 1]),
        ...txn(["r", "x", 1], ["r", "y", 0]),
      ),
    ).toBe(false);
    expect(valid("multi-register", start, ...txn(["r", "z", null], ["r", "x", null]))).toBe(true);
    expect(
      valid("multi-register", null, ...txn(["w", 5, 1]), ...txn(["r", 5, 1]), ...txn(["r", "5", 1])),
    ).toBe(true);
    expect(valid("multi-register", start, ...alone("read", { x: null, y: null }, { x: 0, y: 1 }))).toBe(
      false,
    );
    expect(
      valid("multi-register", start, ...alone("write", ["x", 4]), ...alone("read", ["x", null], ["x", 4])),
    ).toBe(true);
    for (const wrong of [[["append", "x", 1]], [1], 5])
      expect(valid("multi-register", start, ...alone("txn", wrong))).toBe("unknown");
  });

  it("tell values apart by what they are", () => {
    const different = [
      0,
      "0",
      null,
      true,
      "true",
      [0],
      ["0"],
      { a: 1 },
      { b: 1 },
      {},
      [],
      10n ** 20n,
      `${10n ** 20n}`,
    ];
    expect(new Set(different.map(keyOf)).size).toBe(different.length);
    expect(keyOf({ a: 1, b: [{ d: 1, c: 2 }] })).toBe(keyOf({ b: [{ c: 2, d: 1 }], a: 1 }));
  });
});
