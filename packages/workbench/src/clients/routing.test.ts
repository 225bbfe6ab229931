import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clients,
  clientsAndNemesis,
  columns,
  constantly,
  crews,
  type Event,
  functionsOf,
  imperfect,
  latency,
  numbers,
  perfect,
  recipes,
  saidBy,
  simulate,
  some,
  valuesOf,
} from "../../test/generators.ts";
import { type Generator, nothing, once } from "./generator.ts";
import { any, eachThread, onClients, onNemesis, reserve } from "./routing.ts";
import { limit, phases, sequence, synchronize } from "./sequence.ts";
import { nemesisThread, ThreadSet } from "./threads.ts";
import { note, sleep, stagger } from "./timing.ts";
import { untilOk } from "./until-ok.ts";

const counts = fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 5 });
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
/** Every 20 ns. */
const steadily = (generator: Generator) => stagger(20, constantly(0.5), generator);

describe("any", () => {
  it("does what comes first, of whichever it is", () => {
    const run = any(onClients(steadily(numbers("a"))), onNemesis(steadily(numbers("n"))));
    expect(columns(perfect(limit(4, run), clientsAndNemesis(1)), "f", "thread", "time")).toEqual([
      ["a", 0, 0],
      ["n", nemesisThread, 0],
      ["a", 0, 20],
      ["n", nemesisThread, 20],
    ]);
    const late = any(sequence(some(1, "a"), sleep(5), some(1, "a")), steadily(some(2, "b")));
    expect(columns(perfect(late), "f", "time")).toEqual([
      ["a", 0],
      ["b", 0],
      ["a", 5],
      ["b", 20],
    ]);
  });

  // Jepsen leaves it to chance.
  it("takes turns when several could be first", () => {
    expect(functionsOf(perfect(limit(7, any(numbers("a"), numbers("b"), numbers("c")))))).toBe("abcabca");
    expect(functionsOf(perfect(any(some(1, "a"), some(3, "b"), some(2, "c"))))).toBe("abcbcb");
  });

  it("goes on when one has no more, and ends when none has", () => {
    expect(perfect(any())).toEqual([]);
    expect(perfect(any(nothing, nothing))).toEqual([]);
    fc.assert(
      fc.property(counts, crews, (counts, crew) => {
        const { begun } = simulate(any(...counts.map((count, i) => some(count, `${i}`))), crew);
        expect(counts.map((_, i) => valuesOf(begun, `${i}`))).toEqual(counts.map(upTo));
        expect(begun.length).toBe(counts.reduce((sum, count) => sum + count, 0));
      }),
    );
  });

  it("tells at once what there is to tell, and that takes nobody's turn", () => {
    const run = any(some(2, "a"), sequence(note("b"), some(2, "b")));
    const { begun, notes } = simulate(run);
    expect(notes).toEqual([{ time: 0, text: "b" }]);
    expect(functionsOf(begun)).toBe("abab");
  });

  it("waits as long as the shortest wait", () => {
    const run = any(sequence(sleep(30), some(1, "a")), sequence(sleep(20), some(1, "b")), sleep(50));
    const { begun, end } = simulate(run);
    expect(columns(begun, "f", "time")).toEqual([
      ["b", 20],
      ["a", 30],
    ]);
    expect(end).toBe(50);
  });

  it("is asked again when a wait is over, though an operation is due later", () => {
    const run = any(sequence(sleep(30), some(1, "a")), stagger(100, constantly(0.5), some(2, "b")));
    expect(columns(perfect(run), "f", "time")).toEqual([
      ["b", 0],
      ["a", 30],
      ["b", 100],
    ]);
  });
});

