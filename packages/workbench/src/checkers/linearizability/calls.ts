/** Calls: the operations of one object from beginning to end, as the search wants them. Made from the entries of a history. */
import type { Operation, Process } from "../../history/operation.ts";
import { keyOf, type Model, type ModelOperation } from "./model.ts";

/** An operation from beginning to end. */
export interface Call {
  readonly operation: ModelOperation;
  /** Calls whose operations are equal are of one kind: the index of the first of them among the kinds. */
  readonly kind: number;
  /** Its bit in a configuration while it is open; -1 when it never ends for sure. */
  readonly slot: number;
  /** Place of its end among the events; infinite when it never ends for sure. */
  readonly end: number;
  /** Missing when the history begins in its middle. */
  readonly invocation: Operation | undefined;
  readonly completion: Operation | undefined;
}

/** Beginnings and ends in the order in which they were. */
export interface Calls {
  readonly calls: readonly Call[];
  /** The operation of each kind. */
  readonly kinds: readonly ModelOperation[];
  readonly events: readonly CallEvent[];
  /** How many slots there are: so many calls that do end are open at once, at most. */
  readonly slots: number;
}

export interface CallEvent {
  readonly call: number;
  readonly ends: boolean;
}

interface Entry {
  readonly invocation: Operation | undefined;
  completion: Operation | undefined;
}

/** Takes the entries of a history that concern one object. */
export class CallLog {
  readonly #entries: Entry[] = [];
  /** Entries of operations of which the history has only the end: they began before it did. */
  readonly #before: Entry[] = [];
  /** An entry stands here where it begins and again where it ends. */
  readonly #events: Entry[] = [];
  readonly #open = new Map<Process, Entry>();

  add(operation: Operation): void {
    const { type, process } = operation;
    if (type === "invoke") {
      // One that began again without having ended leaves the first open for ever: nobody knows what became of it.
      const entry = { invocation: operation, completion: undefined };
      this.#open.set(process, entry);
      this.#entries.push(entry);
      this.#events.push(entry);
      return;
    }
    let entry = this.#open.get(process);
    this.#open.delete(process);
    if (entry === undefined) {
      if (type !== "ok") return;
      entry = { invocation: undefined, completion: undefined };
      this.#before.push(entry);
    }
    entry.completion = operation;
    this.#events.push(entry);
  }

  /**
   * The calls that matter. What failed did not happen; what changes nothing and was not answered tells nothing.
   *
   * @param unwrap what a value of the history says of this object
   * @throws {UnknownOperation} when the model does not have one of the operations
   */
  calls(model: Model, unwrap: (value: unknown) => unknown): Calls {
    const calls: Call[] = [];
    const kinds: ModelOperation[] = [];
    const kindOf = new Map<string, number>();
    const events: CallEvent[] = [];
    const begun = new Map<Entry, number>();
    const slots = new Slots();
    const ends = this.#ends();

    const begin = (entry: Entry): void => {
      const { invocation, completion } = entry;
      const first = invocation ?? completion;
      if (first === undefined || completion?.type === "fail") return;
      const ok = completion?.type === "ok";
      const asked = unwrap(invocation?.value);
      const answered = ok ? unwrap(completion.value) : undefined;
      const operation = operationOf(model, first.f, asked, answered);
      if (operation === undefined || (!ok && model.changesNothing?.(operation))) return;
      const name = `${operation.f} ${keyOf(operation.value)}`;
      let kind = kindOf.get(name);
      if (kind === undefined) {
        kind = kinds.push(operation) - 1;
        kindOf.set(name, kind);
      }
      const end = ok ? (ends.get(entry) ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
      const slot = ok ? slots.take() : -1;
      begun.set(entry, calls.length);
      events.push({ call: calls.length, ends: false });
      calls.push({ operation, kind, slot, end, invocation, completion });
    };

    for (const entry of this.#before) begin(entry);
    const seen = new Set<Entry>(this.#before);
    for (const entry of this.#events) {
      if (!seen.has(entry)) {
        seen.add(entry);
        begin(entry);
        continue;
      }
      const call = begun.get(entry);
      if (call === undefined || entry.completion?.type !== "ok") continue;
      slots.give(calls[call]?.slot ?? -1);
      events.push({ call, ends: true });
    }
    return { calls, kinds, events, slots: slots.count };
  }

  #ends(): ReadonlyMap<Entry, number> {
    return new Map(this.#events.map((entry, at) => [entry, at]));
  }
}

function operationOf(model: Model, f: string, asked: unknown, answered: unknown): ModelOperation | undefined {
  return model.operation ? model.operation(f, asked, answered) : { f, value: answered ?? asked };
}

/** Numbers that are in use, each the smallest that is free. */
class Slots {
  count = 0;
  readonly #free: number[] = [];

  take(): number {
    return this.#free.pop() ?? this.count++;
  }

  give(slot: number): void {
    this.#free.push(slot);
  }
}
