/** How far a run of the workload kafka has come in each log: what was sent, and what of it somebody has polled. */
import type { WorkloadContext } from "./workload.ts";

export class KafkaProgress {
  /** The highest offset of each key that is known. */
  readonly highest = new Map<string, number>();
  /** The highest offsets that were sent and polled, of keys that have not been polled as far as they were sent. */
  readonly #sent = new Map<string, number>();
  readonly #polled = new Map<string, number>();

  /** A message was acknowledged. */
  sent(key: string, offset: number): void {
    raise(this.highest, key, offset);
    raise(this.#sent, key, offset);
    this.#settle(key);
  }

  /** Somebody was given messages of a key up to an offset. */
  polled(key: string, offset: number): void {
    raise(this.highest, key, offset);
    raise(this.#polled, key, offset);
    this.#settle(key);
  }

  /** The keys of which something was acknowledged that nobody has polled. */
  behind(): readonly string[] {
    return [...this.#sent.keys()];
  }

  #settle(key: string): void {
    const sent = this.#sent.get(key) ?? -1;
    if ((this.#polled.get(key) ?? -1) < sent) return;
    this.#sent.delete(key);
    this.#polled.delete(key);
  }
}

function raise(offsets: Map<string, number>, key: string, offset: number): void {
  offsets.set(key, Math.max(offsets.get(key) ?? offset, offset));
}

const progress = new WeakMap<WorkloadContext, KafkaProgress>();

/** The progress of the run that a context belongs to. */
export function progressOf(context: WorkloadContext): KafkaProgress {
  let found = progress.get(context);
  if (found === undefined) {
    found = new KafkaProgress();
    progress.set(context, found);
  }
  return found;
}
