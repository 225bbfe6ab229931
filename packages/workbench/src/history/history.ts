/** The history of a run: numbers and times each operation as it comes, and passes it on to be stored. It keeps none: a run may have millions. */
import type { Clock } from "../time/clock.ts";
import type { Operation } from "./operation.ts";

export class History {
  readonly #clock: Clock;
  readonly #store: (operation: Operation) => void;
  #length = 0;

  constructor(clock: Clock, store: (operation: Operation) => void) {
    this.#clock = clock;
    this.#store = store;
  }

  /** Adds an operation as the next one, with the time that it is now. */
  add(entry: Omit<Operation, "index" | "time">): Operation {
    const operation = { index: this.#length++, time: this.#clock.now(), ...entry };
    this.#store(operation);
    return operation;
  }
}
