/** The history of a run: grows by one operation at a time, and passes each on to be stored at once. */
import type { Clock } from "../time/clock.ts";
import type { Operation } from "./operation.ts";

/** The operations of a run so far. */
export class History {
  readonly #clock: Clock;
  readonly #store: (operation: Operation) => void;
  readonly #operations: Operation[] = [];

  constructor(clock: Clock, store: (operation: Operation) => void) {
    this.#clock = clock;
    this.#store = store;
  }

  get operations(): readonly Operation[] {
    return this.#operations;
  }

  /** Adds an operation as the next one, with the time that it is now. */
  add(entry: Omit<Operation, "index" | "time">): Operation {
    const operation = { index: this.#operations.length, time: this.#clock.now(), ...entry };
    this.#operations.push(operation);
    this.#store(operation);
    return operation;
  }
}

/** An operation from beginning to end. `completion` is missing when the history ends before the operation does. */
export interface Pair {
  readonly invocation: Operation;
  readonly completion: Operation | undefined;
}

/** Pairs each invocation with the next entry of the same process, in the order of the invocations. */
export function pairs(history: readonly Operation[]): Pair[] {
  const result: { invocation: Operation; completion: Operation | undefined }[] = [];
  const open = new Map<number, (typeof result)[number]>();
  for (const operation of history) {
    if (operation.type === "invoke") {
      const pair = { invocation: operation, completion: undefined };
      open.set(operation.process, pair);
      result.push(pair);
      continue;
    }
    const pair = open.get(operation.process);
    if (pair !== undefined) pair.completion = operation;
    open.delete(operation.process);
  }
  return result;
}
