/**
 * `make bench benchmarks=checkers`: how long checkers take for histories of different length, which are made in memory as
 * they are judged; the making is measured on its own and taken off. It is CPU time, as a checker does nothing else.
 * ROUNDS says how often each is measured.
 */
import type { Checker } from "../packages/workbench/src/checkers/checker.ts";
import { CounterChecker } from "../packages/workbench/src/checkers/counter.ts";
import { SetFullChecker } from "../packages/workbench/src/checkers/set-full.ts";
import { UniqueIdsChecker } from "../packages/workbench/src/checkers/unique-ids.ts";
import type { Operation } from "../packages/workbench/src/history/operation.ts";
import { inTurn } from "./rounds.ts";
import { median, spread } from "./statistics.ts";
import { hundredths, machine, table, whole } from "./table.ts";

const rounds = Number(process.env.ROUNDS ?? 5);

interface Subject {
  /** What is judged, and how much of it. */
  readonly amounts: readonly number[];
  readonly history: () => Iterable<Operation>;
  readonly checker: () => Checker;
}

/** Numbers operations, and has five processes do them in turn. */
class Writer {
  #index = 0;

  /** An operation from its beginning to its end, 1 ms later. */
  *done(f: string, asked: unknown, value: unknown, final = false): IterableIterator<Operation> {
    const process = (this.#index / 2) % 5;
    const base = { process, f, node: `n${process}`, ...(final && { final }) };
    yield { index: this.#index++, time: this.#index * 1e6, type: "invoke", ...base, value: asked };
    yield { index: this.#index++, time: this.#index * 1e6, type: "ok", ...base, value };
  }
}

/** Elements that are added while reads list all that are there: half of `elements` at a time, in the mean. */
function* growingSet(elements: number, reads: number): IterableIterator<Operation> {
  const writer = new Writer();
  const all: number[] = [];
  for (let read = 1; read <= reads; read++) {
    while (all.length < (elements * read) / reads) {
      all.push(all.length);
      yield* writer.done("add", all.length - 1, all.length - 1);
    }
    yield* writer.done("read", null, all.slice());
  }
}

/** All elements first, and then reads that list all of them. */
function* fullSet(elements: number, reads: number): IterableIterator<Operation> {
  const writer = new Writer();
  const all = Array.from({ length: elements }, (_, i) => i);
  for (const element of all) yield* writer.done("add", element, element);
  for (let read = 0; read < reads; read++) yield* writer.done("read", null, all.slice());
}

function* ids(count: number): IterableIterator<Operation> {
  const writer = new Writer();
  for (let i = 0; i < count; i++) yield* writer.done("generate", null, `n${i % 5}-${i}`);
}

function* counter(adds: number): IterableIterator<Operation> {
  const writer = new Writer();
  let sum = 0;
  for (let i = 0; i < adds; i++) {
    const delta = (i % 10) - 5;
    // Nobody knows the end of one in nine.
    for (const operation of writer.done("add", delta, delta))
      yield i % 9 === 7 && operation.type === "ok" ? { ...operation, type: "info" } : operation;
    if (i % 9 !== 7) sum += delta;
  }
  yield* writer.done("read", null, sum, true);
}

/** s of CPU that something takes. */
function seconds(run: () => void): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** s of CPU that a checker takes for a history, and the most memory (MB) that is in use while it has all of it. */
function judge({ history, checker }: Subject): { readonly time: number; readonly memory: number } {
  const making = seconds(() => {
    for (const _ of history());
  });
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const judging = checker();
  let verdict: unknown;
  const time = seconds(() => {
    for (const operation of history()) judging.add(operation);
    verdict = judging.verdict();
  });
  globalThis.gc?.();
  const memory = (process.memoryUsage().heapUsed - before) / 1e6;
  if (JSON.stringify(verdict).includes('"valid?":true')) return { time: time - making, memory };
  throw new Error("the checker found a good history bad");
}

/** Measures a checker with histories of several sizes, and prints a row for each. */
async function measure(
  title: string,
  headings: readonly string[],
  subjects: readonly (readonly [name: string, subject: Subject])[],
): Promise<void> {
  const results = await inTurn(subjects, rounds, async (subject) => judge(subject));
  const rows = subjects.map(([name, { amounts }]) => {
    const runs = results.get(name) ?? [];
    const times = runs.map(({ time }) => time);
    const each = (median(times) * 1e9) / (amounts.at(-1) ?? 1);
    return [
      name,
      ...amounts.map(String),
      spread(times, hundredths),
      whole(each),
      ...(globalThis.gc === undefined ? [] : [whole(Math.max(...runs.map(({ memory }) => memory)))]),
    ];
  });
  const memory = globalThis.gc === undefined ? [] : ["MB kept"];
  table([[`${title}, ${rounds} rounds`, ...headings, "CPU s", "ns each", ...memory], ...rows]);
}

const sizes = [1000, 3000, 10_000] as const;

console.log(`${machine()}; medians of some rounds [least - most].\n`);
await measure(
  "set-full",
  ["elements", "reads", "listed"],
  sizes.flatMap((elements) => {
    const reads = elements / 2;
    const checker = (): Checker => new SetFullChecker();
    return [
      [
        `growing to ${elements}`,
        {
          amounts: [elements, reads, (elements * reads) / 2],
          history: () => growingSet(elements, reads),
          checker,
        },
      ],
      [
        `full, ${elements}`,
        { amounts: [elements, reads, elements * reads], history: () => fullSet(elements, reads), checker },
      ],
    ] as const;
  }),
);
await measure(
  "unique-ids",
  ["ids"],
  sizes.map((size) => {
    const count = 50 * size;
    return [
      `${count}`,
      { amounts: [count], history: () => ids(count), checker: () => new UniqueIdsChecker() },
    ] as const;
  }),
);
await measure(
  "counter",
  ["adds"],
  sizes.map((size) => {
    const count = 50 * size;
    return [
      `${count}`,
      { amounts: [count], history: () => counter(count), checker: () => new CounterChecker() },
    ] as const;
  }),
);
