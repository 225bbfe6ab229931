/**
 * How long the linearizability checker takes: histories of 20 processes that never pause, 1 % of whose operations end
 * info, on one key and on a hundred, right and wrong. The times are of the processor, so that other work on the machine does not
 * count. OPERATIONS names other lengths than the usual, e.g. OPERATIONS=1000,10000.
 *
 *     make bench benchmarks=linearizability
 */
import { check } from "../packages/workbench/src/checkers/checker.ts";
import { LinearizabilityChecker } from "../packages/workbench/src/checkers/linearizability/checker.ts";
import type { Operation, OperationType } from "../packages/workbench/src/history/operation.ts";
import { type Random, randomStream } from "../packages/workbench/src/time/random.ts";
import { machine, table } from "./table.ts";

interface Shape {
  readonly name: string;
  readonly operations: number;
  readonly keys: number;
  /** Mean pause between two operations of a process, in times of one operation. */
  readonly pause: number;
  readonly info: number;
  /** What a client asks for next: a function, and its value without the key. */
  ask(random: Random): readonly [f: string, value: unknown];
  /** From 0.9 of the operations on, one read answers with something else than what is there. */
  readonly wrong: boolean;
}

let written = 0;
const workloads = {
  "read, write, cas of 5 values": (random: Random) => {
    const value = (): number => random.integer(5);
    return (
      (
        [
          ["read", null],
          ["write", value()],
          ["cas", [value(), value()]],
        ] as const
      )[random.integer(3)] ?? (["read", null] as const)
    );
  },
  "read, write of 5 values": (random: Random) =>
    random.integer(2) === 0 ? (["read", null] as const) : (["write", random.integer(5)] as const),
  "read, write, each value once": (random: Random) =>
    random.integer(2) === 0 ? (["read", null] as const) : (["write", ++written] as const),
};

const processes = 20;

/** A client between two of its steps: it begins an operation, the operation takes effect, it ends. */
interface Worker {
  process: number;
  /** Its next step, and when that is. */
  step: "begin" | "effect" | "end";
  at: number;
  f: string;
  key: number;
  value: unknown;
  answer: unknown;
  ends: OperationType;
}

/** A history of registers that really exist; the order of effects is the one that explains it. */
function historyOf({ operations, keys, pause, info, ask, wrong }: Shape, seed: number): Operation[] {
  const random = randomStream(seed, "history");
  const registers = new Map<number, unknown>();
  const past: unknown[] = [];
  const history: Operation[] = [];
  const workers: Worker[] = Array.from({ length: processes }, (_, process) => ({
    ...{ process, step: "begin", at: random.float(), f: "", key: 0, value: null, answer: null, ends: "ok" },
  }));
  let begun = 0;
  let isWrong = !wrong;
  const record = (worker: Worker, type: OperationType, value: unknown): void => {
    const { process, f, key, at } = worker;
    const node = `n${process % 5}`;
    history.push({
      index: history.length,
      time: Math.round(at * 1e6),
      type,
      process,
      f,
      value: [key, value],
      node,
    });
  };
  for (;;) {
    const worker = workers.reduce((first, each) => (each.at < first.at ? each : first));
    if (worker.at === Number.POSITIVE_INFINITY) return history;
    const { f, key } = worker;
    const there = registers.get(key) ?? null;
    switch (worker.step) {
      case "begin":
        if (begun++ >= operations) {
          worker.at = Number.POSITIVE_INFINITY;
          break;
        }
        worker.key = random.integer(keys);
        [worker.f, worker.value] = ask(random);
        worker.ends = random.float() < info ? "info" : "ok";
        record(worker, "invoke", worker.value);
        worker.step = "effect";
        worker.at += random.float();
        break;
      case "effect": {
        worker.step = "end";
        const [from, to] = Array.isArray(worker.value) ? worker.value : [];
        const happens = worker.ends === "ok" || random.integer(2) === 0;
        worker.answer = f === "read" ? there : worker.value;
        if (f === "cas" && from !== there) worker.ends = worker.ends === "ok" ? "fail" : "info";
        else if (f !== "read" && happens) registers.set(key, f === "cas" ? to : worker.value);
        past.push(there);
        if (!isWrong && begun > operations * 0.9 && f === "read" && worker.ends === "ok") {
          const old = past[past.length - 5 * processes];
          isWrong = old !== there;
          worker.answer = old;
        }
        worker.at += worker.ends === "info" ? 5 * random.float() : random.float();
        break;
      }
      case "end":
        record(worker, worker.ends, worker.ends === "info" ? worker.value : worker.answer);
        if (worker.ends === "info") worker.process += processes;
        worker.step = "begin";
        worker.at += 2 * pause * random.float();
        break;
    }
  }
}

const lengths = (process.env.OPERATIONS ?? "1000,10000,100000").split(",").map(Number);
console.log(`${machine()}: ms of processor time, and the verdict, for each of three histories\n`);
for (const [name, ask] of Object.entries(workloads)) {
  const rows: string[][] = [];
  for (const operations of lengths)
    for (const keys of [1, 100])
      for (const pause of [0, 10])
        for (const wrong of [false, true]) {
          const shape = { name, operations, keys, pause, info: 0.01, ask, wrong };
          const cells = [1, 2, 3].map((seed) => {
            const history = historyOf(shape, seed);
            const before = process.cpuUsage();
            const { "valid?": valid } = check(new LinearizabilityChecker(), history);
            const { user, system } = process.cpuUsage(before);
            return `${((user + system) / 1000).toFixed(0)} ${valid}`;
          });
          const busy = pause === 0 ? "no pause" : `a pause of ${pause}`;
          rows.push([
            `${operations} operations`,
            `${keys} ${keys === 1 ? "key" : "keys"}`,
            busy,
            wrong ? "one stale read" : "right",
            ...cells,
          ]);
        }
  console.log(name);
  table(rows);
}
