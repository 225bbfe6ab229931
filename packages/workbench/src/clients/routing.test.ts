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
  timeline,
  upTo,
  valuesOf,
} from "../../test/generators.ts";
import { type Generator, nothing, once } from "./generator.ts";
import { any, eachThread, onClients, onNemesis, reserve } from "./routing.ts";
import { limit, phases, sequence, synchronize } from "./sequence.ts";
import { nemesisThread, type Thread, ThreadSet } from "./threads.ts";
import { note, sleep, stagger, timeLimit } from "./timing.ts";
import { untilOk } from "./until-ok.ts";

const counts = fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 5 });
/** What one thread did. */
const by = (events: readonly Event[], thread: Thread) => events.filter((event) => event.thread === thread);
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
    expect(timeline(perfect(late))).toBe("a@0 b@0 a@5 b@20");
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
    const run = any(sequence(note("a"), some(2, "a")), sequence(some(2, "b"), note("b")));
    const { begun, notes } = simulate(run);
    expect(notes).toEqual([
      { time: 0, text: "a" },
      { time: 10, text: "b" },
    ]);
    expect(functionsOf(begun)).toBe("abab");
  });

  it("waits as long as the shortest wait, and that takes nobody's turn either", () => {
    const run = any(sequence(sleep(30), some(1, "a")), sequence(sleep(20), some(1, "b")), sleep(50));
    expect(timeline(simulate(run).begun)).toBe("b@20 a@30");
    expect(simulate(run).end).toBe(50);
    const same = any(sequence(sleep(20), some(1, "a")), sequence(sleep(20), some(1, "b")));
    expect(timeline(perfect(same))).toBe("a@20 b@20");
    const others = any(sequence(some(1, "a"), synchronize(nothing)), sequence(sleep(20), some(1, "b")));
    const perform = () => ({ duration: 100 });
    expect(timeline(simulate(others, { perform }).begun)).toBe("a@0 b@20");
  });

  it("lets waits end while the operations of others begin and are due", () => {
    const waiting = () => sequence(sleep(30), some(1, "a"));
    const slow = stagger(100, constantly(0.5), some(2, "b"));
    expect(timeline(perfect(any(waiting(), slow)))).toBe("b@0 a@30 b@100");
    expect(timeline(perfect(any(waiting(), steadily(some(3, "b")))))).toBe("b@0 b@20 a@30 b@40");
  });

  it("lets a wait begin once, though an operation is due before its end", () => {
    const waiting = sequence(some(1, "a"), synchronize(sleep(30)), some(1, "b"));
    const { begun } = simulate(reserve([[1, waiting]], steadily(some(3, "c"))), {
      threads: clients(2),
      perform: ({ f }) => ({ duration: f === "a" ? 10 : 1 }),
    });
    expect(timeline(begun)).toContain("b@40");
  });
});

describe("onClients and onNemesis", () => {
  it("do not end a time limit while all clients are busy and the nemesis has nothing to do in it", () => {
    const nemesis = onNemesis(sequence(some(1, "n"), sleep(1000), some(1, "n")));
    const run = timeLimit(100, any(onClients(numbers("a")), nemesis));
    const times = columns(perfect(run, clientsAndNemesis(1)), "time").flat();
    expect(Math.max(...times.map(Number))).toBe(90);
  });

  it("let all of their threads take turns, whatever others do in between", () => {
    const shares = reserve([[3, numbers("a")]], numbers("b"));
    const { begun } = simulate(stagger(20, constantly(0.5), limit(24, shares)), {
      threads: clients(6),
      perform: () => ({ duration: 1 }),
    });
    for (const f of ["a", "b"])
      expect(new Set(begun.filter((each) => each.f === f).map(({ thread }) => thread)).size).toBe(3);
  });

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
    expect(timeline(begun)).toBe("a@0 n@0 a@0 a@10 b@20 m@100");
  });

  it("wait when there is no such thread, unless there is nothing to be done", () => {
    const context = { time: 0, threads: clients(1), free: clients(1), turn: 0 };
    const threads = ThreadSet.of(nemesisThread);
    for (const [generator, without] of [
      [onNemesis, context],
      [onClients, { ...context, threads, free: threads }],
    ] as const) {
      expect(saidBy(generator(numbers("a")), without)).toEqual({ kind: "pending" });
      expect(generator(synchronize(nothing)).next(without)).toBeUndefined();
    }
  });

  it("go by the threads that there are whenever they are asked", () => {
    const generator = onClients(some(3, "a"));
    for (const count of [1, 3, 2])
      expect(new Set(columns(perfect(generator, clients(count)), "thread").flat()).size).toBe(count);
  });
});

