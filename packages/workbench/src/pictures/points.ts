/** What charts need of each operation: a few numbers, in columns that hold millions of operations without a strain. */
import type { Operation } from "../history/operation.ts";
import type { OperationColumns } from "./run-data.ts";

/** Operations of clients in the order of their beginnings; all columns are equally long. */
export interface Points {
  readonly length: number;
  /** The functions that occur; `f` refers to them. */
  readonly functions: readonly string[];
  /** ns, none smaller than the one before. */
  readonly start: ArrayLike<number>;
  /** ns from beginning to end; -1 when it has no end. */
  readonly latency: ArrayLike<number>;
  /** Places in `endings`. */
  readonly ending: ArrayLike<number>;
  readonly f: ArrayLike<number>;
}

/** How operations end, as `Points` and charts have it; `open` ones had not ended when the run did. */
export const endings = ["ok", "fail", "info", "open"] as const;
export type EndingWord = (typeof endings)[number];

const open = endings.indexOf("open");
const letters = "ofi?";

/** Takes a history's entries as they come, and keeps 20 bytes of each operation. */
export class PointRecorder {
  readonly #functions = new Map<string, number>();
  /** Where the operation stands that a process is busy with. */
  readonly #busy = new Map<number, number>();
  #start = new Float64Array(1024);
  #latency = new Float64Array(1024);
  #ending = new Uint8Array(1024);
  #f = new Uint16Array(1024);
  #length = 0;

  /** Those of the nemesis are passed over, and an end whose beginning is unknown. */
  add({ process, type, time, f }: Operation): void {
    if (process === "nemesis") return;
    if (type === "invoke") {
      this.#busy.set(process, this.#length);
      this.#begin(time, f);
      return;
    }
    const place = this.#busy.get(process);
    if (place === undefined) return;
    this.#busy.delete(process);
    this.#latency[place] = Math.max(0, time - (this.#start[place] ?? 0));
    this.#ending[place] = endings.indexOf(type);
  }

  /** What there is so far. Later entries do not make it longer, but may still end what is open in it. */
  points(): Points {
    const length = this.#length;
    return {
      length,
      functions: [...this.#functions.keys()],
      start: this.#start.subarray(0, length),
      latency: this.#latency.subarray(0, length),
      ending: this.#ending.subarray(0, length),
      f: this.#f.subarray(0, length),
    };
  }

  #begin(time: number, f: string): void {
    const place = this.#length++;
    if (place === this.#start.length) this.#grow();
    let number = this.#functions.get(f);
    if (number === undefined) {
      number = this.#functions.size;
      this.#functions.set(f, number);
    }
    this.#start[place] = time;
    this.#latency[place] = -1;
    this.#ending[place] = open;
    this.#f[place] = number;
  }

  #grow(): void {
    const length = this.#start.length * 2;
    const longer = <T extends { set(from: T): void }>(to: T, from: T): T => {
      to.set(from);
      return to;
    };
    this.#start = longer(new Float64Array(length), this.#start);
    this.#latency = longer(new Float64Array(length), this.#latency);
    this.#ending = longer(new Uint8Array(length), this.#ending);
    this.#f = longer(new Uint16Array(length), this.#f);
  }
}

/** The same of operations that are there already: each point has the place of its row. */
export function pointsOf({ functions, start, end, ending, f }: OperationColumns): Points {
  const length = start.length;
  const latency = new Float64Array(length);
  const ends = new Uint8Array(length);
  for (let row = 0; row < length; row++) {
    const stop = end[row] ?? -1;
    latency[row] = stop < 0 ? -1 : Math.max(0, stop - (start[row] ?? 0));
    const letter = letters.indexOf(ending[row] ?? "?");
    ends[row] = letter < 0 ? open : letter;
  }
  return {
    length,
    functions,
    start: Float64Array.from(start),
    latency,
    ending: ends,
    f: Uint16Array.from(f),
  };
}

/** The first place whose operation began at `time` (ns) or later. */
export function firstFrom({ start, length }: Pick<Points, "start" | "length">, time: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((start[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
