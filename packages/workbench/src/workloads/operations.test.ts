/** The operations of the workloads kafka and lin-kv: what comes, to which keys, and on which threads. */
import { describe, expect, it } from "vitest";
import { clients, clientsAndNemesis, type Ending, type Event, simulate } from "../../test/generators.ts";
import { limit } from "../clients/sequence.ts";
import { timeLimit } from "../clients/timing.ts";
import { second } from "../time/clock.ts";
import { randomStream } from "../time/random.ts";
import { kafkaFinal, kafkaOperations } from "./kafka-operations.ts";
import { progressOf } from "./kafka-progress.ts";
import { linKvOperations } from "./lin-kv-operations.ts";
import type { WorkloadContext } from "./workload.ts";

function contextOf(nodes: number, concurrency: number): WorkloadContext {
  const names = Array.from({ length: nodes }, (_, i) => `n${i}`);
  const tuning = { topology: "grid", consistencyModels: [], maxTxnLength: 4, maxWritesPerKey: 16 };
  return { nodes: names, concurrency, latency: { mean: 0 }, tuning };
}

const random = () => randomStream(5, "operations");

describe("operations on registers", () => {
  /** Of so many operations those that began. */
  function run(nodes: number, concurrency: number, count: number, perform?: (event: Event) => Ending) {
    const generator = limit(count, linKvOperations(random(), contextOf(nodes, concurrency)));
    const threads = clients(concurrency);
    return simulate(generator, { threads, ...(perform && { perform }) }).begun;
  }

  const key = ({ value }: Event): number => (Array.isArray(value) ? Number(value[0]) : Number.NaN);
  const threadsOf = (events: readonly Event[]) =>
    [...new Set(events.map(({ thread }) => thread))].sort((a, b) => a - b);

  it("are of one key for each group of twice as many threads as nodes, and half of them read", () => {
    const begun = run(3, 12, 2000);
    for (const [own, threads] of [
      [0, [0, 1, 2, 3, 4, 5]],
      [1, [6, 7, 8, 9, 10, 11]],
    ] as const) {
      const events = begun.filter((event) => key(event) === own);
      expect(threadsOf(events)).toEqual(threads);
      expect(threadsOf(events.filter(({ f }) => f === "read"))).toEqual(threads.slice(0, 3));
      expect(threadsOf(events.filter(({ f }) => f !== "read"))).toEqual(threads.slice(3));
      const [writes, cas] = ["write", "cas"].map((f) => events.filter((event) => event.f === f).length);
      expect((cas ?? 0) / (writes ?? 0)).toBeGreaterThan(1.6);
      expect((cas ?? 0) / (writes ?? 0)).toBeLessThan(2.4);
    }
    expect(new Set(begun.map(key))).toEqual(new Set([0, 1]));
  });

  it("have values from 0 to 4", () => {
    const values = { read: new Set<string>(), write: new Set<string>(), cas: new Set<string>() };
    for (const { f, value } of run(1, 2, 3000))
      if (f === "read" || f === "write" || f === "cas") values[f].add(JSON.stringify(value));
    expect(values.read).toEqual(new Set(["[0,null]"]));
    expect(values.write).toEqual(new Set([0, 1, 2, 3, 4].map((i) => `[0,${i}]`)));
    const all = [0, 1, 2, 3, 4].flatMap((i) => [0, 1, 2, 3, 4].map((j) => `[0,[${i},${j}]]`));
    expect(values.cas).toEqual(new Set(all));
  });

  it.each([
    [1, 1, [[0, 1, 1]]],
    [3, 4, [[0, 2, 2]]],
    [
      2,
      7,
      [
        [0, 2, 2],
        [1, 1, 2],
      ],
    ],
  ])("leave no thread out: %i nodes and %i clients", (nodes, concurrency, groups) => {
    const begun = run(nodes, concurrency, 1000);
    for (const [own, readers, others] of groups) {
      const events = begun.filter((event) => key(event) === own);
      expect(threadsOf(events.filter(({ f }) => f === "read"))).toHaveLength(readers ?? 0);
      expect(threadsOf(events.filter(({ f }) => f !== "read"))).toHaveLength(others ?? 0);
    }
    expect(threadsOf(begun)).toHaveLength(concurrency);
  });

  it("go on with another key when 20 processes have had to do with one", () => {
    const lost =
      (thread: number) =>
      (event: Event): Ending => ({
        duration: 10,
        type: event.thread >= thread && event.f !== "read" ? "info" : "ok",
      });
    // Group 0 has four processes to begin with, and each info makes one more.
    const begun = run(2, 8, 2000, lost(0));
    expect(new Set(begun.map(key)).size).toBeGreaterThan(20);
    for (const own of new Set(begun.map(key))) {
      const events = begun.filter((event) => key(event) === own && event.f !== "read");
      expect(events.length).toBeLessThanOrEqual(17 + 2);
      if (own < 10) expect(events.length).toBeGreaterThanOrEqual(17 - 2);
    }
    // What happens to one group is nothing to the other.
    const half = run(2, 8, 2000, lost(4)).filter((event) => event.thread < 4);
    expect(new Set(half.map(key)).size).toBe(1);
    // Never so many that a large group could not begin.
    expect(new Set(run(15, 30, 500).map(key))).toEqual(new Set([0]));
  });
});

