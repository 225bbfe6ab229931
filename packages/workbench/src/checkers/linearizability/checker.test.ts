import { describe, expect, it } from "vitest";
import { history, judge, stale } from "../../../test/register-histories.ts";
import type { Operation } from "../../history/operation.ts";

describe("a linearizability verdict", () => {
  it("says what contradicts what: when, where, and who", () => {
    const verdict = judge(stale);
    expect(verdict["valid?"]).toBe(false);
    expect(verdict.explanation).toEqual([
      "no order of the operations explains read 1 by process 1 on n1, from 0.006 s to 0.007 s",
      "the cas-register could be 2, after write 2 by process 0 on n0, from 0.003 s to 0.004 s; write 3 of process 2 since 0.005 s could have come in between, and would not have helped",
      "it would have fitted after write 1 by process 0 on n0, from 0.001 s to 0.002 s; but then came write 2 by process 0 on n0, from 0.003 s to 0.004 s, before it began",
    ]);
    const read = { process: 1, f: "read", value: 1, node: "n1" };
    const write = { process: 0, type: "ok", f: "write", value: 2, index: 3, time: 4e6, node: "n0" };
    const op = { ...read, type: "ok", index: 6, time: 7e6 };
    expect(verdict).toMatchObject({
      configs: [
        {
          model: 2,
          "last-op": write,
          pending: [{ process: 2 }, { ...read, type: "invoke", index: 5, time: 6e6 }].reverse(),
        },
      ],
      op,
      "previous-ok": write,
      "last-op": write,
    });
    expect(verdict["final-paths"]).toMatchObject([
      [{ op: { value: 1 }, model: 1 }, { op: write, model: 2 }, { op }],
    ]);
  });

  it("ends with a reading that nothing had written", () => {
    const verdict = judge(history([0, "invoke", "read", null], [0, "ok", "read", 7]));
    expect(verdict.explanation?.slice(1)).toEqual([
      "the cas-register could be nothing, as at the start",
      "nothing that had ended by then had made it so",
    ]);
  });

  it("blames nothing that was over before it would have fitted", () => {
    const verdict = judge(
      history(
        [0, "invoke", "write", 2],
        [0, "ok", "write", 2],
        [0, "invoke", "write", 1],
        [1, "invoke", "read", null],
        [1, "ok", "read", 1],
        [2, "invoke", "write", 4],
        [0, "ok", "write", 1],
        [2, "ok", "write", 4],
        [1, "invoke", "read", null],
        [1, "ok", "read", 1],
      ),
    );
    expect(verdict.explanation?.at(-1)).toBe(
      "it would have fitted after write 1 by process 0 on n0, from 0.003 s to 0.007 s",
    );
  });

  it("tells places instead of times where a history has no times", () => {
    const untimed = stale.map((operation) => ({ ...operation, time: 0 }));
    expect(judge(untimed).explanation?.[0]).toContain("from entry 5 to entry 6");
  });

  it("tells states that the unanswered may have left", () => {
    const verdict = judge(
      history(
        [0, "invoke", "write", 1],
        [0, "info", "write", 1],
        [1, "invoke", "read", null],
        [1, "ok", "read", 1],
        [1, "invoke", "read", null],
        [1, "ok", "read", 2],
      ),
    );
    expect(verdict.explanation?.[1]).toBe(
      "the cas-register could be 1, after write 1 by process 0 on n0, from 0.001 s on, and nobody knows whether it happened",
    );
  });
});

describe("keys", () => {
  const keyed = (key: unknown, operations: readonly Operation[]) =>
    operations.map((operation) => ({ ...operation, value: [key, operation.value] }));

  it("have objects of their own, under the names that the original gives the parts", () => {
    const good = history([5, "invoke", "cas", [1, 2]], [5, "fail", "cas", [1, 2]]);
    const verdict = judge([...keyed(3, good), ...keyed("a b", stale)], {});
    expect(verdict["valid?"]).toBe(false);
    expect(verdict.failures).toEqual(["a b"]);
    expect(verdict.results?.["3"]).toEqual({
      "valid?": true,
      linearizable: { "valid?": true, configs: [{ model: null, pending: [] }], "final-paths": [] },
    });
    expect(verdict.results?.["a b"]?.linearizable["valid?"]).toBe(false);
    expect(verdict.explanation?.[0]).toBe(
      'key "a b": no order of the operations explains read 1 by process 1 on n1, from 0.006 s to 0.007 s',
    );
  });

  it("that nobody asked for are no trouble", () => {
    expect(judge([], {})).toEqual({ "valid?": true, results: {}, failures: [], "config-limit": 20_000 });
  });

  it("are told only as far as somebody would read", () => {
    const many = Array.from({ length: 9 }, (_, key) =>
      keyed(key, stale).map((operation) => ({ ...operation, process: key * 10 + Number(operation.process) })),
    ).flat();
    const verdict = judge(many, {});
    expect(verdict.failures).toHaveLength(9);
    expect(verdict.explanation?.at(-1)).toBe("… and 4 more keys");
  });

  it("let a process go on elsewhere, with what it did before still open", () => {
    const moved = [
      ...keyed(0, history([0, "invoke", "write", 1])),
      ...keyed(1, history([0, "invoke", "write", 2], [0, "ok", "write", 2])),
      ...keyed(0, history([1, "invoke", "read", null], [1, "ok", "read", 1])),
    ];
    expect(judge(moved, {})["valid?"]).toBe(true);
  });
});

describe("what a history may hold", () => {
  it.each([
    ["an operation that the model does not have", [[0, "invoke", "append", 1]], "append"],
    ["a cas without two values", [[0, "invoke", "cas", 1]], "cas"],
  ] as const)("%s makes it unknown", (_, entries, f) => {
    const verdict = judge(history(...entries));
    expect(verdict["valid?"]).toBe("unknown");
    expect(verdict.explanation).toEqual([`a cas-register has no operation ${f} with the value 1`]);
  });

  it("may be operations that began before it, and ends without a beginning", () => {
    expect(
      judge(
        history(
          [1, "fail", "read", 5],
          [2, "info", "read", 5],
          [3, "invoke", "read", null],
          [3, "ok", "read", 1],
          [0, "ok", "write", 1],
        ),
      )["valid?"],
    ).toBe(true);
  });

  it("may be integers of any size, and values that are not numbers", () => {
    const large = 2n ** 70n;
    const read = (value: unknown) =>
      judge(
        history(
          [0, "invoke", "write", { large, a: [1] }],
          [0, "ok", "write", "done"],
          [0, "invoke", "read", null],
          [0, "ok", "read", value],
        ),
      );
    expect(read({ a: [1], large })["valid?"]).toBe(true);
    const wrong = read({ a: [1], large: String(large) });
    expect(wrong["valid?"]).toBe(false);
    expect(JSON.stringify(wrong)).toContain(String(large));
  });
});
