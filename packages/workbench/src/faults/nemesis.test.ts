import { expect, it } from "vitest";
import type { Context, Generator, Step } from "../clients/generator.ts";
import { nemesisThread, ThreadSet } from "../clients/threads.ts";
import { Journal } from "../network/journal.ts";
import type { Link } from "../network/link.ts";
import { Network } from "../network/network.ts";
import { second } from "../time/clock.ts";
import { randomStream } from "../time/random.ts";
import { VirtualClock } from "../time/virtual-clock.ts";
import type { NodeControl } from "./fault.ts";
import { faultNames, Nemesis } from "./nemesis.ts";

const nodes = ["n0", "n1", "n2", "n3", "n4"];

function setUp(faults: readonly string[], seed = 1) {
  const clock = new VirtualClock();
  const link = {
    latency: { mean: 5, distribution: "constant" },
    loss: 0,
    duplication: 0,
    reordering: 0,
  } as const;
  const streams: string[] = [];
  const random = (name: string) => {
    streams.push(name);
    return randomStream(seed, name);
  };
  const network = new Network({ link, clock, random, journal: new Journal(() => {}) });
  const done: string[] = [];
  const state = { down: new Set<string>(), paused: new Set<string>() };
  const processes: NodeControl = {
    async kill(name) {
      done.push(`kill ${name}`);
      state.down.add(name);
      return true;
    },
    async restart(name) {
      done.push(`restart ${name}`);
      state.down.delete(name);
      return true;
    },
    pause(name) {
      if (!state.down.has(name)) state.paused.add(name);
      return !state.down.has(name);
    },
    resume(name) {
      state.paused.delete(name);
      return !state.down.has(name);
    },
  };
  const nemesis = new Nemesis({
    faults,
    interval: 10 * second,
    system: { nodes, network, processes },
    random,
  });
  return { nemesis, network, done, state, link, streams };
}

/** The first operations of a generator, each begun when it is due. */
function take(generator: Generator, count: number) {
  const taken: Extract<Step, { kind: "operation" }>[] = [];
  let time = 0;
  let step = ask(generator, time);
  while (step !== undefined && taken.length < count) {
    if (step.kind !== "operation") throw new Error(`nothing but operations was expected: ${step.kind}`);
    taken.push(step);
    time = Math.max(time, step.time);
    step = ask(step.rest, time);
  }
  return taken;
}

function ask(generator: Generator, time: number): Step | undefined {
  const threads = ThreadSet.range(nemesisThread, 3);
  const context: Context = { time, threads, free: threads, turn: 0 };
  return generator.next(context);
}

it("starts each fault and mends it in turn, after the interval on average, on its own thread", () => {
  for (const name of faultNames) {
    const all = take(setUp([name]).nemesis.generator, 2000);
    const functions = all.map(({ invocation }) => invocation.f);
    expect(new Set(functions.filter((_, i) => i % 2 === 0)).size).toBe(1);
    expect(new Set(functions.filter((_, i) => i % 2 === 1)).size).toBe(1);
    expect(functions[0]).not.toBe(functions[1]);
    expect(all[0]?.time).toBe(0);
    // 2000 pauses of 10 s; the standard deviation of their mean is 0.13 s.
    expect(Math.abs((all.at(-1)?.time ?? 0) / second / 1999 - 10)).toBeLessThan(0.6);
    expect(all.every(({ thread }) => thread === nemesisThread)).toBe(true);
  }
});

it("lets one fault not change what another does", () => {
  const values = (faults: readonly string[]) =>
    take(setUp(faults).nemesis.generator, 200)
      .filter(({ invocation }) => invocation.f === "kill")
      .map(({ invocation, time }) => [invocation.value, time]);
  const [alone, together] = [values(["kill"]), values(["slow", "kill", "partition"])];
  expect(together.length).toBeGreaterThan(20);
  expect(alone.slice(0, together.length)).toEqual(together);
});

it("draws every kind of what a fault can do", () => {
  const kinds = (fault: string, f: string) =>
    new Set(
      take(setUp([fault]).nemesis.generator, 400)
        .filter(({ invocation }) => invocation.f === f)
        .map(({ invocation }) => String(invocation.value)),
    );
  expect(kinds("partition", "start-partition")).toEqual(
    new Set(["one", "minority-third", "majority", "majorities-ring"]),
  );
  expect(kinds("kill", "kill")).toEqual(new Set(["one", "minority", "majority", "all"]));
  expect(kinds("pause", "pause")).toEqual(new Set(["one", "minority", "majority", "all"]));
  expect(kinds("loss", "start-loss").size).toBe(12);
});

