/**
 * How fast virtual time is: whole runs of nodes in memory, with journal, history and checks, that pass messages on among
 * themselves. Their messages a second of real time, beside the same without a network: lines made and read again.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type MemoryProgram, simulate, type TestOptions } from "@eddy/workbench";
import { inTurn } from "./rounds.ts";
import { spread } from "./statistics.ts";
import { table, thousands } from "./table.ts";

const store = mkdtempSync(join(tmpdir(), "eddy-bench-"));
process.on("exit", () => rmSync(store, { recursive: true }));

/** Sends what it gets on to the next node, so many times. */
const passing: MemoryProgram = ({ send }) => {
  let [self, next] = ["", ""];
  return (line) => {
    const { src, body } = JSON.parse(line);
    if (body.type === "init") {
      self = body.node_id;
      next = body.node_ids[(body.node_ids.indexOf(self) + 1) % body.node_ids.length];
      send(`{"src":"${self}","dest":"${src}","body":{"type":"init_ok","in_reply_to":${body.msg_id}}}`);
    } else if (body.type === "echo") {
      const echo = JSON.stringify(body.echo);
      send(
        `{"src":"${self}","dest":"${src}","body":{"type":"echo_ok","echo":${echo},"in_reply_to":${body.msg_id}}}`,
      );
      send(`{"src":"${self}","dest":"${next}","body":{"type":"pass","left":500}}`);
    } else if (body.left > 0)
      send(`{"src":"${self}","dest":"${next}","body":{"type":"pass","left":${body.left - 1}}}`);
  };
};

function options(nodes: number): TestOptions {
  return {
    workload: "echo",
    bin: "",
    args: [],
    nodes: Array.from({ length: nodes }, (_, i) => `n${i}`),
    concurrency: nodes,
    timeLimit: 20,
    rate: 50,
    latency: { mean: 1, distribution: "exponential" },
    nemesis: { faults: [], interval: 10 },
    grace: 0,
    availability: undefined,
    checkerTimeLimit: 60,
    tuning: { topology: "grid", consistencyModels: [], maxTxnLength: 4, maxWritesPerKey: 16 },
    seed: 1,
    store,
    show: { stderr: false, send: false, receive: false },
  };
}

/** Messages a second of a run. */
async function simulated(nodes: number): Promise<number> {
  const began = performance.now();
  const { results } = await simulate(options(nodes), passing);
  if (results["valid?"] !== true) throw new Error(`the run is not valid: ${JSON.stringify(results)}`);
  return ((results.net?.all["recv-count"] ?? 0) / (performance.now() - began)) * 1000;
}

/** Lines a second that are made, read, and made again, and nothing else. */
function bare(): number {
  const count = 500_000;
  const began = performance.now();
  let left = count;
  while (left > 0) {
    const line = `{"src":"n0","dest":"n1","body":{"type":"pass","left":${left}}}`;
    left = JSON.parse(line).body.left - 1;
  }
  return (count / (performance.now() - began)) * 1000;
}

const sizes = [1, 5, 25];
const rounds = Number(process.env.ROUNDS ?? 5);
const subjects = [
  ["lines made and read, no workbench", async () => bare()],
  ...sizes.map((nodes) => [`${nodes} nodes in memory`, () => simulated(nodes)] as const),
] as const;
const runs = await inTurn(subjects, rounds, (measure) => measure());
console.log(
  `Virtual time, 20 s at 50 operations a second, each of which sends a message round 500 times; ${rounds} rounds\n`,
);
table([["", "messages a second"], ...[...runs].map(([name, rates]) => [name, spread(rates, thousands)])]);
