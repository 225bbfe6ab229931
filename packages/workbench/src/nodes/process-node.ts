/** A node as a process of its own: lines to its stdin, lines from its stdout, its stderr in a log file. */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, fstatSync, openSync, readSync, writeSync } from "node:fs";
import { fromBytes } from "../network/bytes.ts";
import { StoreError } from "../store/store-error.ts";
import { type Clock, millisecond, within } from "../time/clock.ts";
import { Inbox } from "./inbox.ts";
import { LineSplitter } from "./line-splitter.ts";
import type { Node, NodeListener } from "./node.ts";
import { BadBinary, type Command } from "./program.ts";
import { killStrays } from "./strays.ts";

export interface ProcessNodeOptions {
  readonly name: string;
  readonly command: Command;
  /** What it has in its environment beside that of the workbench. */
  readonly environment: Readonly<Record<string, string>>;
  /** Of these the variable by which what it started is found: `NAME=value`. */
  readonly mark: string;
  /** The file that gets its stderr. */
  readonly logFile: string;
  /** ns between asking it to end and making it; with 0 it is not asked. */
  readonly grace: number;
  readonly clock: Clock;
  readonly listener: NodeListener;
  /** Its log file cannot be written any more. */
  readonly logFailed: (error: StoreError) => void;
  /** Is given each line of its stderr, beside the log file. */
  readonly stderrLine?: (line: string) => void;
  /** Its process group is there, or is gone. */
  readonly group?: { add(group: number): void; remove(group: number): void };
}

/** Bytes in a line of stdout at most. */
export const maxLineLength = 64 * 1024 * 1024;
/** Bytes of stdout that are taken before the others have their turn. */
const turn = 256 * 1024;
/** ns for a process to go that was killed. */
const patience = 1000 * millisecond;
/** ns for the output of a dead process to arrive, if others hold its end of the pipe. */
const drain = 200 * millisecond;

/** Processes that are still to be stopped; when the workbench goes, they go with it. */
const running = new Set<ProcessNode>();
process.on("exit", () => {
  for (const node of running) node.killNow();
});

export class ProcessNode implements Node {
  readonly name: string;
  readonly #options: ProcessNodeOptions;
  readonly #child: ChildProcess;
  readonly #inbox: Inbox | undefined;
  readonly #log: number;
  readonly #exit: Promise<void>;
  readonly #closed: Promise<void>;
  /** The workbench ends it: what it does from now on is not its fault. */
  #ending = false;
  /** It was asked to end. */
  #stopping = false;
  /** It has ended, and its log file is closed. */
  #gone = false;

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
    const env = { ...process.env, ...options.environment };
    try {
      this.#child = spawn(file, args, { stdio: ["pipe", "pipe", stderr], detached: true, env });
    } catch (error) {
      closeSync(this.#log);
      throw new BadBinary(
        `${file} cannot be started: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    running.add(this);
    if (this.#child.pid !== undefined) options.group?.add(this.#child.pid);
    this.#exit = this.#watchExit();
    this.#closed = new Promise((resolve) => this.#child.once("close", () => resolve()));
    this.#readOutput();
    // When it could not be started, it has none.
    this.#inbox = this.#child.stdin ? new Inbox(this.#child.stdin) : undefined;
  }

  deliver(line: string): void {
    this.#inbox?.push(line);
  }

  get full(): boolean {
    return this.#inbox?.full ?? false;
  }

  /** At most 20 lines, and 4 KiB in all. */
  logTail(): string[] {
    if (this.#gone) return [];
    const size = fstatSync(this.#log).size;
    const tail = Buffer.alloc(Math.min(size, 4096));
    readSync(this.#log, tail, 0, tail.length, size - tail.length);
    const lines = tail.toString("utf8").trimEnd().split("\n");
    // What was cut off at the front is not a line.
    if (tail.length < size && lines.length > 1) lines.shift();
    return lines.slice(-20).filter((line) => line !== "");
  }

  pause(): void {
    this.#signal("SIGSTOP");
  }

  resume(): void {
    this.#signal("SIGCONT");
  }

  /** Ends it and every process of its group: asks first, then kills. What it says to that is not listened to. */
  async stop(): Promise<void> {
    this.#ending = true;
    this.#stopping = true;
    const { clock, grace } = this.#options;
    if (grace > 0) {
      this.#signal("SIGTERM");
      // One that is paused hears it only then.
      this.#signal("SIGCONT");
      await within(clock, grace, this.#exit);
    }
    await this.#end();
  }

  /** Ends it and all that it started, also what left its group. */
  async kill(): Promise<void> {
    this.killNow();
    killStrays(this.#options.mark);
    await this.#end();
  }

  async #end(): Promise<void> {
    const { clock, group } = this.#options;
    this.killNow();
    await within(clock, patience, this.#exit);
    await within(clock, drain, this.#closed);
    this.#child.stdin?.destroy();
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
    closeSync(this.#log);
    this.#gone = true;
    if (this.#child.pid !== undefined) group?.remove(this.#child.pid);
    running.delete(this);
  }

  /** Kills it and waits for nothing; for when the workbench itself has to go. */
  killNow(): void {
    this.#ending = true;
    this.#signal("SIGKILL");
  }

  #writeLog(bytes: Buffer): void {
    try {
      writeSync(this.#log, bytes);
    } catch (error) {
      this.#options.logFailed(new StoreError(this.#options.logFile, error));
    }
  }

  #watchExit(): Promise<void> {
    const { clock, listener } = this.#options;
    return new Promise((resolve) => {
      const ended = (reason: string): void => {
        resolve();
        if (this.#ending) return;
        // Its last words are worth waiting for.
        void within(clock, drain, this.#closed).then(() => this.#ending || listener.exited(reason));
      };
      this.#child.once("error", (error) => ended(`could not be started: ${error.message}`));
      this.#child.once("exit", (status, signal) => {
        ended(signal === null ? `exited with status ${status}` : `was killed by signal ${signal}`);
      });
    });
  }

  #readOutput(): void {
    const { clock, listener, stderrLine } = this.#options;
    const { stdout, stderr } = this.#child;
    const lines = new LineSplitter({
      maxLength: maxLineLength,
      line: (line) => this.#stopping || listener.line(line),
      tooLong: (beginning) => this.#stopping || listener.longLine(beginning),
    });
    let taken = 0;
    stdout?.on("data", (chunk: Buffer) => {
      lines.push(chunk);
      taken += chunk.length;
      if (taken < turn) return;
      // One that prints without end must not keep the others, and the clock, from their turn.
      stdout.pause();
      clock.schedule(clock.now(), () => {
        taken = 0;
        stdout.resume();
      });
    });
    // What is left of a line that was cut off when the node was ended is no fault of its own.
    stdout?.on("end", () => this.#ending || lines.end());
    if (stderrLine === undefined) return;
    const logLine = (line: string): void => stderrLine(fromBytes(line));
    const logLines = new LineSplitter({ maxLength: maxLineLength, line: logLine, tooLong: logLine });
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
