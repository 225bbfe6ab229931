/** For tests of reports: runs in virtual time in a folder of their own, with nodes that gossip and sometimes echo wrongly. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { MemoryProgram } from "../src/nodes/memory-node.ts";
import type { TestOptions } from "../src/run/options.ts";
import type { Observer, Run } from "../src/run/run.ts";
import { simulate } from "../src/run/simulate.ts";
import { second } from "../src/time/clock.ts";

/** Answers an echo some time after it has told all others; one in so many wrongly. */
export const gossiping =
  (wrongOneIn: number): MemoryProgram =>
  ({ send, clock, random, log }) => {
    let [self, others]: [string, string[]] = ["", []];
    const say = (dest: string, body: object): void => send(JSON.stringify({ src: self, dest, body }));
    return (line) => {
      const { src, body } = JSON.parse(line);
      const reply = (answer: object): void => say(src, { ...answer, in_reply_to: body.msg_id });
      if (body.type === "init") {
        self = body.node_id;
        others = body.node_ids.filter((name: string) => name !== self);
        log("up");
        reply({ type: "init_ok" });
      }
      if (body.type !== "echo") return;
      for (const name of others) say(name, { type: "gossip", text: `“${body.echo}” 😀` });
      const echo = random.integer(wrongOneIn) === 0 ? "what?" : body.echo;
      clock.schedule(clock.now() + random.float() * 0.1 * second, () => reply({ type: "echo_ok", echo }));
    };
  };

export const options: TestOptions = {
  workload: "echo",
  bin: "",
  args: [],
  nodes: ["n0", "n1", "n2"],
  concurrency: 6,
  timeLimit: 30,
  rate: 20,
  latency: { mean: 20, distribution: "exponential" },
  nemesis: { faults: ["partition", "kill", "pause", "loss", "slow"], interval: 4 },
  grace: 1,
  availability: undefined,
  checkerTimeLimit: 60,
  tuning: { topology: "grid", consistencyModels: [], maxTxnLength: 4, maxWritesPerKey: 16 },
  seed: 7,
  store: "",
  show: { stderr: false, send: false, receive: false },
};

const stores: string[] = [];
afterAll(() => {
  for (const store of stores) rmSync(store, { recursive: true, force: true });
});

/** A new folder, gone when the tests are over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "eddy-"));
  stores.push(folder);
  return folder;
}

/** A run in a store of its own. */
export function simulated(
  changes: Partial<TestOptions> = {},
  program = gossiping(40),
  observer: Observer = {},
): Promise<Run> {
  return simulate({ ...options, store: temporaryFolder(), ...changes }, program, { observer });
}

/** A copy of a run's folder, for tests that damage it. */
export function copyOf(folder: string): string {
  const copy = temporaryFolder();
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** The whole lines of a file of a run, read. */
export function linesOf(folder: string, name: string): Record<string, unknown>[] {
  const lines = readFileSync(join(folder, name), "utf8").split("\n");
  return lines.slice(0, -1).map((line) => JSON.parse(line));
}