describe("onClients and onNemesis", () => {
  it("keep to their threads, whatever they get", () => {
    fc.assert(
      fc.property(recipes({ routed: false }), crews, ({ make }, crew) => {
        const { begun } = simulate(onClients(make()), crew);
        for (const { thread } of begun) expect(thread).toBeGreaterThanOrEqual(0);
        const { begun: disturbances } = simulate(onNemesis(make()), crew);
        for (const { thread } of disturbances) expect(thread).toBe(nemesisThread);
      }),
      { numRuns: 300 },
    );
  });

  it("use all clients, and the nemesis", () => {
    const threads = (generator: Generator) => columns(perfect(limit(4, generator)), "thread", "time");
    expect(threads(onClients(numbers("a")))).toEqual([
      [0, 0],
      [1, 0],
      [0, 10],
      [1, 10],
    ]);
    expect(threads(onNemesis(numbers("n")))).toEqual([0, 10, 20, 30].map((time) => [nemesisThread, time]));
  });

  it("know nothing of the others", () => {
    const run = any(
      onClients(phases(some(3, "a"), some(1, "b"))),
      onNemesis(phases(some(1, "n"), some(1, "m"))),
    );
    const { begun } = simulate(run, { perform: ({ f }) => ({ duration: f === "n" ? 100 : latency }) });
    expect(columns(begun, "f", "time")).toEqual([
      ["a", 0],
      ["n", 0],
      ["a", 0],
      ["a", 10],
      ["b", 20],
      ["m", 100],
    ]);
  });

  it("wait when there is no such thread", () => {
    const context = { time: 0, threads: clients(1), free: clients(1), turn: 0 };
    expect(saidBy(onNemesis(numbers("n")), context)).toEqual({ kind: "pending" });
    const nemesis = ThreadSet.of(nemesisThread);
    expect(saidBy(onClients(numbers("n")), { ...context, threads: nemesis, free: nemesis })).toEqual({
      kind: "pending",
    });
  });
});

describe("reserve", () => {
  /** Which threads did the operations of a function. */
  const threadsOf = (events: readonly Event[], f: string) => [
    ...new Set(events.filter((event) => event.f === f).map(({ thread }) => thread)),
  ];

  it("gives all threads to the last when none are reserved", () => {
    expect(columns(perfect(limit(3, reserve([], numbers("a")))), "thread", "value")).toEqual([
      [0, 0],
      [1, 1],
      [nemesisThread, 2],
    ]);
  });

  it("gives the first threads to the first, the next to the second, and what is left to the last", () => {
    const shares = reserve([[2, numbers("a")] as const, [3, numbers("b")] as const], numbers("c"));
    const begun = perfect(onClients(limit(18, shares)), clientsAndNemesis(6));
    expect(threadsOf(begun, "a")).toEqual([0, 1]);
    expect(threadsOf(begun, "b")).toEqual([2, 3, 4]);
    expect(threadsOf(begun, "c")).toEqual([5]);
    // All at once, three times.
    expect(begun.map(({ time }) => time)).toEqual([0, 10, 20].flatMap((time) => Array(6).fill(time)));
    expect(valuesOf(begun, "b")).toEqual(upTo(9));
  });

  // As in Jepsen, it is never among the first so many.
  it("leaves the nemesis to the last", () => {
    const shares = reserve([[2, numbers("a")] as const, [3, numbers("b")] as const], numbers("c"));
    expect(threadsOf(perfect(limit(15, shares), clientsAndNemesis(5)), "c")).toEqual([nemesisThread]);
  });

  it("can stand in another, and on some threads only, where Jepsen's cannot", () => {
    const inner = reserve([[1, numbers("b")]], numbers("c"));
    const begun = perfect(onClients(limit(12, reserve([[2, numbers("a")]], inner))), clientsAndNemesis(4));
    expect(["a", "b", "c"].map((f) => threadsOf(begun, f))).toEqual([[0, 1], [2], [3]]);
  });

  it("lets nobody wait for the operations of another", () => {
    const run = onClients(limit(12, reserve([[1, numbers("slow")]], numbers("fast"))));
    const { begun } = simulate(run, { perform: ({ f }) => ({ duration: f === "slow" ? 1000 : latency }) });
    expect(valuesOf(begun, "fast")).toHaveLength(11);
  });

  it("keeps each to its threads, and loses no operation", () => {
    const shares = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.nat(8)), { maxLength: 3 });
    fc.assert(
      fc.property(shares, fc.nat(8), crews, (shares, rest, { perform }) => {
        const counts = [...shares.map(([, operations]) => operations), rest];
        const reserved = shares.map(([count, operations], i) => [count, some(operations, `${i}`)] as const);
        const total = shares.reduce((sum, [count]) => sum + count, 1);
        const run = reserve(reserved, some(rest, `${shares.length}`));
        const { begun } = simulate(run, { threads: clients(total), ...(perform && { perform }) });
        expect(counts.map((_, i) => valuesOf(begun, `${i}`))).toEqual(counts.map(upTo));
        const owners = [...shares.flatMap(([count], i) => Array(count).fill(`${i}`)), `${shares.length}`];
        for (const { thread, f } of begun) expect(f).toBe(owners[thread]);
      }),
    );
  });
});

