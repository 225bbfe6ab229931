import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clients,
  columns,
  crews,
  type Ending,
  type Event,
  functionsOf,
  imperfect,
  latency,
  numbers,
  perfect,
  perfectInfo,
  simulate,
  some,
  valuesOf,
} from "../../test/generators.ts";
import type { Generator } from "./generator.ts";
import { any, eachThread, onClients, onNemesis, reserve } from "./routing.ts";
import { flipFlop, limit, mix, phases, sequence } from "./sequence.ts";
import { stagger, timeLimit } from "./timing.ts";
import { untilOk } from "./until-ok.ts";

/** How the operations of each function end, one after the other, and ok when no more is said. */
function ending(types: Readonly<Record<string, readonly Ending["type"][]>>, duration = latency) {
  const done = new Map<string, number>();
  return ({ f }: Event): Ending => {
    const before = done.get(f) ?? 0;
    done.set(f, before + 1);
    return { type: types[f]?.[before] ?? "ok", duration };
  };
}

it("tries again until one operation was ok; begins no more then, but lets others end", () => {
  expect(
    columns(imperfect(onClients(limit(10, untilOk(numbers("read"))))), "time", "thread", "type"),
  ).toEqual([
    [0, 0, "invoke"],
    [0, 1, "invoke"],
    [10, 0, "fail"],
    [10, 0, "invoke"],
    [10, 1, "fail"],
    [10, 1, "invoke"],
    [20, 0, "info"],
    [20, 0, "invoke"],
    [20, 1, "info"],
    [20, 1, "invoke"],
    [30, 0, "ok"],
    [30, 1, "ok"],
  ]);
});

it("ends without any ok when there are no more operations", () => {
  expect(perfectInfo(untilOk(some(5, "read")))).toHaveLength(5);
  expect(perfectInfo(limit(5, untilOk(numbers("read"))))).toHaveLength(5);
  expect(perfect(untilOk(some(0, "read")))).toEqual([]);
});

it("does not take what the nemesis did for ok", () => {
  expect(valuesOf(perfect(onNemesis(limit(3, untilOk(numbers("kill"))))))).toEqual([0, 1, 2]);
});

it("begins nothing after the first ok of its own, whatever others do on the same threads", () => {
  fc.assert(
    fc.property(crews, (crew) => {
      const { events, begun } = simulate(any(untilOk(some(8, "a")), some(8, "b")), crew);
      const firstOk = events.findIndex(({ f, type }) => f === "a" && type === "ok");
      const beginnings = new Set(begun);
      const later = events.slice(firstOk === -1 ? events.length : firstOk + 1);
      expect(later.filter((event) => event.f === "a" && beginnings.has(event))).toEqual([]);
      // And it gives up no sooner.
      if (firstOk === -1) expect(valuesOf(begun, "a")).toHaveLength(8);
      expect(valuesOf(begun, "b")).toHaveLength(8);
    }),
    { numRuns: 300 },
  );
});

it("knows its operations from others of the same thread, also after one of its own has failed", () => {
  // One client does a, b, a, b, ... in turn.
  const run = any(untilOk(numbers("a")), some(5, "b"));
  const perform = ending({ a: ["fail", "info", "fail"] });
  expect(functionsOf(simulate(run, { threads: clients(1), perform }).begun)).toBe("ababababb");
});

it("ends each of several by its own ok", () => {
  const run = any(untilOk(numbers("a")), untilOk(numbers("b")));
  const { begun } = simulate(run, {
    threads: clients(1),
    perform: ending({ a: ["fail"], b: ["fail", "info"] }),
  });
  expect(functionsOf(begun)).toBe("ababb");
});

it("lets what comes after it begin at once", () => {
  const run = sequence(untilOk(numbers("read")), some(1, "done"));
  const { begun } = simulate(run, {
    threads: clients(2),
    perform: ({ thread }) => ({ duration: 10 + 90 * thread }),
  });
  expect(columns(begun, "f", "thread", "time")).toEqual([
    ["read", 0, 0],
    ["read", 1, 0],
    ["done", 0, 10],
  ]);
});

it("within itself, is over when the inner is", () => {
  const run = untilOk(sequence(untilOk(numbers("a")), numbers("b")));
  expect(valuesOf(simulate(run, { threads: clients(1) }).begun)).toEqual([0]);
  const { begun } = simulate(untilOk(sequence(untilOk(limit(2, numbers("a"))), numbers("b"))), {
    threads: clients(1),
    perform: ending({ a: ["fail", "fail"], b: ["info"] }),
  });
  expect(functionsOf(begun)).toBe("aabb");
});

describe("within others", () => {
  const chance = { float: () => 0, integer: () => 0, exponential: () => 0 };
  const none = some(0, "none");
  const wrappings: [name: string, wrap: (inner: Generator) => Generator][] = [
    ["sequence", (inner) => sequence(inner, none)],
    ["phases", (inner) => phases(none, inner)],
    ["limit", (inner) => limit(100, inner)],
    ["mix", (inner) => mix([none, inner], chance)],
    ["flipFlop", (inner) => flipFlop(inner, numbers("other"))],
    ["stagger", (inner) => stagger(3, chance, inner)],
    ["timeLimit", (inner) => timeLimit(1000, inner)],
    ["any", (inner) => any(none, inner)],
    ["onClients", onClients],
    ["reserve", (inner) => reserve([], inner)],
    ["eachThread", eachThread],
  ];

  it.each(wrappings)("%s: hears of what was ok", (_, wrap) => {
    const run = wrap(untilOk(numbers("read")));
    const { begun } = simulate(run, { threads: clients(1), perform: ending({ read: ["fail", "info"] }) });
    expect(valuesOf(begun, "read")).toEqual([0, 1, 2]);
  });

  it("flipFlop: hears of it also when it is its turn again", () => {
    const run = flipFlop(untilOk(numbers("a")), numbers("b"));
    const { begun } = simulate(run, {
      threads: clients(2),
      perform: ({ f }) => ({ duration: f === "a" ? latency : 100 }),
    });
    expect(functionsOf(begun)).toBe("ab");
  });
});
