/** A node as a process of its own: lines to its stdin, lines from its stdout, its stderr in a log file. */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, fstatSync, openSync, readSync, writeSync } from "node:fs";
import { StoreError } from "../store/store-error.ts";
import { type Clock, millisecond, within } from "../time/clock.ts";
import { LineSplitter } from "./line-splitter.ts";
import { BadBinary, type Command } from "./program.ts";

export interface ProcessNodeOptions {
  readonly name: string;
  readonly command: Command;
  /** The file that gets its stderr. */
  readonly logFile: string;
  readonly clock: Clock;
  /** A line that it printed on stdout, without the line end. */
  readonly line: (line: string) => void;
  /** A line that was longer than a line may be, by its beginning. */
  readonly longLine: (beginning: string) => void;
  /** It is gone, though nobody stopped it: "exited with status 3", "was killed by signal SIGSEGV", "could not be started: …" */
  readonly exited: (reason: string) => void;
  /** Its log file cannot be written any more. */
  readonly logFailed: (error: StoreError) => void;
  /** Is given each line of its stderr, beside the log file. */
  readonly stderrLine?: (line: string) => void;
}

/** Bytes in a line of stdout at most. */
export const maxLineLength = 64 * 1024 * 1024;
/** ns between asking a process to end and making it. */
const grace = 1000 * millisecond;
/** ns for the output of a dead process to arrive, if others hold its end of the pipe. */
const drain = 200 * millisecond;

/** Processes that are still to be stopped; when the workbench goes, they go with it. */
const running = new Set<ProcessNode>();
process.on("exit", () => {
  for (const node of running) node.kill();
});

export class ProcessNode {
  readonly name: string;
  readonly #options: ProcessNodeOptions;
  readonly #child: ChildProcess;
  readonly #log: number;
  readonly #exit: Promise<void>;
  readonly #closed: Promise<void>;
  #stopping = false;
  /** Lines that are to be written to its stdin. */
  #input = "";

  /**
   * Starts the process, in a process group of its own.
   *
   * @throws {StoreError} when its log file cannot be created
   * @throws {BadBinary} when the operating system refuses to start it
   */
  constructor(options: ProcessNodeOptions) {
    this.name = options.name;
    this.#options = options;
    this.#log = openLog(options.logFile);
    const { file, args } = options.command;
    const stderr = options.stderrLine === undefined ? this.#log : "pipe";
    try {
      this.#child = spawn(file, args, { stdio: ["pipe", "pipe", stderr], detached: true });
    } catch (error) {
      closeSync(this.#log);
      throw new BadBinary(
        `${file} cannot be started: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    running.add(this);
    this.#exit = this.#watchExit();
    this.#closed = new Promise((resolve) => this.#child.once("close", () => resolve()));
    this.#readOutput();
    // A process that is gone takes no input; that it is gone is told by its exit.
    this.#child.stdin?.on("error", () => {});
  }

  /** Writes a line, which ends with a line end, to its stdin. Lines of one turn of the event loop go in one write. */
  deliver(line: string): void {
    if (this.#input === "") process.nextTick(() => this.#flushInput());
    this.#input += line;
  }

  /** The last lines that it logged, at most 20 of 4 KiB. */
  logTail(): string[] {
    const size = fstatSync(this.#log).size;
    const tail = Buffer.alloc(Math.min(size, 4096));
    readSync(this.#log, tail, 0, tail.length, size - tail.length);
    const lines = tail.toString("utf8").trimEnd().split("\n");
    // What was cut off at the front is not a line.
    if (tail.length < size && lines.length > 1) lines.shift();
    return lines.slice(-20).filter((line) => line !== "");
  }

  /** Ends it and every process of its group: asks first, then kills. Resolves when all of it is over. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const { clock } = this.#options;
    this.#signal("SIGTERM");
    await within(clock, grace, this.#exit);
    this.#signal("SIGKILL");
    await within(clock, grace, this.#exit);
    await within(clock, drain, this.#closed);
    this.#child.stdin?.destroy();
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
    closeSync(this.#log);
    running.delete(this);
  }

  /** Kills it at once; for when the workbench itself has to go. */
  kill(): void {
    this.#stopping = true;
    this.#signal("SIGKILL");
  }

  #flushInput(): void {
    if (this.#child.stdin?.writable) this.#child.stdin.write(this.#input);
    this.#input = "";
  }

  #writeLog(bytes: Buffer): void {
    try {
      writeSync(this.#log, bytes);
    } catch (error) {
      this.#options.logFailed(new StoreError(this.#options.logFile, error));
    }
  }

  #watchExit(): Promise<void> {
    return new Promise((resolve) => {
      const ended = (reason: string): void => {
        resolve();
        // Its last words are worth waiting for.
        if (!this.#stopping)
          void within(this.#options.clock, drain, this.#closed).then(() => this.#options.exited(reason));
      };
      this.#child.once("error", (error) => ended(`could not be started: ${error.message}`));
      this.#child.once("exit", (status, signal) => {
        ended(signal === null ? `exited with status ${status}` : `was killed by signal ${signal}`);
      });
    });
  }

  #readOutput(): void {
    const { line, longLine, stderrLine } = this.#options;
    const { stdout, stderr } = this.#child;
    const lines = new LineSplitter({ maxLength: maxLineLength, line, tooLong: longLine });
    stdout?.on("data", (chunk: Buffer) => lines.push(chunk));
    // What is left of a line that was cut off when the node was stopped is no fault of its own.
    stdout?.on("end", () => this.#stopping || lines.end());
    if (stderrLine === undefined) return;
    const logLines = new LineSplitter({ maxLength: maxLineLength, line: stderrLine, tooLong: stderrLine });
    stderr?.on("data", (chunk: Buffer) => {
      this.#writeLog(chunk);
      logLines.push(chunk);
    });
    stderr?.on("end", () => logLines.end());
  }

  /** Signals the whole process group: `--bin` may be a script that started others. */
  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch (error) {
      // Nobody is left in the group, or (on macOS) only what is dead already.
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code !== "ESRCH" && code !== "EPERM") throw error;
    }
  }
}

function openLog(file: string): number {
  try {
    return openSync(file, "a+");
  } catch (error) {
    throw new StoreError(file, error);
  }
}
