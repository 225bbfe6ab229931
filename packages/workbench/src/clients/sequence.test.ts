import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clients,
  columns,
  constantly,
  crews,
  type Ending,
  type Event,
  functionsOf,
  latency,
  numbers,
  perfect,
  quick,
  restless,
  simulate,
  some,
  timeline,
  upTo,
  valuesOf,
} from "../../test/generators.ts";
import { randomStream } from "../time/random.ts";
import { type Generator, nothing, updated } from "./generator.ts";
import { any, onClients, onNemesis } from "./routing.ts";
import { flipFlop, limit, mix, phases, sequence, synchronize } from "./sequence.ts";
import { nemesisThread } from "./threads.ts";
import { note, sleep } from "./timing.ts";
import { untilOk } from "./until-ok.ts";

const count = fc.integer({ min: 0, max: 8 });
const counts = fc.array(count, { maxLength: 5 });

/** As many operations as each number says, whose function is the place of the number. */
const eachSome = (counts: readonly number[]): Generator[] => counts.map((count, i) => some(count, `${i}`));
const eachValues = (begun: readonly Event[], counts: readonly number[]): unknown[][] =>
  counts.map((_, i) => valuesOf(begun, `${i}`));

/** The nth operation of all takes as long as the nth duration. */
function taking(...durations: readonly number[]): () => Ending {
  let done = 0;
  return () => ({ duration: durations[done++] ?? latency });
}

describe("sequence", () => {
  it("does one after the other, also when they are sequences themselves or empty", () => {
    const nested = sequence(some(2, "a"), sequence(sequence(some(1, "b"), nothing), some(1, "c")));
    const all = sequence(nothing, nested, nothing, nothing, some(1, "d"));
    expect(functionsOf(quick(all))).toBe("aabcd");
    expect(quick(sequence())).toEqual([]);
    expect(quick(sequence(nothing, sequence()))).toEqual([]);
  });

  it("does not wait for what is under way", () => {
    expect(columns(perfect(sequence(some(2, "a"), some(2, "b"))), "time", "f")).toEqual([
      [0, "a"],
      [0, "a"],
      [0, "b"],
      [10, "b"],
    ]);
  });

  it("tells those that have not begun nothing", () => {
    const run = sequence(some(1, "a"), restless(some(1, "b")));
    const operation = { type: "ok", process: 0, f: "a", value: 0 } as const;
    expect(updated(run, { thread: 0, operation })).toBe(run);
  });

  it("tells the one that goes on, and from then on the next, what happens", () => {
    const types = ["fail", "fail", "ok", "ok", "info", "info", "ok"] as const;
    let done = 0;
    const perform = (): Ending => ({ type: types[done++] ?? "ok", duration: latency });
    const reads = sequence(untilOk(numbers("read")), untilOk(limit(3, numbers("done"))));
    expect(columns(simulate(reads, { threads: clients(2), perform }).events, "time", "f", "type")).toEqual([
      [0, "read", "invoke"],
      [0, "read", "invoke"],
      // Both failed, and are tried again.
      [10, "read", "fail"],
      [10, "read", "invoke"],
      [10, "read", "fail"],
      [10, "read", "invoke"],
      // Once is enough; the other read is not waited for, and not taken for what is to be done now.
      [20, "read", "ok"],
      [20, "done", "invoke"],
      [20, "read", "ok"],
      [20, "done", "invoke"],
      [30, "done", "info"],
      [30, "done", "invoke"],
      [30, "done", "info"],
      [40, "done", "ok"],
    ]);
  });
});