describe("operations on logs", () => {
  it("keep to the rules of generators, and are on clients as many as there are", () => {
    const context = contextOf(2, 4);
    const generator = timeLimit(100_000, kafkaOperations(random(), context));
    const { begun } = simulate(generator, { threads: clients(4) });
    expect(new Set(begun.map(({ f }) => f))).toEqual(new Set(["send", "poll", "assign", "crash"]));
    expect(begun.filter(({ f }) => f === "crash")).toHaveLength(1);
  });

  it("catch up, now and then, with what nobody has polled", () => {
    const context = contextOf(1, 1);
    const progress = progressOf(context);
    progress.sent("x", 5);
    progress.sent("y", 5);
    progress.polled("y", 7);
    progress.polled("x", 4);
    const { begun } = simulate(limit(20_000, kafkaOperations(random(), context)), { threads: clients(1) });
    const assigns = begun.filter(({ f }) => f === "assign").map(({ value }) => JSON.stringify(value));
    const part = assigns.filter((value) => /^\["x","\d+"\]$/.test(value)).length / assigns.length;
    expect(part).toBeGreaterThan(0.2);
    expect(part).toBeLessThan(0.5);
    expect(assigns.join()).not.toContain('"y"');
  });

  it("are polled at the end by each thread until it was given everything", () => {
    const context = contextOf(2, 3);
    const generator = kafkaFinal(random(), context);
    // It is asked only when the time for it has come.
    progressOf(context).sent("x", 5);
    progressOf(context).polled("y", 7);
    let polls = 0;
    const { begun, end } = simulate(generator, {
      threads: clients(3),
      perform: ({ f }) => {
        polls += Number(f === "poll");
        return { duration: 10, type: f === "crash" ? "info" : "ok" };
      },
    });
    expect(polls).toBeGreaterThan(50);
    expect(end).toBeGreaterThan(9 * second);
    expect(end).toBeLessThan(10 * second + 100);
    for (const thread of [0, 1, 2]) {
      const own = begun.filter((event) => event.thread === thread);
      expect(own.slice(0, 3).map(({ f, value }) => [f, value])).toEqual([
        ["crash", null],
        ["assign", ["x", "y"]],
        ["poll", [["poll"]]],
      ]);
      expect(new Set(own.slice(2).map(({ f }) => f))).toEqual(new Set(["poll"]));
    }
  });

  it("are not polled at the end when nothing is there", () => {
    expect(simulate(kafkaFinal(random(), contextOf(2, 3)), { threads: clientsAndNemesis(3) }).begun).toEqual(
      [],
    );
  });
});
