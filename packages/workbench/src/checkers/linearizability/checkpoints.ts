/** Where a search has been: configurations of earlier events, so that it can go back some way and look more closely. */
import type { Configurations, Trace } from "./configurations.ts";

interface Checkpoint {
  readonly event: number;
  readonly data: Int32Array;
  readonly traces: readonly (Trace | undefined)[];
}

/** Events between checkpoints. */
const spacing = 64;
/** Checkpoints that are kept, beside that of the start. */
const kept = 256;

export class Checkpoints {
  #checkpoints: Checkpoint[] = [];

  /** Remembers the configurations before an event, if it is time for that. */
  offer(event: number, set: Configurations): void {
    if (event % spacing !== 0 || (this.#checkpoints.at(-1)?.event ?? -1) >= event) return;
    const live = [...set.indices()];
    const data = new Int32Array(live.length * set.stride);
    for (const [at, index] of live.entries())
      data.set(set.data.subarray(index * set.stride, (index + 1) * set.stride), at * set.stride);
    this.#checkpoints.push({ event, data, traces: live.map((index) => set.traces[index]) });
    if (this.#checkpoints.length > kept + 1) this.#checkpoints.splice(1, 1);
  }

  /** Fills the set with what was possible before the last event that is remembered up to this one. Returns which that is. */
  restore(event: number, set: Configurations): number {
    while (this.#checkpoints.length > 1 && (this.#checkpoints.at(-1)?.event ?? 0) > event)
      this.#checkpoints.pop();
    const checkpoint = this.#checkpoints.at(-1);
    set.clear();
    if (checkpoint === undefined) return 0;
    for (const [at, trace] of checkpoint.traces.entries()) set.add(checkpoint.data, at * set.stride, trace);
    return checkpoint.event;
  }

  /** All configurations that are remembered, each list with its length in `stride`s. */
  *all(): IterableIterator<Int32Array> {
    for (const { data } of this.#checkpoints) yield data;
  }
}
