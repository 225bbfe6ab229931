/** A node in memory: a program that gets lines and sends lines by function calls, for tests and for simulated time. */
import { fromBytes, toBytes } from "../network/bytes.ts";
import type { Clock, Scheduled } from "../time/clock.ts";
import type { Random } from "../time/random.ts";
import type { Node, NodeListener, NodeStarter } from "./node.ts";

/** What a program in memory has around it, in the place of what a process has. */
export interface Surroundings {
  /** Prints a line on its stdout. */
  send(line: string): void;
  /** Prints a line on its stderr. */
  log(line: string): void;
  /** Its clock: what is scheduled waits while the node is paused, and is forgotten when it is killed. */
  readonly clock: Clock;
  /** Chance, from the seed of the run. */
  readonly random: Random;
  /** What is still there after a kill, as a process has it in `$EDDY_DATA_DIR`. */
  readonly data: Map<string, string>;
}

/**
 * A program: is started with what it has around it, and returns what takes the lines of its stdin, without their ends. If
 * that returns a promise, nobody waits for it; but when it rejects, the program has crashed, as when it throws.
 */
export type MemoryProgram = (surroundings: Surroundings) => (line: string) => unknown;

export interface MemoryNodesOptions {
  readonly program: MemoryProgram;
  readonly clock: Clock;
  /** The stream of a name. */
  readonly random: (name: string) => Random;
  /** Is given each line that a node logs. */
  readonly log?: (name: string, line: string) => void;
}

/** Starts programs in memory as nodes. */
export class MemoryNodes implements NodeStarter {
  readonly #options: MemoryNodesOptions;
  readonly #data = new Map<string, Map<string, string>>();
  readonly #random = new Map<string, Random>();

  constructor(options: MemoryNodesOptions) {
    this.#options = options;
  }

  start(name: string, listener: NodeListener): MemoryNode {
    const { program, clock, random, log } = this.#options;
    const node = new MemoryNode(name, clock, listener, (line) => log?.(name, line));
    node.run(program, lasting(this.#random, name, random), lasting(this.#data, name, newData));
    return node;
  }

  /** Nothing is left of them. */
  async close(): Promise<void> {}
}

/** What belongs to a name for the whole run. */
function lasting<T>(all: Map<string, T>, name: string, make: (name: string) => T): T {
  const value = all.get(name) ?? make(name);
  all.set(name, value);
  return value;
}

function newData(): Map<string, string> {
  return new Map();
}

/** ns that a node takes for a line. Were it 0, two nodes that talk without latency would never let time go on. */
const handling = 1000;

/** One life of a node in memory. */
class MemoryNode implements Node {
  readonly name: string;
  readonly full = false;
  readonly #clock: Clock;
  readonly #listener: NodeListener;
  readonly #log: (line: string) => void;
  readonly #tail: string[] = [];
  #receive: (line: string) => unknown = () => {};
  #alive = true;
  #paused = false;
  /** What came due while it was paused. */
  #held: (() => unknown)[] = [];

  constructor(name: string, clock: Clock, listener: NodeListener, log: (line: string) => void) {
    this.name = name;
    this.#clock = clock;
    this.#listener = listener;
    this.#log = log;
  }

  /** Starts its program. */
  run(program: MemoryProgram, random: Random, data: Map<string, string>): void {
    const clock: Clock = {
      now: () => this.#clock.now(),
      date: () => this.#clock.date(),
      schedule: (time, task) => this.#schedule(time, task),
    };
    const send = (line: string): void => {
      if (this.#alive) this.#listener.line(toBytes(line));
    };
    this.#schedule(this.#clock.now(), () => {
      this.#receive = program({ send, log: (line) => this.#note(line), clock, random, data });
    });
  }

  deliver(line: string): void {
    this.#schedule(this.#clock.now() + handling, () => this.#receive(fromBytes(line.trimEnd())));
  }

  logTail(): string[] {
    return this.#tail;
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    const held = this.#held;
    this.#held = [];
    for (const task of held) this.#do(task);
  }

  async kill(): Promise<void> {
    this.#alive = false;
    this.#held = [];
  }

  stop(): Promise<void> {
    return this.kill();
  }

  #note(line: string): void {
    this.#tail.push(line.slice(0, 200));
    if (this.#tail.length > 20) this.#tail.shift();
    this.#log(line);
  }

  #schedule(time: number, task: () => unknown): Scheduled {
    let cancelled = false;
    const scheduled = this.#clock.schedule(time, () => this.#do(() => (cancelled ? undefined : task())));
    const cancel = (): void => {
      // It may have come due already, and wait for the node to be resumed.
      cancelled = true;
      scheduled.cancel();
    };
    return { cancel };
  }

  #do(task: () => unknown): void {
    if (!this.#alive) return;
    if (this.#paused) {
      this.#held.push(task);
      return;
    }
    try {
      const result = task();
      if (result instanceof Promise) result.catch((error) => this.#crash(error));
    } catch (error) {
      this.#crash(error);
    }
  }

  #crash(error: unknown): void {
    if (!this.#alive) return;
    this.#alive = false;
    this.#note(error instanceof Error ? (error.stack ?? error.message) : String(error));
    this.#listener.exited(`crashed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
