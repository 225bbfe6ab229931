import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ErrorKind, Operation, OperationType } from "../history/operation.ts";
import { AvailabilityChecker, type AvailabilityGoal } from "./availability.ts";
import { check } from "./checker.ts";
import { EchoChecker } from "./echo.ts";
import { ExceptionsChecker } from "./exceptions.ts";
import { countTraffic } from "./net.ts";
import { ProblemLog } from "./nodes.ts";
import { StatsChecker } from "./stats.ts";
import { type Validity, worst } from "./verdict.ts";

/** A history of one process from shorthand: type, value and perhaps the kind of error; 1 ms between entries. */
type Entry = readonly [type: OperationType, value: unknown, kind?: ErrorKind | undefined, f?: string];

function history(...entries: readonly Entry[]): Operation[] {
  return entries.map(([type, value, kind, f = "echo"], index) => ({
    index,
    time: index * 1_000_000,
    type,
    process: 0,
    f,
    value,
    node: "n0",
    ...(kind && { error: { kind, message: `because of ${kind}` } }),
  }));
}

const checkAvailability = (operations: readonly Operation[], goal: AvailabilityGoal) =>
  check(new AvailabilityChecker(goal), operations);
const checkEcho = (operations: readonly Operation[]) => check(new EchoChecker(), operations);
const checkExceptions = (operations: readonly Operation[]) => check(new ExceptionsChecker(), operations);
const checkStats = (operations: readonly Operation[]) => check(new StatsChecker(), operations);

const reply = (echo: unknown) => ({ type: "echo_ok", echo, in_reply_to: 1 });

describe("worst", () => {
  it("puts false before unknown before true", () => {
    const order: Validity[] = [true, "unknown", false];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...order)), (validities) => {
        const ranks = validities.map((validity) => order.indexOf(validity));
        expect(worst(validities)).toBe(order[Math.max(0, ...ranks)]);
      }),
    );
  });
});

describe("echo", () => {
  it.each([["text"], [null], [0], [{ a: [1, { b: null }] }], [[]]])(
    "accepts %j when it comes back",
    (value) => {
      expect(checkEcho(history(["invoke", value], ["ok", reply(structuredClone(value))]))).toEqual({
        "valid?": true,
        errors: [],
      });
    },
  );

  it.each([
    ["another payload", ["ok", reply("b")], ' and answered "b"'],
    ["a lost reply", ["info", "a", "net-timeout"], ": because of net-timeout"],
    ["a malformed reply", ["info", "a", "malformed-reply"], " and gave a malformed reply"],
    ["an indefinite error", ["info", "a", "rpc-error"], " and answered with an error: because of rpc-error"],
    ["a definite error", ["fail", "a", "rpc-error"], " and answered with an error: because of rpc-error"],
  ] as const)("refuses %s", (_, completion, words) => {
    const verdict = checkEcho(history(["invoke", "x"], ["ok", reply("x")], ["invoke", "a"], completion));
    expect(verdict["valid?"]).toBe(false);
    expect(verdict.errors).toHaveLength(1);
    expect(verdict["error-count"]).toBe(1);
    expect(verdict.explanation).toEqual([`n0 was asked to echo "a" (process 0, at 0.002 s)${words}`]);
  });

  it("says nothing of what nobody waited for", () => {
    expect(checkEcho(history(["invoke", "a"], ["info", "a", "interrupted"], ["invoke", "b"]))["valid?"]).toBe(
      true,
    );
  });
});