describe("synchronize", () => {
  it("begins when what takes longest has ended, and does not wait again", () => {
    const run = sequence(some(3, "a"), synchronize(some(5, "b")));
    const { begun } = simulate(run, { perform: taking(2, 15, 5) });
    expect(columns(begun, "f", "time", "thread")).toEqual([
      ["a", 0, 0],
      ["a", 0, 1],
      ["a", 0, nemesisThread],
      ["b", 15, 0],
      ["b", 15, 1],
      ["b", 15, nemesisThread],
      ["b", 25, 0],
      ["b", 25, 1],
    ]);
  });

  it("waits for its own threads only", () => {
    const run = any(onNemesis(some(1, "n")), onClients(sequence(some(1, "a"), synchronize(some(1, "b")))));
    expect(timeline(simulate(run, { perform: taking(100) }).begun)).toBe("n@0 a@0 b@10");
  });

  it("waits even for nothing at all", () => {
    const run = sequence(some(1, "a"), synchronize(nothing), some(1, "b"));
    expect(timeline(perfect(run))).toBe("a@0 b@10");
  });
});

describe("phases", () => {
  it("end before the next begins", () => {
    const run = onClients(phases(some(2, "a"), some(1, "b"), some(3, "c")));
    expect(columns(perfect(run), "f", "thread", "time")).toEqual([
      ["a", 0, 0],
      ["a", 1, 0],
      ["b", 0, 10],
      ["c", 1, 20],
      ["c", 0, 20],
      ["c", 1, 30],
    ]);
  });

  it("wait for what went before the first, too", () => {
    expect(timeline(perfect(sequence(some(1, "a"), phases(some(1, "b")))))).toBe("a@0 b@10");
  });

  it("are no operations when there are none in them", () => {
    expect(perfect(phases())).toEqual([]);
    expect(perfect(phases(nothing, nothing))).toEqual([]);
  });

  it("never overlap, and lose nothing", () => {
    fc.assert(
      fc.property(counts, crews, (counts, crew) => {
        const { begun, events } = simulate(phases(...eachSome(counts)), crew);
        expect(eachValues(begun, counts)).toEqual(counts.map(upTo));
        let [underWay, phase] = [0, "0"];
        const beginnings = new Set(begun);
        for (const event of events) {
          if (underWay === 0) phase = event.f;
          expect(event.f).toBe(phase);
          underWay += beginnings.has(event) ? 1 : -1;
        }
        const order = begun.map(({ f }) => Number(f));
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }),
    );
  });
});

describe("limit", () => {
  it("does the first operations, and no more", () => {
    fc.assert(
      fc.property(count, count, crews, (most, there, crew) => {
        expect(valuesOf(simulate(limit(most, numbers("w")), crew).begun)).toEqual(upTo(most));
        const { begun } = simulate(limit(most, some(there, "w")), crew);
        expect(valuesOf(begun)).toEqual(upTo(Math.min(most, there)));
      }),
    );
    expect(quick(limit(-1, numbers("w")))).toEqual([]);
  });

  it("counts neither notes nor waiting", () => {
    const { begun, notes } = simulate(
      limit(2, sequence(note("now"), sleep(5), some(1, "a"), sleep(5), numbers("b"))),
    );
    expect(timeline(begun)).toBe("a@5 b@10");
    expect(notes).toHaveLength(1);
  });
});

