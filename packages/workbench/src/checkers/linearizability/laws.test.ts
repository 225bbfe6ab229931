import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Operation, OperationType } from "../../history/operation.ts";
import { check } from "../checker.ts";
import { CallLog } from "./calls.ts";
import { LinearizabilityChecker } from "./checker.ts";
import { decide } from "./decide.ts";
import type { Model, ModelOperation } from "./model.ts";
import { casRegister, mutex, register } from "./models.ts";
import { multiRegister } from "./multi-register.ts";

/** Operations of a model for the tests: what is asked, and what may be answered, both from one number. */
interface Kind {
  readonly model: Model;
  ask(n: number): ModelOperation;
  answer(asked: ModelOperation, n: number): unknown;
}

const registers: Kind = {
  model: casRegister(0),
  ask: (n) =>
    [
      { f: "read", value: null },
      { f: "write", value: (n >> 2) % 3 },
      { f: "cas", value: [(n >> 2) % 3, (n >> 4) % 3] },
      { f: "write", value: (n >> 2) % 2 },
    ][n % 4] ?? { f: "read", value: null },
  answer: ({ f, value }, n) => (f === "read" ? (n % 9 === 8 ? null : n % 3) : value),
};

const plainRegisters: Kind = {
  ...registers,
  model: register(null),
  ask: (n) => (n % 2 === 0 ? { f: "read", value: null } : { f: "write", value: (n >> 1) % 3 }),
};

const mutexes: Kind = {
  model: mutex(false),
  ask: (n) => ({ f: n % 2 === 0 ? "acquire" : "release", value: null }),
  answer: () => null,
};

const transactions: Kind = {
  model: multiRegister({ x: 0, y: 0 }),
  ask: (n) => {
    const micro = (m: number): unknown[] =>
      m % 2 === 0 ? ["r", "xy"[(m >> 1) % 2], null] : ["w", "xy"[(m >> 1) % 2], (m >> 2) % 2];
    return { f: "txn", value: n % 3 === 0 ? [micro(n >> 2)] : [micro(n >> 2), micro(n >> 5)] };
  },
  answer: ({ value }, n) =>
    Array.isArray(value) ? value.map(([f, k, v], i) => [f, k, f === "r" ? (n >> i) % 2 : v]) : value,
};

/** A model that says no more than it must, and whose operations may end in several ways. */
const dice: Model<number> = {
  name: "dice",
  initial: 0,
  step: (state, { f, value }) => {
    if (f === "get") return state === value ? [state] : [];
    return f === "roll" ? [(state + 1) % 4, (state + 2) % 4] : [state, 3 - state];
  },
  key: (state) => state,
};
const dices: Kind = {
  model: dice,
  ask: (n) => ({ f: ["get", "roll", "flip", "get"][n % 4] ?? "", value: null }),
  answer: ({ f }, n) => (f === "get" ? n % 4 : null),
};

/** To add to a full one changes nothing; to any other, it does, each time. */
const tank: Model<number> = {
  name: "tank",
  initial: 1,
  step: (state, { f, value }) => {
    if (f === "get") return state === value ? [state] : [];
    return f === "add" ? [Math.min(state + 1, 2)] : [0];
  },
  key: (state) => state,
  overwrites: ({ f }) => f === "empty",
};
const tanks: Kind = {
  model: tank,
  ask: (n) => ({ f: ["get", "add", "empty", "add"][n % 4] ?? "", value: null }),
  answer: ({ f }, n) => (f === "get" ? n % 3 : null),
};

const queue: Model<readonly unknown[]> = {
  name: "queue",
  initial: [],
  step: (state, { f, value }) => {
    if (f === "enqueue") return [[...state, value]];
    return state[0] === value ? [state.slice(1)] : [];
  },
  key: (state) => state.join(),
};
const queues: Kind = {
  model: queue,
  ask: (n) => (n % 2 === 0 ? { f: "dequeue", value: null } : { f: "enqueue", value: (n >> 1) % 2 }),
  answer: ({ f, value }, n) => (f === "dequeue" ? n % 2 : value),
};

/** The same without what makes the search shorter. */
const bare = (kind: Kind): Kind => {
  const { name, initial, operation } = kind.model;
  const model: Model = {
    name,
    initial,
    step: (state, asked) => kind.model.step(state, asked),
    key: (state) => kind.model.key(state),
    ...(operation && { operation }),
  };
  return { ...kind, model };
};

interface Move {
  readonly worker: number;
  readonly n: number;
  readonly ending: OperationType;
}

const move = fc.record({
  worker: fc.nat(3),
  n: fc.nat(1023),
  ending: fc.constantFrom<OperationType>("ok", "ok", "ok", "ok", "info", "fail"),
});
const moves = fc.array(move, { minLength: 4, maxLength: 16 });

/** Each move begins an operation of its worker, or ends the one that is open. */
function historyOf(kind: Kind, made: readonly Move[]): Operation[] {
  const open = new Map<number, ModelOperation>();
  const processes = [0, 1, 2, 3];
  const history: Operation[] = [];
  for (const { worker, n, ending } of made) {
    const process = processes[worker] ?? 0;
    const asked = open.get(worker);
    const entry = { index: history.length, time: history.length * 1e6, process };
    if (asked === undefined) {
      const operation = kind.ask(n);
      open.set(worker, operation);
      history.push({ ...entry, ...operation, type: "invoke" });
    } else {
      open.delete(worker);
      const value = ending === "ok" ? kind.answer(asked, n) : asked.value;
      history.push({ ...entry, f: asked.f, type: ending, value });
      if (ending === "info") processes[worker] = process + 4;
    }
  }
  return history;
}

