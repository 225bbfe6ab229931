/** What a run leaves behind while it goes on: its log, its journal and its history, each on disk a moment after it happens. */
import { type Conduct, ProblemLog } from "../checkers/nodes.ts";
import { History } from "../history/history.ts";
import type { Operation } from "../history/operation.ts";
import { Journal } from "../network/journal.ts";
import type { Problem } from "../nodes/problem.ts";
import { toEdnLine, toJsonLine, toTextLine } from "../store/history-files.ts";
import { LineFile } from "../store/line-file.ts";
import { toResultsEdn, toResultsJson } from "../store/results-files.ts";
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
  readonly #journalFile: LineFile;
  readonly #historyFile: LineFile;

  /** @throws {StoreError} when the files cannot be created */
  constructor(options: RecordingOptions) {
    const { folder, clock, operation, failed } = options;
    this.#options = options;
    this.#log = new LineFile(folder.file("eddy.log"), clock, failed);
    this.#journalFile = new LineFile(folder.file("messages.jsonl"), clock, failed);
    this.#historyFile = new LineFile(folder.file("history.jsonl"), clock, failed);
    this.journal = new Journal((line) => this.#journalFile.write(line));
    this.history = new History(clock, (entry) => {
      this.#historyFile.write(toJsonLine(entry));
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
    if (first) this.note([`problem: ${problem.message}`, ...problem.evidence].join("\n    "));
    return first;
  }

  /** Writes what waits, and ends the files that grow. */
  close(): void {
    for (const { message, count } of this.conduct.problems ?? []) {
      if (count > 1) this.note(`problem seen ${count} times: ${message.split("\n")[0]}`);
    }
    for (const file of [this.#log, this.#journalFile, this.#historyFile]) file.close();
  }

  /** @throws {StoreError} when the files cannot be written */
  writeResults(results: object): void {
    const { folder } = this.#options;
    const { operations } = this.history;
    folder.writeLines("history.txt", each(operations, toTextLine));
    folder.writeLines("history.edn", each(operations, toEdnLine));
    folder.write("results.edn", toResultsEdn(results));
    folder.write("results.json", toResultsJson(results));
    folder.complete();
  }
}

function* each<T>(items: Iterable<T>, write: (item: T) => string): Iterable<string> {
  for (const item of items) yield write(item);
}