describe("mix", () => {
  const chance = () => randomStream(3, "mix");

  it("does all there is, in a random order", () => {
    const order = perfect(mix([some(5, "a"), some(10, "b")], chance())).map(({ f }) => f);
    expect(order.toSorted().join("")).toBe("aaaaabbbbbbbbbb");
    expect(order.slice(0, 10).toSorted().join("")).not.toMatch(/^(a{5}b{5}|b{10})$/);
    expect(quick(mix([], chance()))).toEqual([]);
    expect(quick(mix([nothing, nothing], chance()))).toEqual([]);
  });

  it("loses nothing, and leaves the operations of each in their order", () => {
    fc.assert(
      fc.property(counts, fc.nat(), crews, (counts, seed, crew) => {
        const { begun } = simulate(mix(eachSome(counts), randomStream(seed, "mix")), crew);
        expect(eachValues(begun, counts)).toEqual(counts.map(upTo));
        expect(begun.length).toBe(counts.reduce((sum, count) => sum + count, 0));
      }),
    );
  });

  it("gives each the same share, and what one no longer takes to all others", () => {
    const all = [some(1000, "a"), numbers("b"), numbers("c"), numbers("d")];
    const begun = perfect(limit(25_000, mix(all, chance())));
    const share = (f: string, from: number, to: number) =>
      begun.slice(from, to).filter((operation) => operation.f === f).length / (to - from);
    for (const f of ["a", "b", "c", "d"]) expect(Math.abs(share(f, 0, 3000) - 1 / 4)).toBeLessThan(0.02);
    for (const f of ["b", "c", "d"]) expect(Math.abs(share(f, 5000, 25_000) - 1 / 3)).toBeLessThan(0.01);
    expect(valuesOf(begun, "a")).toHaveLength(1000);
  });

  it("prefers none when the one that it has drawn has no more", () => {
    const runs = Array.from({ length: 3000 }, (_, seed) =>
      mix([some(0, "none"), some(1, "a"), some(1, "b"), some(1, "c")], randomStream(seed, "mix")),
    );
    const first = runs.map((run) => perfect(run)[0]?.f);
    for (const f of ["a", "b", "c"])
      expect(Math.abs(first.filter((other) => other === f).length - 1000)).toBeLessThan(100);
  });

  it("draws each time anew, whatever came before", () => {
    const order = perfect(limit(20_000, mix([numbers("a"), numbers("b")], chance()))).map(({ f }) => f);
    const changes = order.filter((f, i) => i > 0 && f !== order[i - 1]).length;
    expect(Math.abs(changes - 10_000)).toBeLessThan(200);
  });

  it("waits for the one that was drawn, though another could go on", () => {
    // As in Jepsen. The first is always drawn; the nemesis takes 30 ns for each.
    const run = mix([onNemesis(some(2, "n")), some(1, "a")], constantly(0));
    const { begun } = simulate(run, { perform: ({ f }) => ({ duration: f === "n" ? 30 : latency }) });
    expect(timeline(begun)).toBe("n@0 n@30 a@30");
  });

  it("keeps to what it has drawn while that waits or has something to tell", () => {
    // Each is drawn in its turn.
    let drawn = 0;
    const inTurn = { ...constantly(0), float: () => (drawn++ % 2) / 2 };
    const first = sequence(note("first"), sleep(5), some(2, "a"));
    const { begun } = simulate(mix([first, some(2, "b")], inTurn));
    expect(timeline(begun)).toBe("a@5 b@5 a@5 b@15");
  });

  it("keeps to what it has drawn when something happens", () => {
    const run = (dress: (generator: Generator) => Generator) =>
      functionsOf(perfect(limit(50, mix([dress(numbers("a")), dress(numbers("b"))], chance()))));
    expect(run(restless)).toBe(run((generator) => generator));
  });
});

describe("flipFlop", () => {
  it("does operations of both in turn, until one has no more", () => {
    const run = flipFlop(numbers("write"), sequence(some(1, "read"), some(1, "stop")));
    expect(columns(perfect(onClients(run)), "thread", "f", "value")).toEqual([
      [0, "write", 0],
      [1, "read", 0],
      [0, "write", 1],
      [1, "stop", 0],
      [0, "write", 2],
    ]);
    expect(functionsOf(perfect(flipFlop(some(1, "a"), numbers("b"))))).toBe("ab");
  });

  it("leaves none of both out, whatever there is of each", () => {
    fc.assert(
      fc.property(count, count, crews, (first, second, crew) => {
        const { begun } = simulate(flipFlop(some(first, "a"), some(second, "b")), crew);
        const turns = first <= second ? 2 * first : 2 * second + 1;
        expect(columns(begun, "f", "value")).toEqual(
          upTo(turns).map((i) => [i % 2 === 0 ? "a" : "b", Math.floor(i / 2)]),
        );
      }),
    );
  });

  it("does not take a note or waiting for the turn of the one", () => {
    const run = flipFlop(sequence(note("first"), sleep(5), numbers("a")), some(2, "b"));
    expect(functionsOf(perfect(run))).toBe("ababa");
  });
});