describe("reserve", () => {
  /** Which threads did the operations of a function. */
  const threadsOf = (events: readonly Event[], f: string) => [
    ...new Set(events.filter((event) => event.f === f).map(({ thread }) => thread)),
  ];

  const shares = () =>
    reserve(
      [
        [2, numbers("a")],
        [3, numbers("b")],
      ],
      numbers("c"),
    );

  it("gives all threads to the last when none are reserved", () => {
    expect(columns(perfect(limit(3, reserve([], numbers("a")))), "thread", "value")).toEqual([
      [0, 0],
      [1, 1],
      [nemesisThread, 2],
    ]);
  });

  it("gives the first threads to the first, the next to the second, and what is left to the last", () => {
    const begun = perfect(onClients(limit(18, shares())), clientsAndNemesis(6));
    expect(["a", "b", "c"].map((f) => threadsOf(begun, f))).toEqual([[0, 1], [2, 3, 4], [5]]);
    // All at once, three times.
    expect(begun.map(({ time }) => time)).toEqual([0, 10, 20].flatMap((time) => Array(6).fill(time)));
    expect(valuesOf(begun, "b")).toEqual(upTo(9));
  });

  it("leaves the nemesis to the last, as Jepsen does", () => {
    const begun = perfect(limit(15, shares()), clientsAndNemesis(5));
    expect(["a", "b", "c"].map((f) => threadsOf(begun, f))).toEqual([[0, 1], [2, 3, 4], [nemesisThread]]);
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
    for (const thread of [nemesisThread, 0, 1]) expect(functionsOf(by(begun, thread))).toBe("ab");
  });

  it("keeps the operations of each thread in their order, and loses none", () => {
    fc.assert(
      fc.property(counts, crews, (counts, crew) => {
        const expected = counts.flatMap((n, i) => upTo(n).map((value) => [`${i}`, value]));
        const operations = counts.flatMap((n, i) => upTo(n).map((value) => once({ f: `${i}`, value })));
        const { begun } = simulate(eachThread(sequence(...operations)), crew);
        for (const thread of crew.threads ?? [])
          expect(columns(by(begun, thread), "f", "value")).toEqual(expected);
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
    expect(timeline(begun)).toMatch(/b@100$/);
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
      expect(by(events, thread).filter(({ type }) => type === "ok")).toHaveLength(1);
  });

  it("gives all threads their turn when operations are fewer than free threads", () => {
    const begun = perfect(steadily(limit(6, eachThread(numbers("a")))));
    expect(begun.map(({ thread }) => thread).sort()).toEqual([nemesisThread, nemesisThread, 0, 0, 1, 1]);
  });

  it("is anew for each thread: each sleeps after its own operation", () => {
    const { begun } = simulate(eachThread(sequence(some(1, "a"), sleep(20), some(1, "b"))), {
      threads: clients(2),
      perform: ({ thread }) => ({ duration: thread === 0 ? 5 : 15 }),
    });
    expect(columns(begun, "f", "thread", "time").slice(2)).toEqual([
      ["b", 0, 25],
      ["b", 1, 35],
    ]);
  });
});