/** Tries all orders. Shares nothing with the search. */
function hasOrder(model: Model, history: readonly Operation[]): boolean {
  interface Span {
    readonly operation: ModelOperation;
    readonly from: number;
    readonly to: number;
    readonly must: boolean;
  }
  const spans: Span[] = [];
  history.forEach(({ type, process, f, value }, from) => {
    if (type !== "invoke") return;
    const to = history.findIndex((other, at) => at > from && other.process === process);
    const end = history[to];
    if (end?.type === "fail") return;
    const must = end?.type === "ok";
    const answered = must ? end.value : undefined;
    const operation = model.operation ? model.operation(f, value, answered) : { f, value: answered ?? value };
    if (operation) spans.push({ operation, from, to: must ? to : history.length, must });
  });
  const tries = (state: unknown, left: readonly Span[]): boolean => {
    const bound = Math.min(...left.filter(({ must }) => must).map(({ to }) => to));
    if (bound === Number.POSITIVE_INFINITY) return true;
    return left.some(
      (span) =>
        span.from < bound &&
        model.step(state, span.operation).some((next) =>
          tries(
            next,
            left.filter((other) => other !== span),
          ),
        ),
    );
  };
  return tries(model.initial, spans);
}

const judge = (model: Model, history: readonly Operation[], configurations?: number) =>
  check(
    new LinearizabilityChecker({
      model,
      keyed: false,
      ...(configurations !== undefined && { configurations }),
    }),
    history,
  );

/** Without what failed: a prefix of a history does not know what is going to fail. */
function withoutFailed(history: readonly Operation[]): Operation[] {
  return history.filter(({ process, type }, at) => {
    const rest = history.slice(at + 1).find((other) => other.process === process);
    return type !== "fail" && !(type === "invoke" && rest?.type === "fail");
  });
}

const withKey = (key: unknown, history: readonly Operation[]): Operation[] =>
  history.map((operation) => ({ ...operation, value: [key, operation.value] }));

describe("linearizability", () => {
  const kinds: readonly (readonly [string, Kind, number])[] = [
    ["a cas-register", registers, 9000],
    ["a register", plainRegisters, 4000],
    ["a mutex", mutexes, 2000],
    ["a multi-register", transactions, 2500],
    ["a model of which nothing more is known", bare(registers), 2500],
    ["a model that may go several ways", dices, 2500],
    ["a model in which some change only some states", tanks, 5000],
    ["a queue", queues, 2500],
  ];
  it.each(kinds)("of %s is what trying all orders says", (_, kind, numRuns) => {
    let valid = 0;
    fc.assert(
      fc.property(moves, (made) => {
        const history = historyOf(kind, made);
        const truth = hasOrder(kind.model, history);
        if (truth) valid++;
        expect(judge(kind.model, history)["valid?"]).toBe(truth);
        expect([truth, "unknown"]).toContain(judge(kind.model, history, 1)["valid?"]);
      }),
      { numRuns },
    );
    // Neither verdict is rare.
    expect(valid).toBeGreaterThan(numRuns / 10);
    expect(valid).toBeLessThan((numRuns * 9) / 10);
  });

  it("ends at the first completion without an order", () => {
    fc.assert(
      fc.property(fc.constantFrom(registers, plainRegisters, mutexes), moves, (kind, made) => {
        const history = withoutFailed(historyOf(kind, made)).map((each, index) => ({ ...each, index }));
        const log = new CallLog();
        for (const operation of history) log.add(operation);
        const calls = log.calls(kind.model, (value) => value);
        const decision = decide(kind.model, calls, { configurations: 1000, steps: 1e6, time: () => {} });
        if (decision.kind !== "stuck") return;
        const at = calls.calls[calls.events[decision.at]?.call ?? -1]?.completion?.index ?? 0;
        expect(hasOrder(kind.model, history.slice(0, at))).toBe(true);
        expect(hasOrder(kind.model, history.slice(0, at + 1))).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  it("of several keys is that of each", () => {
    fc.assert(
      fc.property(moves, moves, fc.array(fc.boolean()), (one, two, choice) => {
        const [a, b] = [historyOf(registers, one), historyOf(registers, two)];
        // Each key has processes of its own, under other names, and its entries come in between those of the other.
        const rename = (to: (process: number) => number) => (each: Operation) => ({
          ...each,
          process: each.process === "nemesis" ? each.process : to(each.process),
        });
        const first = withKey(0, a).map(rename((process) => process * 2));
        const second = withKey("k", b).map(rename((process) => 1001 - process * 2));
        const merged: Operation[] = [];
        for (const turn of choice) merged.push(...(turn ? first : second).splice(0, 1));
        merged.push(...first, ...second);
        const verdict = check(new LinearizabilityChecker({ model: registers.model }), merged);
        const each = [judge(registers.model, a)["valid?"], judge(registers.model, b)["valid?"]];
        expect(verdict["valid?"]).toBe(each.every((valid) => valid === true));
        expect(verdict.failures).toHaveLength(each.filter((valid) => valid === false).length);
      }),
      { numRuns: 1000 },
    );
  });

  it("is not lost by what may have happened, nor by an earlier end", () => {
    fc.assert(
      fc.property(moves, move, fc.nat(16), fc.nat(16), (made, { n }, from, length) => {
        const history = historyOf(registers, made);
        fc.pre(judge(registers.model, history)["valid?"] === true);
        const doubtful = { index: 0, time: 0, process: 99, ...registers.ask(n) };
        const more: Operation[] = history.toSpliced(from, 0, { ...doubtful, type: "invoke" });
        more.splice(from + 1 + length, 0, { ...doubtful, type: "info" });
        expect(judge(registers.model, more)["valid?"]).toBe(true);
        for (let end = 0; end < history.length; end++)
          expect(judge(registers.model, history.slice(0, end))["valid?"]).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
