/** A run that is going on, as the page shows it: follows what it writes, and keeps little of it, however long it goes on. */
import { join } from "node:path";
import { isOperation, type Operation, type Process } from "../history/operation.ts";
import { isObject } from "../network/message.ts";
import type { LiveError, LiveRun } from "../pictures/served.ts";
import { FaultRecorder } from "../report/fault-spans.ts";
import { historyHead } from "../report/history-lines.ts";
import { cut } from "../report/texts.ts";
import { type Clock, millisecond, second, sleep } from "../time/clock.ts";
import { glanceAtTest } from "./glance.ts";
import { GrowingFile } from "./growing-file.ts";
import { LiveBins } from "./live-bins.ts";

/** Pieces of a megabyte that are read of a run each time at most: more than a run writes, so that one that is long is caught up with. */
const mostPieces = 24;
const [mostErrors, mostProblems, mostFaults] = [20, 50, 1000];
/** Characters of what a node said. */
const textLength = 500;

type Begun = Pick<Operation, "time" | "f">;

export class LiveRunFollower {
  readonly #id: string;
  readonly #workload: string;
  readonly #timeLimit: number;
  readonly #clock: Clock;
  /** When the clock of the run was at 0, ms since 1970; undefined when that is not known. */
  readonly #origin: number | undefined;
  readonly #history: GrowingFile;
  readonly #problemFile: GrowingFile;
  readonly #bins = new LiveBins();
  readonly #faults = new FaultRecorder();
  readonly #begun = new Map<Process, Begun>();
  readonly #counts = { ok: 0, fail: 0, info: 0 };
  #errors: LiveError[] = [];
  readonly #problems = new Map<string, string>();
  /** ns, of the newest entry */
  #latest = 0;

  constructor(folder: string, id: string, clock: Clock) {
    const test = glanceAtTest(folder);
    const known = typeof test === "string" ? undefined : test;
    this.#id = id;
    this.#workload = known?.workload ?? "";
    this.#timeLimit = known?.timeLimit ?? 0;
    this.#origin = known?.origin;
    this.#clock = clock;
    this.#history = new GrowingFile(join(folder, "history.jsonl"));
    this.#problemFile = new GrowingFile(join(folder, "problems.jsonl"));
  }

  /** Reads what has come; others get their turn in between. */
  async read(): Promise<void> {
    for (let pieces = 0; pieces < mostPieces; pieces++) {
      if (!this.#history.read((line) => this.#takeEntry(line))) break;
      await sleep(this.#clock, 0);
    }
    this.#problemFile.read((line) => this.#takeProblem(line));
  }

  /** How it stands. */
  now(): LiveRun {
    const elapsed =
      this.#origin === undefined ? 0 : (this.#clock.date().getTime() - this.#origin) * millisecond;
    const now = Math.max(0, elapsed, this.#latest);
    return {
      id: this.#id,
      workload: this.#workload,
      now,
      timeLimit: this.#timeLimit,
      counts: { ...this.#counts, open: this.#begun.size },
      bins: this.#bins.bins(Math.min(now, this.#latest + second)),
      faults: this.#faults.spans().slice(-mostFaults),
      errors: this.#errors,
      problems: [...this.#problems.values()],
    };
  }

  close(): void {
    this.#history.close();
    this.#problemFile.close();
  }

  #takeEntry(line: Buffer): void {
    const head = historyHead(line);
    const whole = head === undefined || head.type === "fail" || head.type === "info";
    const operation = whole ? (parsed(line, isOperation) ?? head) : head;
    if (operation === undefined) return;
    this.#latest = Math.max(this.#latest, operation.time);
    if (operation.process === "nemesis") this.#faults.add(operation);
    else if (operation.type === "invoke")
      this.#begun.set(operation.process, { time: operation.time, f: operation.f });
    else this.#end(operation, operation.type, operation.process);
  }

  #end(operation: Operation, type: "ok" | "fail" | "info", process: number): void {
    const begun = this.#begun.get(process);
    if (begun === undefined) return;
    this.#begun.delete(process);
    this.#counts[type]++;
    this.#bins.add(begun.f, begun.time, operation.time, type);
    if (type === "ok") return;
    const { time, f, node, error } = operation;
    const text = typeof error?.message === "string" ? error.message : "";
    const told: LiveError = {
      time,
      process,
      f,
      ...(typeof node === "string" && { node }),
      ending: type === "fail" ? "f" : "i",
      text: cut(text, textLength),
    };
    this.#errors = [told, ...this.#errors].slice(0, mostErrors);
  }

  #takeProblem(line: Buffer): void {
    const problem = parsed(line, isObject);
    if (typeof problem?.message !== "string") return;
    // A later line of the same kind has the count of all.
    const kind = `${problem.node} ${problem.kind}`;
    if (this.#problems.has(kind) || this.#problems.size < mostProblems)
      this.#problems.set(kind, cut(problem.message, textLength));
  }
}

function parsed<T>(line: Buffer, guard: (value: unknown) => value is T): T | undefined {
  try {
    const value: unknown = JSON.parse(line.toString());
    return guard(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