describe("echo under faults", () => {
  const nemesis = (f: string, value: unknown, time: number) =>
    ({ index: 0, time, type: "info", process: "nemesis", f, value }) as const;
  const lost = (node: string, from: number, to: number): Operation[] => {
    const base = { index: 0, process: 1, f: "echo", value: "a", node };
    const error = { kind: "net-timeout", message: "no answer" } as const;
    return [
      { ...base, time: from, type: "invoke" },
      { ...base, time: to, type: "info", error },
    ];
  };

  it("excuses what a node did not answer while it was killed or paused, and nothing else", () => {
    const outage = (f: string, g: string) => [
      nemesis(f, "one", 10),
      nemesis(f, { n0: "down" }, 11),
      nemesis(g, null, 20),
      nemesis(g, { n0: "up" }, 21),
    ];
    for (const faults of [outage("kill", "start"), outage("pause", "resume")]) {
      const valid = (...operations: Operation[]) =>
        checkEcho([...faults.slice(0, 2), ...operations])["valid?"];
      expect(valid(...lost("n0", 5, 15))).toBe(true);
      expect(valid(...lost("n1", 5, 15))).toBe(false);
      expect(checkEcho([...faults, ...lost("n0", 15, 25)])["valid?"]).toBe(true);
      expect(checkEcho([...faults, ...lost("n0", 22, 32)])["valid?"]).toBe(false);
      expect(checkEcho([...lost("n0", 1, 5), ...faults])["valid?"]).toBe(false);
    }
    const partition = [nemesis("start-partition", "one", 1), nemesis("start-partition", ["isolated", {}], 2)];
    expect(checkEcho([...partition, ...lost("n0", 5, 15)])["valid?"]).toBe(false);
  });

  it("keeps the beginning of very long wrong echoes", () => {
    const long = "x".repeat(1_000_000);
    const verdict = checkEcho(history(["invoke", 1], ["ok", reply(long)]));
    expect(JSON.stringify(verdict).length).toBeLessThan(2000);
    expect(verdict.explanation?.[0]).toContain("xxx");
  });

  it("keeps some of very many wrong echoes, and counts them all", () => {
    const entries = Array.from({ length: 3000 }, (_, i) => [
      ["invoke", i] as const,
      ["ok", reply(-1)] as const,
    ]).flat();
    const verdict = checkEcho(history(...entries));
    expect([verdict.errors.length, verdict["error-count"]]).toEqual([1000, 3000]);
  });
});

describe("stats", () => {
  it("does not know what would have succeeded while the nemesis had stopped the node", () => {
    const kill = {
      index: 0,
      time: 0,
      type: "info",
      process: "nemesis",
      f: "kill",
      value: { n0: "killed" },
    } as const;
    const timeouts = history(["invoke", 1], ["info", 1, "net-timeout"]);
    expect(checkStats(timeouts)["valid?"]).toBe(false);
    expect(checkStats([kill, ...timeouts])["valid?"]).toBe("unknown");
    expect(checkStats([kill, ...timeouts, ...history(["invoke", 2], ["ok", 2])])["valid?"]).toBe(true);
  });

  it("leaves out what the nemesis did", () => {
    const operations = history(["invoke", 1], ["ok", 1]);
    const fault: Operation = { index: 2, time: 3, type: "info", process: "nemesis", f: "kill", value: "one" };
    expect(checkStats([...operations, fault])).toEqual(checkStats(operations));
  });

  it("counts, and wants each function to succeed once", () => {
    const stats = checkStats(
      history(
        ["invoke", 1],
        ["ok", 1],
        ["invoke", 2],
        ["fail", 2],
        ["invoke", 3, undefined, "read"],
        ["info", 3, undefined, "read"],
      ),
    );
    expect(stats).toEqual({
      "valid?": false,
      count: 3,
      "ok-count": 1,
      "fail-count": 1,
      "info-count": 1,
      "by-f": {
        echo: { "valid?": true, count: 2, "ok-count": 1, "fail-count": 1, "info-count": 0 },
        read: { "valid?": false, count: 1, "ok-count": 0, "fail-count": 0, "info-count": 1 },
      },
      latency: { p50: 1, p95: 1, p99: 1, max: 1 },
    });
  });

  it("does not hold what was interrupted against anybody", () => {
    const cut = history(["invoke", 1], ["info", 1, "interrupted"]);
    expect(checkStats(cut)["valid?"]).toBe("unknown");
    expect(checkStats([...history(["invoke", 0], ["ok", 0]), ...cut])["valid?"]).toBe(true);
    expect(checkAvailability(cut, "total")["valid?"]).toBe("unknown");
    expect(checkAvailability(cut, undefined)["valid?"]).toBe(true);
    expect(checkAvailability([...history(["invoke", 0], ["fail", 0]), ...cut], "total")["valid?"]).toBe(
      false,
    );
  });

  it("takes quantiles as the smallest latency that so many do not exceed", () => {
    const operations: Operation[] = [];
    for (let i = 0; i < 200; i++) {
      const base = { process: i, f: "f", value: 0, node: "n0" };
      operations.push({ ...base, index: 2 * i, time: 0, type: "invoke" });
      operations.push({ ...base, index: 2 * i + 1, time: (i + 1) * 1e6, type: "ok" });
    }
    expect(checkStats(operations).latency).toEqual({ p50: 100, p95: 190, p99: 198, max: 200 });
  });
});

