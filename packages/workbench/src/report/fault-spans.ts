/** Faults as pieces of time: what the nemesis did in two entries each, a beginning and a mending, as one. */
import type { Operation } from "../history/operation.ts";
import { isObject } from "../network/message.ts";
import type { FaultSpan } from "../pictures/run-data.ts";
import { describeDisturbance } from "./disturbance.ts";

/** What begins and what ends a fault that is not called `start-X` and `stop-X`. */
const begins: ReadonlyMap<string, string> = new Map([
  ["kill", "kill"],
  ["pause", "pause"],
]);
const ends: ReadonlyMap<string, string> = new Map([
  ["start", "kill"],
  ["resume", "pause"],
]);

/** Takes a history's entries as they come; those of clients it passes over. */
export class FaultRecorder {
  readonly #over: FaultSpan[] = [];
  readonly #open = new Map<string, FaultSpan>();
  /** What the nemesis is about to do, until a second entry says that it has. */
  #planned: string | undefined;

  add(operation: Operation): void {
    if (operation.process !== "nemesis") return;
    const { f } = operation;
    if (this.#planned !== f) {
      this.#planned = f;
      return;
    }
    this.#planned = undefined;
    const begun = begins.get(f) ?? after("start-", f);
    if (begun !== undefined) this.#begin(begun, operation);
    const ended = ends.get(f) ?? after("stop-", f);
    if (ended !== undefined) this.#end(ended, operation.time);
  }

  /** In the order in which they began. One that has not been mended has no end. */
  spans(): FaultSpan[] {
    return [...this.#over, ...this.#open.values()].sort((a, b) => a.from - b.from);
  }

  #begin(fault: string, { time, f, value }: Operation): void {
    // One that begins anew goes on in another way.
    this.#end(fault, time);
    // All that it was to strike did not run.
    if (isObject(value) && Object.keys(value).length === 0) return;
    this.#open.set(fault, { fault, from: time, text: describeDisturbance({ f, value }) });
  }

  #end(fault: string, time: number): void {
    const span = this.#open.get(fault);
    if (span === undefined) return;
    this.#open.delete(fault);
    this.#over.push({ ...span, to: time });
  }
}

function after(prefix: string, f: string): string | undefined {
  return f.startsWith(prefix) ? f.slice(prefix.length) : undefined;
}
