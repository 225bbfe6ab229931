/** What a run leaves behind while it goes on: its log, its journal and its history, each on disk a moment after it happens. */
import { type Conduct, ProblemLog } from "../checkers/nodes.ts";
import { History } from "../history/history.ts";
import type { Operation } from "../history/operation.ts";
import { Journal } from "../network/journal.ts";
import type { Problem } from "../nodes/problem.ts";
import { toJsonLine } from "../store/history-files.ts";
import { LineFile } from "../store/line-file.ts";
import type { RunFolder } from "../store/run-folder.ts";
import type { StoreError } from "../store/store-error.ts";
import type { Clock } from "../time/clock.ts";

export interface RecordingOptions {
  readonly folder: RunFolder;
  readonly clock: Clock;
  /** Is given each operation, beside the history. */
  readonly operation: (operation: Operation) => void;
  /** The store can no longer be written. */
  readonly failed: (error: StoreError) => void;
}

export class Recording {
  readonly history: History;
  readonly journal: Journal;
  readonly #options: RecordingOptions;
  readonly #problems = new ProblemLog();
  readonly #log: LineFile;
  readonly #files: LineFile[] = [];
  /** There is such a file only where there are problems. */
  #problemFile: LineFile | undefined;

  /** @throws {StoreError} when the files cannot be created */
  constructor(options: RecordingOptions) {
    const { clock, operation } = options;
    this.#options = options;
    const { folder, failed } = options;
    this.#log = new LineFile(folder.file("eddy.log"), clock, failed);
    const journal = this.#open("messages.jsonl", "latin1");
    this.journal = new Journal((line) => journal.write(line));
    const history = this.#open("history.jsonl");
    this.history = new History(clock, (entry) => {
      history.write(toJsonLine(entry));
      operation(entry);
    });
  }

  /** What the nodes did wrong so far. */
  get conduct(): Conduct {
    return this.#problems.verdict();
  }

  /** Writes a line to the run's log. */
  note(line: string): void {
    this.#log.write(`${this.#options.clock.date().toISOString()} ${line}\n`);
  }

  /** Takes a problem down; returns whether it is the first of its kind with its node. */
  problem(problem: Problem): boolean {
    const first = this.#problems.add(problem);
    if (!first) return false;
    this.note([`problem: ${problem.message}`, ...problem.evidence].join("\n    "));
    this.#problemFile ??= this.#open("problems.jsonl");
    this.#problemFile.write(`${JSON.stringify({ ...problem, count: 1 })}\n`);
    return true;
  }

  /** Writes what waits, and ends the files that grow while the run goes on; the log stays. */
  close(): void {
    for (const problem of this.conduct.problems ?? []) {
      if (problem.count === 1) continue;
      this.note(`problem seen ${problem.count} times: ${problem.message.split("\n")[0]}`);
      this.#problemFile?.write(`${JSON.stringify(problem)}\n`);
    }
    for (const file of this.#files) file.close();
    this.#log.flush();
  }

  /** Nothing more is noted. */
  end(): void {
    this.#log.close();
  }

  #open(name: string, encoding?: "latin1"): LineFile {
    const { folder, clock, failed } = this.#options;
    const file = new LineFile(folder.file(name), clock, failed, encoding);
    this.#files.push(file);
    return file;
  }
}
