/**
 * Realtime lag: how long what a poll did not give had been there when the poll began. Servers may lag as far as they like;
 * the worst lag is told, and nothing is held against them.
 */
import type { Process } from "../../history/operation.ts";

/** A poll that lagged behind in a key. */
export interface Lag {
  /** When the poll began, s. */
  readonly time: number;
  readonly process?: Process;
  readonly key?: string;
  /** s */
  readonly lag: number;
}

/** How far a process has come in a key. */
interface Position {
  /** The highest offset that it was given; -1 when it was given none. */
  readonly offset: number;
  /** The number of the process's first poll that found it there. */
  readonly since: number;
}

interface Consumer {
  readonly process: Process;
  positions: Map<string, Position>;
  polls: number;
  /** When its last poll began, ns. */
  lastPoll: number;
}

/** When it was first known that offsets up to some height exist: offsets and times (ns) both go up. */
type Heights = { readonly offsets: number[]; readonly times: number[] };

export class LagMeter {
  readonly #heights = new Map<string, Heights>();
  readonly #consumers = new Map<Process, Consumer>();
  #worst: (Lag & { readonly lag: number }) | undefined;

  /** An offset of a key is known to exist, from a time (ns) on. */
  known(key: string, offset: number, time: number): void {
    let heights = this.#heights.get(key);
    if (heights === undefined) {
      heights = { offsets: [], times: [] };
      this.#heights.set(key, heights);
    }
    if (offset <= (heights.offsets.at(-1) ?? -1)) return;
    heights.offsets.push(offset);
    heights.times.push(time);
  }

  /** A process goes on with these keys and no others. */
  assign(process: Process, keys: readonly string[]): void {
    const consumer = this.#consumer(process);
    const before = consumer.positions;
    consumer.positions = new Map(
      keys.map((key) => [key, before.get(key) ?? { offset: -1, since: consumer.polls + 1 }]),
    );
    for (const [key, position] of before)
      if (!consumer.positions.has(key)) this.#measure(consumer, key, position);
  }

  /** A poll that began at `invoked` (ns) gave these keys up to these offsets. */
  polled(process: Process, invoked: number, highest: ReadonlyMap<string, number>): void {
    const consumer = this.#consumer(process);
    const moved = [...highest].filter(([key, offset]) => {
      const position = consumer.positions.get(key);
      // Until now it stood there.
      if (position !== undefined && offset > position.offset) this.#measure(consumer, key, position);
      return position === undefined || offset > position.offset;
    });
    consumer.polls++;
    consumer.lastPoll = invoked;
    for (const [key, offset] of moved) consumer.positions.set(key, { offset, since: consumer.polls });
    const [first] = consumer.positions;
    if (this.#worst === undefined && first !== undefined)
      this.#worst = { time: invoked / 1e9, process, key: first[0], lag: 0 };
  }

  /** The worst lag of all polls; the first of them, if there are several. */
  worst(): Lag {
    for (const consumer of this.#consumers.values())
      for (const [key, position] of consumer.positions) this.#measure(consumer, key, position);
    return this.#worst ?? { time: 0, lag: 0 };
  }

  #consumer(process: Process): Consumer {
    let consumer = this.#consumers.get(process);
    if (consumer === undefined) {
      consumer = { process, positions: new Map(), polls: 0, lastPoll: 0 };
      this.#consumers.set(process, consumer);
    }
    return consumer;
  }

  /** Measures how far a process lagged at its last poll: while it stands still, it lags more and more. */
  #measure({ process, polls, lastPoll }: Consumer, key: string, { offset, since }: Position): void {
    if (polls < since) return;
    const lag = Math.max(0, lastPoll - this.#passedAt(key, offset)) / 1e9;
    if (lag > (this.#worst?.lag ?? 0)) this.#worst = { time: lastPoll / 1e9, process, key, lag };
  }

  /** When it was first known that there is something beyond an offset, ns. */
  #passedAt(key: string, offset: number): number {
    const { offsets = [], times = [] } = this.#heights.get(key) ?? {};
    let [low, high] = [0, offsets.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((offsets[middle] ?? 0) > offset) high = middle;
      else low = middle + 1;
    }
    return times[low] ?? Number.POSITIVE_INFINITY;
  }
}
