import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clients,
  columns,
  constantly,
  crews,
  type Event,
  numbers,
  perfect,
  recipes,
  saidBy,
  simulate,
  some,
  timeline,
  valuesOf,
} from "../../test/generators.ts";
import { millisecond, second } from "../time/clock.ts";
import { randomStream } from "../time/random.ts";
import { type Generator, nothing } from "./generator.ts";
import { any, onClients, onNemesis } from "./routing.ts";
import { limit, phases, sequence, synchronize } from "./sequence.ts";
import { nemesisThread } from "./threads.ts";
import { note, sleep, stagger, timeLimit } from "./timing.ts";

const chance = () => randomStream(3, "stagger");
/** Pauses that all take their mean. */
const steadily = (mean: number, generator: Generator) => stagger(mean, constantly(0.5), generator);
/** What takes no time, whoever does it. */
const atOnce = () => ({ duration: 0 });

describe("stagger", () => {
  it("begins at once, and has pauses that are uniform between 0 and twice the mean", () => {
    const mean = 200 * millisecond;
    const run = limit(40_000, stagger(mean, chance(), numbers("echo")));
    const starts = simulate(run, { perform: atOnce }).begun.map(({ time }) => time);
    expect(starts[0]).toBe(0);
    const pauses = starts
      .slice(1)
      .map((start, i) => (start - (starts[i] ?? 0)) / mean)
      .sort((a, b) => a - b);
    const at = (part: number): number => pauses[Math.floor(part * (pauses.length - 1))] ?? 0;
    for (const part of [0, 0.25, 0.5, 0.75, 1]) expect(Math.abs(at(part) - 2 * part)).toBeLessThan(0.02);
    expect(Math.abs(pauses.reduce((sum, pause) => sum + pause, 0) / pauses.length - 1)).toBeLessThan(0.01);
    expect(starts.every(Number.isInteger)).toBe(true);
  });

  it("has no pause that depends on the one before", () => {
    const starts = perfect(limit(50_000, stagger(1000, chance(), numbers("echo")))).map(({ time }) => time);
    const pauses = starts.slice(1).map((start, i) => start - (starts[i] ?? 0));
    const bothShort = pauses.filter((pause, i) => i > 0 && pause < 1000 && (pauses[i - 1] ?? 0) < 1000);
    expect(Math.abs(bothShort.length / pauses.length - 1 / 4)).toBeLessThan(0.01);
  });

  it("does not draw a pause again when it is asked again", () => {
    const generator = stagger(1000, chance(), numbers("echo"));
    const context = { time: 0, threads: clients(1), free: clients(1), turn: 0 };
    const following = Array.from({ length: 5 }, () => saidBy(generator.next(context)?.rest, context));
    for (const said of following) expect(said).toEqual(following[0]);
  });

  it.each([1, 2, 10])("is for all threads together: the rate is the same with %i clients", (count) => {
    const { begun } = simulate(timeLimit(20_000, stagger(20, chance(), numbers("echo"))), {
      threads: clients(count),
    });
    expect(Math.abs(begun.length - 1000)).toBeLessThan(50);
  });

  it("counts the pause from when an operation begins, not from when it ends", () => {
    const run = limit(4, steadily(15, numbers("echo")));
    expect(columns(perfect(run, clients(1)), "time")).toEqual([[0], [15], [30], [45]]);
  });

  it("makes up for late timers, so that the rate holds", () => {
    let timers = 0;
    // Each is up to 2 ms late, though pauses are 1 ms on average.
    const lateness = () => (timers++ % 3) * millisecond;
    const run = timeLimit(20 * second, stagger(millisecond, chance(), numbers("echo")));
    expect(Math.abs(simulate(run, { lateness, perform: atOnce }).begun.length - 20_000)).toBeLessThan(400);
  });

  // Jepsen does not make up for anything.
  it.each([
    [50, 5],
    [100, 10],
    [200, 11],
    [20_000, 11],
  ])("makes up for no more than 100 ms: when all were busy for %i ms, %i begin at once", (late, count) => {
    const busy = late * millisecond;
    const perform = ({ value }: Event) => ({ duration: value === 0 ? busy : 0 });
    const run = limit(50, steadily(10 * millisecond, numbers("echo")));
    const times = simulate(run, { threads: clients(1), perform }).begun.map(({ time }) => time);
    expect(times.slice(1, count + 1)).toEqual(Array.from({ length: count }, () => busy));
    expect(times[count + 1]).toBe(busy + 10 * millisecond);
  });

  // What was not there yet was not late: with nothing to make up for, the second waits for its pause.
  it("does not begin with a burst when it begins late", () => {
    const run = sequence(sleep(second), limit(3, steadily(10 * millisecond, numbers("echo"))));
    const times = columns(simulate(run, { perform: atOnce }).begun, "time").flat();
    expect(times.map((time) => (time - second) / millisecond)).toEqual([0, 10, 20]);
  });

  it("asks what comes as of the time when it may begin", () => {
    const run = steadily(20, sequence(timeLimit(50, numbers("a")), some(2, "b")));
    expect(timeline(perfect(run))).toBe("a@0 a@20 a@40 b@60 b@80");
  });

  it("neither delays nor counts waiting and notes", () => {
    const run = steadily(20, sequence(note("start"), some(1, "a"), note("rest"), sleep(5), some(2, "b")));
    const { begun, notes } = simulate(run);
    // The sleep begins when the operation after the first may.
    expect(timeline(begun)).toBe("a@0 b@25 b@40");
    expect(notes.map(({ text }) => text)).toEqual(["start", "rest"]);
  });

  it("starves none of those that stand side by side", () => {
    const spread = (mean: number, f: string) =>
      stagger(mean * millisecond, randomStream(mean, f), numbers(f));
    const begun = perfect(limit(2000, onClients(any(spread(3, "a"), spread(5, "b")))));
    for (const [f, mean] of [
      ["a", 3],
      ["b", 5],
    ] as const) {
      const times = begun.filter((operation) => operation.f === f).map(({ time }) => time / millisecond);
      expect(Math.abs((times.at(-1) ?? 0) / (times.length - 1) / mean - 1)).toBeLessThan(0.1);
    }
  });
});