describe("availability", () => {
  const half = history(["invoke", 1], ["ok", 1], ["invoke", 2], ["info", 2]);

  it.each([
    [undefined, true],
    [0, true],
    [0.5, true],
    [0.51, false],
    ["total", false],
  ] as const)("with half of the operations ok and the goal %s is %s", (goal, valid) => {
    const verdict = checkAvailability(half, goal);
    expect([verdict["valid?"], verdict["ok-fraction"]]).toEqual([valid, 0.5]);
  });

  it("is total when nothing was asked", () => {
    expect(checkAvailability([], "total")["valid?"]).toBe(true);
  });
});

describe("exceptions", () => {
  it("are malformed replies, and make a run invalid", () => {
    const operations = history(
      ["invoke", 1],
      ["info", 1, "malformed-reply"],
      ["invoke", 2],
      ["info", 2, "net-timeout"],
    );
    expect(checkExceptions(operations)).toEqual({
      "valid?": false,
      exceptions: [{ count: 1, class: "malformed-reply", example: operations[1] }],
    });
    expect(checkExceptions(operations.slice(2))).toEqual({ "valid?": true });
  });
});

describe("net", () => {
  it("counts messages of clients and servers, and how many an operation cost", () => {
    const net = countTraffic(2, {
      clients: { sent: 6, received: 5, byType: new Map([["echo", 6]]) },
      servers: {
        sent: 4,
        received: 4,
        byType: new Map([
          ["echo", 1],
          ["gossip", 3],
        ]),
      },
    });
    expect(net).toEqual({
      "valid?": true,
      all: {
        "send-count": 10,
        "recv-count": 9,
        "msg-count": 10,
        "by-type": { echo: 7, gossip: 3 },
        "msgs-per-op": 5,
      },
      clients: { "send-count": 6, "recv-count": 5, "msg-count": 6, "by-type": { echo: 6 } },
      servers: {
        "send-count": 4,
        "recv-count": 4,
        "msg-count": 4,
        "by-type": { echo: 1, gossip: 3 },
        "msgs-per-op": 2,
      },
    });
  });
});

describe("nodes", () => {
  it("keeps the first problem of a kind with a node, and counts the others", () => {
    const log = new ProblemLog();
    expect(log.verdict()).toEqual({ "valid?": true });
    const problem = {
      node: "n0",
      kind: "forged-src",
      time: 1,
      message: "first",
      evidence: [],
      advice: "",
    } as const;
    expect(log.add(problem)).toBe(true);
    expect(log.add({ ...problem, message: "second" })).toBe(false);
    expect(log.add({ ...problem, node: "n1" })).toBe(true);
    const { problems } = log.verdict();
    expect(problems?.map(({ node, message, count }) => [node, message, count])).toEqual([
      ["n0", "first", 2],
      ["n1", "first", 1],
    ]);
  });
});
