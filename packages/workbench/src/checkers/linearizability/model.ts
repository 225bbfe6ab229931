/** Models: what an object would do if operations came to it one after the other. The linearizability checker compares with one. */

/** An operation with all that is known of it: for a read that was answered, its value is what was read. */
export interface ModelOperation {
  readonly f: string;
  readonly value: unknown;
}

/** What tells two states, or two values, apart. */
export type Key = string | number;

/**
 * An object, as a pure function. Operations are asked for one after the other; the checker looks for an order in which
 * all of them fit. The optional members only make that search shorter: without them it finds the same.
 */
export interface Model<S = unknown> {
  readonly name: string;
  readonly initial: S;
  /** The states in which an operation may leave the object: several when that is not determined, none when it does not fit. */
  step(state: S, operation: ModelOperation): readonly S[];
  /** Equal for equal states and for no others. */
  key(state: S): Key;
  /**
   * An operation from what was asked and what was answered; `undefined` as answer when nobody knows.
   * Without this the answer is taken, or what was asked if there is none. Undefined when it tells nothing, because it fits
   * every state and changes none.
   *
   * @throws {UnknownOperation} when the object has no such operation
   */
  operation?(f: string, asked: unknown, answered: unknown): ModelOperation | undefined;
  /** Whether the operation leaves every state as it is. */
  changesNothing?(operation: ModelOperation): boolean;
  /** Whether the operation fits every state and leaves the same state, whatever was there before. */
  overwrites?(operation: ModelOperation): boolean;
  /** The key of the only state that the operation fits; undefined if there may be others. */
  needs?(operation: ModelOperation): Key | undefined;
  /** A state in words. */
  describe?(state: S): string;
}

/** A history holds an operation that the model does not have. */
export class UnknownOperation extends Error {
  constructor(model: string, f: string, value: unknown) {
    super(`a ${model} has no operation ${f} with the value ${JSON.stringify(plain(value))}`);
    this.name = "UnknownOperation";
  }
}

/** What tells a value from others: numbers and texts with the same digits differ, the order of an object's fields does not count. */
export function keyOf(value: unknown): Key {
  if (typeof value === "number") return value;
  if (typeof value === "string") return `"${value}`;
  return JSON.stringify(plain(value, true)) ?? "undefined";
}

/** A value as JSON can hold it: integers of any size become text, and maps objects; the fields of objects are in order if that is asked for. */
export function plain(value: unknown, sorted = false): unknown {
  if (typeof value === "bigint") return sorted ? { integer: String(value) } : String(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => plain(item, sorted));
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  if (sorted) entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, item]) => [name, plain(item, sorted)]));
}