it("does what it says, and undoes it", async () => {
  const { nemesis, network, done, state, link } = setUp([...faultNames]);
  const [broken, mended] = [new Set<string>(), new Set<string>()];
  let [killed, paused]: [string[], string[]] = [[], []];
  for (const { invocation } of take(nemesis.generator, 300)) {
    const value = await nemesis.perform(invocation);
    const struck = typeof value === "object" && value !== null ? Object.keys(value) : [];
    switch (invocation.f) {
      case "kill":
        killed = struck;
        expect([...state.down].sort()).toEqual(killed);
        break;
      case "start":
        expect([struck, state.down.size]).toEqual([killed, 0]);
        killed = [];
        break;
      case "pause":
        paused = struck;
        expect([...state.paused].sort()).toEqual(paused);
        break;
      case "resume":
        expect([struck, state.paused.size]).toEqual([paused.filter((name) => !state.down.has(name)), 0]);
        paused = [];
        break;
    }
    const links = nodes.flatMap((src) => nodes.map((dest) => network.links.between(src, dest)));
    const cuts = nodes.flatMap((src) => nodes.map((dest) => network.partition.separates(src, dest)));
    const sees = {
      "start-partition": cuts.includes(true),
      "stop-partition": !cuts.includes(true),
      "start-loss": links.some(({ loss }) => loss > 0),
      "stop-loss": links.every(({ loss }) => loss === 0),
      "start-duplicate": links.some(({ duplication }) => duplication > 0),
      "stop-duplicate": links.every(({ duplication }) => duplication === 0),
      "start-reorder": links.some(({ reordering }) => reordering > 0),
      "stop-reorder": links.every(({ reordering }) => reordering === 0),
      "start-slow": links.some(({ latency }) => latency.mean > 5 && latency.distribution === "exponential"),
      "stop-slow": links.every(({ latency }) => latency.mean === 5),
    };
    for (const [f, seen] of Object.entries(sees))
      if (invocation.f === f) expect([f, seen]).toEqual([f, true]);
    (invocation.value === null ? mended : broken).add(invocation.f);
  }
  expect([broken.size, mended.size]).toEqual([7, 7]);
  const healing = take(nemesis.heal, 10);
  expect(healing).toHaveLength(7);
  for (const { invocation } of healing) await nemesis.perform(invocation);
  expect([state.down.size, state.paused.size]).toEqual([0, 0]);
  expect(network.links.between("n0", "n1")).toEqual(link);
  expect(done.length).toBeGreaterThan(20);
});

it("makes links bad from and to the nodes that it names, and no others", async () => {
  const bad = {
    loss: (link: Link) => link.loss > 0,
    duplicate: (link: Link) => link.duplication > 0,
    reorder: (link: Link) => link.reordering > 0,
    slow: (link: Link) => link.latency.mean > 5,
  };
  for (const [fault, isBad] of Object.entries(bad)) {
    const { nemesis, network } = setUp([fault]);
    for (const { invocation } of take(nemesis.generator, 40)) {
      const done = await nemesis.perform(invocation);
      const named: unknown = typeof done === "object" && done !== null && "nodes" in done ? done.nodes : [];
      const struck = Array.isArray(named) ? named : [];
      for (const src of nodes)
        for (const dest of nodes)
          expect(isBad(network.links.between(src, dest))).toBe(struck.includes(src) || struck.includes(dest));
    }
  }
});

it("draws for each fault from streams of its own", () => {
  const { streams } = setUp([...faultNames]);
  const own = streams.filter((name) => /^(fault|interval) /.test(name));
  expect(new Set(own).size).toBe(2 * faultNames.length);
});

it("does nothing that it has not planned", async () => {
  const { nemesis } = setUp(["kill"]);
  await expect(nemesis.perform({ f: "kill", value: "one" })).rejects.toThrow("did not plan this kill");
});

it("knows its faults by name, and takes one twice as one", () => {
  expect(() => setUp(["fire"])).toThrow("there is no fault fire; there is partition, kill");
  expect(take(setUp(["kill", "kill"]).nemesis.heal, 10)).toHaveLength(1);
});