describe("timeLimit", () => {
  it("counts from when it is first asked", () => {
    const run = sequence(timeLimit(20, numbers("a")), timeLimit(10, numbers("b")));
    expect(columns(perfect(run), "time", "f")).toEqual([
      ...[0, 0, 0, 10, 10, 10].map((time) => [time, "a"]),
      ...[20, 20, 20].map((time) => [time, "b"]),
    ]);
    expect(perfect(timeLimit(0, numbers("a")))).toEqual([]);
    expect(perfect(timeLimit(10, nothing))).toEqual([]);
  });

  it("begins nothing at its end or after, whatever it limits", () => {
    fc.assert(
      fc.property(fc.nat(50), recipes(), crews, (duration, { make }, crew) => {
        const { begun, notes } = simulate(timeLimit(duration, make()), crew);
        for (const { time } of [...begun, ...notes]) expect(time).toBeLessThan(duration);
      }),
      { numRuns: 300 },
    );
  });

  // Jepsen's ends with the last operation that is in time.
  it("lasts to its end, also when what comes next would be too late", () => {
    const run = sequence(timeLimit(40, steadily(20, numbers("a"))), some(1, "b"));
    expect(timeline(perfect(run))).toBe("a@0 a@20 b@40");
  });

  it("ends what waits, for a time or for others, and does not wait for what is under way", () => {
    const perform = () => ({ duration: 100 });
    for (const waiting of [sleep(1000), synchronize(some(1, "never"))]) {
      const run = sequence(timeLimit(20, sequence(some(1, "a"), waiting)), some(1, "b"));
      const { begun, end } = simulate(run, { perform });
      expect(timeline(begun)).toBe("a@0 b@20");
      expect(end).toBe(120);
    }
  });

  it("leaves a shorter wait as it is", () => {
    const run = timeLimit(
      30,
      sequence(sleep(10), some(1, "a"), sleep(10), some(1, "b"), sleep(10), some(1, "c")),
    );
    expect(timeline(perfect(run))).toBe("a@10 b@20");
  });
});

describe("sleep", () => {
  it("is nothing for a while from when it is first asked, and takes no thread, unlike Jepsen's", () => {
    const run = sequence(some(1, "a"), sleep(25), some(3, "b"), sleep(0), some(1, "c"));
    expect(columns(perfect(run), "f", "thread", "time")).toEqual([
      ["a", 0, 0],
      ["b", 1, 25],
      ["b", nemesisThread, 25],
      ["b", 0, 25],
      ["c", 1, 35],
    ]);
  });

  it("lasts when nothing comes after it", () => {
    expect(simulate(sleep(30))).toEqual({ events: [], begun: [], notes: [], end: 30 });
  });

  it("begins in a phase only when the one before is over", () => {
    const run = phases(some(1, "a"), sleep(25), some(1, "b"));
    expect(timeline(perfect(run))).toBe("a@0 b@35");
  });

  it("holds up nobody beside it", () => {
    const run = any(onNemesis(sequence(sleep(20), some(1, "n"))), onClients(limit(6, numbers("a"))));
    const begun = perfect(run);
    expect(valuesOf(begun, "a")).toHaveLength(6);
    expect(timeline(begun)).toContain("n@20");
  });
});

describe("note", () => {
  it("is told once, in its place, and is no operation, unlike Jepsen's", () => {
    const run = phases(note("first"), some(1, "a"), note("second"), some(1, "b"), note("last"));
    const { begun, notes } = simulate(run);
    expect(columns(begun, "f", "thread")).toEqual([
      ["a", 0],
      ["b", 1],
    ]);
    expect(notes).toEqual([
      { time: 0, text: "first" },
      { time: 10, text: "second" },
      { time: 20, text: "last" },
    ]);
  });
});
