import { describe, expect, it } from "vitest";
import { type Entry, history, judge, stale } from "../../../test/register-histories.ts";
import type { Operation, OperationType } from "../../history/operation.ts";
import { randomStream } from "../../time/random.ts";
import type { Model } from "./model.ts";
import { casRegister, register } from "./models.ts";

/** Many at once write and read few values, and of many nobody knows whether they happened. */
function doubtful(seed: number, length: number): Operation[] {
  const random = randomStream(seed, "history");
  const operations: Operation[] = [];
  const add = (process: number, type: OperationType, f: string, value: unknown) =>
    operations.push({ index: operations.length, time: operations.length, type, process, f, value });
  let value: number | null = null;
  for (let process = 0; operations.length < length; process++) {
    const next = random.integer(4);
    const cas = random.integer(2) === 0;
    const asked = cas ? [random.integer(4), next] : next;
    add(process, "invoke", cas ? "cas" : "write", asked);
    if (random.integer(2) === 0 && (!Array.isArray(asked) || asked[0] === value)) value = next;
    if (random.integer(3) > 0) continue;
    add(1e6 + process, "invoke", "read", null);
    add(1e6 + process, "ok", "read", value);
  }
  return operations;
}

it("of two alike, of which one may have happened already, the other may be the one that does", () => {
  const tank: Model<number> = {
    name: "tank",
    initial: 2,
    step: (state, { f, value }) => {
      if (f === "get") return state === value ? [state] : [];
      return f === "add" ? [Math.min(state + 1, 2)] : [0];
    },
    key: (state) => state,
  };
  const operations = history(
    [0, "invoke", "add", null],
    [1, "invoke", "empty", null],
    [1, "ok", "empty", null],
    [2, "invoke", "add", null],
    [3, "invoke", "get", null],
    [3, "ok", "get", 1],
    [0, "ok", "add", null],
    [2, "ok", "add", null],
    [3, "invoke", "get", null],
    [3, "ok", "get", 1],
  );
  expect(judge(operations, { keyed: false, model: tank })["valid?"]).toBe(true);
});

describe("effort", () => {
  it("is little where thousands of operations never ended", () => {
    expect(judge(doubtful(1, 3000))["valid?"]).toBe(true);
  });

  it("finds in these what no order explains", () => {
    const operations = doubtful(2, 2000);
    const impossible = history([9, "invoke", "read", null], [9, "ok", "read", 4]);
    expect(judge([...operations, ...impossible])["valid?"]).toBe(false);
  });

  it("ends when the time is over, and says so", () => {
    let time = 0;
    const verdict = judge(doubtful(3, 2000), { keyed: false, timeLimit: 2, now: () => (time += 1e9) });
    expect(verdict).toMatchObject({ "valid?": "unknown", reason: "it is not known after 2 s" });
    const after = (ns: number) => {
      let started = false;
      const now = (): number => {
        const time = started ? 5 + ns : 5;
        started = true;
        return time;
      };
      return judge(stale, { keyed: false, timeLimit: 2, now })["valid?"];
    };
    expect([after(2e9 - 1), after(2e9)]).toEqual([false, "unknown"]);
  });

  it("ends when too much would have to be kept, and says so", () => {
    // One of two writes that nobody knows of is read three times, with the other value in between.
    const reads = [1, 2, 1, 2].flatMap((value): Entry[] => [
      [5, "invoke", "read", null],
      [5, "ok", "read", value],
    ]);
    const twice = history(
      [0, "invoke", "write", 1],
      [1, "invoke", "write", 2],
      [2, "invoke", "cas", [2, 1]],
      [3, "invoke", "cas", [1, 2]],
      ...reads,
    );
    expect(judge(twice)["valid?"]).toBe(true);
    const limited = judge(history(...twice.map(entryOf), ...reads), { keyed: false, configurations: 1 });
    expect(limited).toMatchObject({
      "valid?": "unknown",
      reason: "more than 1 configurations would have to be kept at once",
      "config-limit": 1,
    });
    expect(judge(history(...twice.map(entryOf), ...reads))["valid?"]).toBe(false);
  });

  it("leaves out nothing without saying so", () => {
    const steps = Array.from({ length: 40 }, (_, i): Entry => [i, "invoke", "cas", [i, i + 1]]);
    const chain = history(...steps, [40, "invoke", "read", null], [40, "ok", "read", 40]);
    const options = { keyed: false, model: casRegister(0) };
    expect(judge(chain, options)["valid?"]).toBe(true);
    expect(judge(chain, { ...options, configurations: 1 })["valid?"]).toBe("unknown");
  });

  it("does not grow with the square of a history's length", () => {
    const operations = Array.from({ length: 30_000 }, (_, i): Entry[] => [
      [0, "invoke", "write", i],
      [0, "ok", "write", i],
    ]).flat();
    expect(judge(history(...operations), { keyed: false, model: register(null) })["valid?"]).toBe(true);
    expect(judge(history(...operations), { keyed: false, model: casRegister(0) }).configs).toHaveLength(1);
  });
});

function entryOf({ process, type, f, value }: Operation): Entry {
  return [Number(process), type, f, value];
}
