/** Outages: when a node could not answer, because the nemesis had killed or paused it. Read off the history. */
import type { Operation } from "../history/operation.ts";
import { isObject } from "../network/message.ts";

export class Outages {
  /** For each node that was ever struck the time (ns) when it was back; infinite while it is not. */
  readonly #backAt = new Map<string, number>();

  /** Takes the next operation of a history. */
  add({ process, f, value, time }: Operation): void {
    if (process !== "nemesis" || !isObject(value)) return;
    if (f === "kill" || f === "pause") this.#set(Object.keys(value), Number.POSITIVE_INFINITY);
    if (f === "start" || f === "resume") this.#set(Object.keys(value), time);
  }

  /** Whether a node could not answer at some time since then (ns). */
  struck(node: string, since: number): boolean {
    return (this.#backAt.get(node) ?? Number.NEGATIVE_INFINITY) >= since;
  }

  #set(nodes: readonly string[], time: number): void {
    for (const node of nodes) this.#backAt.set(node, time);
  }
}
