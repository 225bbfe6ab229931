import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clients,
  clientsAndNemesis,
  columns,
  constantly,
  crews,
  latency,
  numbers,
  perfect,
  perfectInfo,
  recipes,
  restless,
  saidBy,
  simulate,
  some,
  upTo,
  valuesOf,
} from "../../test/generators.ts";
import {
  begin,
  type Context,
  draws,
  type Generator,
  nothing,
  once,
  repeatedly,
  updated,
} from "./generator.ts";
import { any, eachThread, onClients, reserve } from "./routing.ts";
import { flipFlop, limit, mix, phases, sequence, synchronize } from "./sequence.ts";
import { nemesisThread, ThreadSet } from "./threads.ts";
import { stagger, timeLimit } from "./timing.ts";
import { untilOk } from "./until-ok.ts";

const threads = clientsAndNemesis(2);
const idle: Context = { time: 0, threads, free: threads, turn: 0 };
const busy: Context = { ...idle, free: ThreadSet.of() };
const write = { f: "write", value: 1, final: true } as const;

it("nothing: has no operations", () => {
  expect(perfect(nothing)).toEqual([]);
});

describe("begin", () => {
  it("takes the next free thread from the one whose turn it is, the nemesis after the last client", () => {
    const threadAt = (context: Context) => {
      const step = begin(context, write, nothing, nothing);
      return step.kind === "operation" ? step.thread : step.kind;
    };
    expect([0, 1, 2].map((turn) => threadAt({ ...idle, turn }))).toEqual([0, 1, nemesisThread]);
    expect(threadAt({ ...idle, free: threads.without(1), turn: 1 })).toBe(nemesisThread);
    expect(threadAt({ ...idle, free: ThreadSet.of(0), turn: 1 })).toBe(0);
    expect(threadAt(busy)).toBe("pending");
  });
});

describe("once", () => {
  it("does one operation, now", () => {
    expect(perfect(once(write))).toEqual([{ time: 0, thread: 0, f: "write", value: 1, type: "invoke" }]);
    expect(once(write).next({ ...idle, time: 7 })).toMatchObject({ kind: "operation", time: 7 });
  });

  it("waits, and stays what it is, while every thread is busy", () => {
    const generator = once(write);
    expect(generator.next(busy)).toEqual({ kind: "pending", rest: generator });
    expect(saidBy(generator.next(busy)?.rest, idle)).toMatchObject({ kind: "operation", invocation: write });
  });

  it("several go round all threads, and again when those are free", () => {
    const six = sequence(...Array.from({ length: 6 }, () => once(write)));
    expect(columns(perfect(six), "time", "thread")).toEqual([
      [0, 0],
      [0, 1],
      [0, nemesisThread],
      [10, 0],
      [10, 1],
      [10, nemesisThread],
    ]);
  });
});

describe("repeatedly", () => {
  it("makes each operation anew, without end", () => {
    expect(valuesOf(perfect(some(50, "write")))).toEqual(upTo(50));
    expect(valuesOf(perfectInfo(some(5, "write")))).toEqual([0, 1, 2, 3, 4]);
  });

  it("makes none before one can begin, and each once, however often it is asked", () => {
    let made = 0;
    const generator = repeatedly(() => ({ f: "write", value: made++ }));
    expect(generator.next(busy)?.rest).toBe(generator);
    expect(made).toBe(0);
    const [first, again] = [generator.next(idle), generator.next({ ...idle, time: 5 })];
    expect(made).toBe(1);
    expect(saidBy(again?.rest, idle)).toEqual(saidBy(first?.rest, idle));
    expect(made).toBe(2);
  });
});

describe("draws", () => {
  it("are made when they are first looked at, and stay the same for who comes to them later", () => {
    let made = 0;
    const first = draws(() => made++);
    expect(made).toBe(0);
    const valuesFrom = (place: typeof first, count: number): number[] =>
      count === 0 ? [] : [place().value, ...valuesFrom(place().rest, count - 1)];
    expect(valuesFrom(first, 3)).toEqual([0, 1, 2]);
    expect(made).toBe(3);
    expect(valuesFrom(first().rest, 4)).toEqual([1, 2, 3, 4]);
    expect(valuesFrom(first, 5)).toEqual([0, 1, 2, 3, 4]);
  });
});

