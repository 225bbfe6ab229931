/** The challenges under the faults that they should survive, in virtual time: half a minute each, for several seeds. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Node } from "@eddy/node";
import type { AnyNode } from "@eddy/node/testing";
import { type MemoryProgram, type Results, simulate } from "@eddy/workbench";
import { describe, expect, it, onTestFinished } from "vitest";
import { BroadcastServer } from "./broadcast/server.ts";
import { GCounterServer } from "./g-counter/server.ts";
import { GSetServer } from "./g-set/server.ts";
import { KafkaServer } from "./kafka/server.ts";
import { LinKVServer } from "./lin-kv/server.ts";
import { PNCounterServer } from "./pn-counter/server.ts";
import { UniqueIdsServer } from "./unique-ids/server.ts";

/** A server as a program in memory, whose wire, clock and chance are those of the simulation. */
function programOf(serve: (node: AnyNode) => unknown): MemoryProgram {
  // A method takes parameters that are narrower than declared: what the server's protocol is, is its own claim.
  const server: { serve(node: Node): unknown } = { serve };
  return ({ send, clock, random }) => {
    const node = new Node();
    let take = (_: string): void => {};
    server.serve(node);
    void node.run({
      read: (receive) => {
        take = receive;
        return new Promise(() => {});
      },
      write: send,
      flush: async () => {},
      clock: {
        now: () => clock.now() / 1e6,
        after(ms, run) {
          const scheduled = clock.schedule(clock.now() + ms * 1e6, run);
          return () => scheduled.cancel();
        },
      },
      random: () => random.float(),
    });
    return (line) => take(line);
  };
}

const storms = {
  "all faults": ["partition", "loss", "duplicate", "reorder", "slow", "pause", "kill"],
  "all faults but kill": ["partition", "loss", "duplicate", "reorder", "slow", "pause"],
  "all faults but duplicate": ["partition", "loss", "reorder", "slow", "pause", "kill"],
  kill: ["kill"],
  duplicate: ["duplicate"],
};

async function weather(
  workload: string,
  serve: (node: AnyNode) => unknown,
  faults: readonly string[],
  seed: number,
): Promise<Results> {
  const store = mkdtempSync(join(tmpdir(), "eddy-"));
  onTestFinished(() => rmSync(store, { recursive: true }));
  const { results } = await simulate(
    {
      workload,
      bin: "",
      args: [],
      nodes: ["n0", "n1", "n2", "n3", "n4"],
      concurrency: 10,
      timeLimit: 20,
      rate: 20,
      latency: { mean: 10, distribution: "exponential" },
      nemesis: { faults, interval: 4 },
      grace: 0,
      availability: undefined,
      checkerTimeLimit: 60,
      tuning: { topology: "grid", consistencyModels: [], maxTxnLength: 4, maxWritesPerKey: 16 },
      seed,
      store,
      show: { stderr: false, send: false, receive: false },
    },
    programOf(serve),
  );
  return results;
}

const seeds = [1, 2, 3, 4, 5];

describe.each([
  ["unique-ids", "all faults", (node: AnyNode) => new UniqueIdsServer(node)],
  ["broadcast", "all faults but kill", (node: AnyNode) => new BroadcastServer(node)],
  ["g-set", "all faults but kill", (node: AnyNode) => new GSetServer(node)],
  ["pn-counter", "all faults but kill", (node: AnyNode) => new PNCounterServer(node)],
  ["g-counter", "all faults", (node: AnyNode) => new GCounterServer(node)],
  ["kafka", "all faults", (node: AnyNode) => new KafkaServer(node)],
  ["lin-kv", "all faults but duplicate", (node: AnyNode) => new LinKVServer(node)],
] as const)("%s", (workload, storm, serve) => {
  it.each(seeds)(`survives ${storm}, seed %i`, async (seed) => {
    const results = await weather(workload, serve, storms[storm], seed);
    expect(results.workload?.explanation).toBeUndefined();
    expect(results["valid?"]).toBe(true);
    expect(results.stats?.["ok-count"]).toBeGreaterThan(50);
  });
});

describe.each([
  ["broadcast", "kill", (node: AnyNode) => new BroadcastServer(node)],
  ["g-set", "kill", (node: AnyNode) => new GSetServer(node)],
  ["pn-counter", "kill", (node: AnyNode) => new PNCounterServer(node)],
  ["lin-kv", "duplicate", (node: AnyNode) => new LinKVServer(node)],
] as const)("%s", (workload, storm, serve) => {
  it(`does not survive ${storm}, as its page says`, async () => {
    const all = await Promise.all(seeds.map((seed) => weather(workload, serve, storms[storm], seed)));
    expect(all.some((results) => results["valid?"] === false)).toBe(true);
  });
});