describe("eachThread", () => {
  it("does it all with every thread", () => {
    const begun = perfect(eachThread(sequence(some(1, "a"), some(1, "b"))));
    expect(columns(begun, "time", "f")).toEqual(
      ["a", "a", "a", "b", "b", "b"].map((f) => [f === "a" ? 0 : 10, f]),
    );
    for (const thread of [nemesisThread, 0, 1])
      expect(functionsOf(begun.filter((event) => event.thread === thread))).toBe("ab");
  });

  it("keeps the operations of each thread in their order, and loses none", () => {
    fc.assert(
      fc.property(counts, crews, (counts, crew) => {
        const expected = counts.flatMap((n, i) => upTo(n).map((value) => [`${i}`, value]));
        const operations = counts.flatMap((n, i) => upTo(n).map((value) => once({ f: `${i}`, value })));
        const { begun } = simulate(eachThread(sequence(...operations)), crew);
        for (const thread of crew.threads ?? [])
          expect(
            columns(
              begun.filter((event) => event.thread === thread),
              "f",
              "value",
            ),
          ).toEqual(expected);
      }),
    );
  });

  it("is over when all threads are free and have no more, and waits for those that are busy", () => {
    const threads = clients(2);
    const run = eachThread(nothing);
    const context = { time: 0, threads, free: threads, turn: 0 };
    expect(run.next(context)).toBeUndefined();
    expect(saidBy(run, { ...context, free: ThreadSet.of(1) })).toEqual({ kind: "pending" });
    const { begun } = simulate(sequence(eachThread(some(1, "a")), some(1, "b")), {
      perform: ({ thread }) => ({ duration: thread === 1 ? 100 : latency }),
    });
    expect(columns(begun, "f", "time").at(-1)).toEqual(["b", 100]);
  });

  it("lets each thread know of itself only", () => {
    // The second operation of each waits for the first: for its own, and not for those of others.
    const run = eachThread(sequence(some(1, "a"), synchronize(some(1, "b"))));
    const { begun } = simulate(run, {
      threads: clients(2),
      perform: ({ thread }) => ({ duration: thread === 0 ? 30 : latency }),
    });
    expect(columns(begun, "f", "thread", "time").slice(2)).toEqual([
      ["b", 1, 10],
      ["b", 0, 30],
    ]);
    // Each thread fails, does not know, and then is ok, and the ok of one ends nothing for the others.
    const events = imperfect(onClients(eachThread(untilOk(numbers("a")))));
    for (const thread of [0, 1])
      expect(events.filter((event) => event.thread === thread && event.type === "ok")).toHaveLength(1);
  });

  it("gives all threads their turn when operations are fewer than free threads", () => {
    const begun = perfect(steadily(limit(6, eachThread(numbers("a")))));
    expect(begun.map(({ thread }) => thread).sort()).toEqual([nemesisThread, nemesisThread, 0, 0, 1, 1]);
  });

  it("is anew for each thread: each sleeps after its own operation", () => {
    const { begun } = simulate(eachThread(sequence(some(1, "a"), synchronize(sleep(20)), some(1, "b"))), {
      threads: clients(2),
      perform: ({ thread }) => ({ duration: thread === 0 ? 5 : 15 }),
    });
    expect(columns(begun, "f", "thread", "time").slice(2)).toEqual([
      ["b", 0, 25],
      ["b", 1, 35],
    ]);
  });
});