describe("every generator", () => {
  const chance = constantly(0);
  /** Each with one generator in it, whose operations it does first. */
  const around: [name: string, wrap: (inner: Generator) => Generator][] = [
    ["sequence", (inner) => sequence(nothing, inner)],
    ["synchronize", synchronize],
    ["phases", (inner) => phases(inner, nothing)],
    ["limit", (inner) => limit(5, inner)],
    ["mix", (inner) => mix([inner, numbers("other")], chance)],
    ["flipFlop", (inner) => flipFlop(inner, numbers("other"))],
    ["stagger", (inner) => stagger(20, chance, inner)],
    ["timeLimit", (inner) => timeLimit(50, inner)],
    ["any", (inner) => any(inner, numbers("other"))],
    ["onClients", onClients],
    ["reserve", (inner) => reserve([[1, inner]], nothing)],
    ["eachThread", eachThread],
    ["untilOk", untilOk],
  ];

  it.each(around)("%s: hands on the invocation itself, by which the nemesis knows what to do", (_, wrap) => {
    const step = wrap(once(write)).next(idle);
    expect(step?.kind === "operation" && step.invocation).toBe(write);
  });

  it.each(around)("%s: is not made anew when something happens that nobody heeds", (_, wrap) => {
    const generator = wrap(numbers("write"));
    const following = generator.next(idle)?.rest ?? nothing;
    for (const type of ["invoke", "ok", "fail", "info"] as const) {
      for (const thread of threads) {
        const happening = { thread, operation: { ...write, type, process: thread } };
        expect(updated(generator, happening)).toBe(generator);
        // untilOk heeds how its own operations end.
        if (wrap !== untilOk) expect(updated(following, happening)).toBe(following);
      }
    }
  });

  it.each(around)("%s: lets what is in it hear of all that happens", (_, wrap) => {
    /** Operations that tell how often one of them was heard to begin or end. */
    const listening = (heard: number): Generator => {
      const generator: Generator = {
        next: (context) => begin(context, { f: "heard", value: heard }, generator, generator),
        update: ({ operation }) => (operation.f === "heard" ? listening(heard + 1) : generator),
      };
      return generator;
    };
    const { begun } = simulate(limit(5, wrap(listening(0))), {
      threads: clients(1),
      perform: () => ({ type: "fail", duration: latency }),
    });
    const heard = valuesOf(begun, "heard");
    expect(heard.length).toBeGreaterThan(1);
    expect(heard).toEqual(heard.map((_, i) => 2 * i));
  });

  it("goes on as before when what is in it was remade", () => {
    fc.assert(
      fc.property(recipes(), crews, ({ make }, crew) => {
        expect(simulate(make(restless), crew)).toEqual(simulate(make(), crew));
      }),
      { numRuns: 300 },
    );
  });

  it("breaks no rule: it says the same when asked twice, takes free threads only, begins nothing in the past", () => {
    // It is simulate that throws otherwise.
    fc.assert(
      fc.property(recipes(), crews, ({ make }, crew) => {
        const { begun, events } = simulate(make(), crew);
        expect(events.length).toBe(2 * begun.length);
      }),
      { numRuns: 300 },
    );
  });

  it("still says the same after the run, whatever has happened since", () => {
    fc.assert(
      fc.property(recipes(), crews, ({ make }, crew) => {
        const answers: [Generator, Context, unknown][] = [];
        simulate(make(), { ...crew, asked: (...answer) => answers.push(answer) });
        for (const [generator, context, said] of answers) expect(saidBy(generator, context)).toEqual(said);
      }),
      { numRuns: 300 },
    );
  });

  it("made twice in the same way, with the same seeds, leads to the same run", () => {
    fc.assert(
      fc.property(recipes(), crews, ({ make }, crew) => {
        expect(simulate(make(), crew)).toEqual(simulate(make(), crew));
      }),
      { numRuns: 300 },
    );
  });

  it("used twice, leads to the same run, also with what it left to chance", () => {
    fc.assert(
      fc.property(recipes(), crews, ({ make }, crew) => {
        const generator = make();
        expect(simulate(generator, crew)).toEqual(simulate(generator, crew));
      }),
      { numRuns: 300 },
    );
  });
});
