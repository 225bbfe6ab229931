/** The nodes of a run as processes: what each of them gets, and what is cleared away after them. */
import { mkdirSync, rmdirSync } from "node:fs";
import { resolve } from "node:path";
import { StoreError } from "../store/store-error.ts";
import type { Clock } from "../time/clock.ts";
import { Guardian } from "./guardian.ts";
import type { NodeListener, NodeStarter } from "./node.ts";
import { ProcessNode } from "./process-node.ts";
import type { Command } from "./program.ts";
import { killStrays } from "./strays.ts";

export interface ProcessesOptions {
  readonly command: Command;
  /** The path of a file, or of a folder, in the folder of the run. */
  readonly path: (...name: string[]) => string;
  /** ns between asking a node to end and making it; with 0 it is not asked. */
  readonly grace: number;
  readonly clock: Clock;
  readonly logFailed: (error: StoreError) => void;
  readonly stderrLine?: (name: string, line: string) => void;
}

/** The variable by which a node, and all that it starts, are found, unless they take it out of their environment. */
const markName = "EDDY_NODE";
/** Runs of this process so far. */
let runs = 0;

/** Starts nodes as processes. A node keeps what it wants to find again after a kill in the folder `$EDDY_DATA_DIR`. */
export class Processes implements NodeStarter {
  readonly hint?: string;
  readonly #options: ProcessesOptions;
  /** Tells the processes of this run from all others on the machine. */
  readonly #run: string;
  readonly #guardian: Guardian;
  readonly #names = new Set<string>();

  constructor(options: ProcessesOptions) {
    this.#options = options;
    if (options.command.hint !== undefined) this.hint = options.command.hint;
    this.#run = `${process.pid}-${options.clock.date().getTime()}-${++runs}`;
    this.#guardian = new Guardian(`${markName}=${this.#markOf("")}`);
  }

  /**
   * @throws {StoreError} when its log file or its data folder cannot be created
   * @throws {BadBinary} when the operating system refuses to start it
   */
  start(name: string, listener: NodeListener): ProcessNode {
    const { command, path, grace, clock, logFailed, stderrLine } = this.#options;
    this.#names.add(name);
    return new ProcessNode({
      name,
      command,
      environment: { [markName]: this.#markOf(name), EDDY_DATA_DIR: resolve(this.#dataFolder(name)) },
      mark: `${markName}=${this.#markOf(name)}`,
      logFile: path("node-logs", `${name}.log`),
      grace,
      clock,
      listener,
      logFailed,
      ...(stderrLine && { stderrLine: (line: string) => stderrLine(name, line) }),
      group: this.#guardian,
    });
  }

  /** Ends what left its node's process group, and removes data folders that nobody used. */
  async close(): Promise<void> {
    killStrays(...[...this.#names].map((name) => `${markName}=${this.#markOf(name)}`));
    this.#guardian.close();
    for (const name of this.#names) removeEmpty(this.#options.path("node-data", name));
    removeEmpty(this.#options.path("node-data"));
  }

  #markOf(name: string): string {
    return `${this.#run}-${name}`;
  }

  #dataFolder(name: string): string {
    const folder = this.#options.path("node-data", name);
    try {
      mkdirSync(folder, { recursive: true });
    } catch (error) {
      throw new StoreError(folder, error);
    }
    return folder;
  }
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It holds what a node has kept.
  }
}
