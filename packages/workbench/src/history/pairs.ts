/** Operations from beginning to end: which entry of a history ends what another began. */
import type { Operation, Process } from "./operation.ts";

/** An operation from beginning to end. `completion` is missing when the history ends before the operation does. */
export interface Pair {
  readonly invocation: Operation;
  readonly completion: Operation | undefined;
}

/** Pairs each invocation of a client with the next entry of the same process, as the entries come. */
export class Pairing {
  readonly #open = new Map<Process, Operation>();

  /** Takes the next entry of a history; returns the pair that it completes. */
  add(operation: Operation): Pair | undefined {
    const { process, type } = operation;
    if (type === "invoke") {
      this.#open.set(process, operation);
      return undefined;
    }
    const invocation = this.#open.get(process);
    if (invocation === undefined) return undefined;
    this.#open.delete(process);
    return { invocation, completion: operation };
  }

  /** The operations that have begun and not ended. */
  *unfinished(): IterableIterator<Pair> {
    for (const invocation of this.#open.values()) yield { invocation, completion: undefined };
  }
}

/** The pairs of a whole history: first those that are complete, in the order of their completions. */
export function* pairs(history: Iterable<Operation>): IterableIterator<Pair> {
  const pairing = new Pairing();
  for (const operation of history) {
    const pair = pairing.add(operation);
    if (pair !== undefined) yield pair;
  }
  yield* pairing.unfinished();
}
