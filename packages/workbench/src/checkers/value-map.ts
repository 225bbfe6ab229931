/**
 * Maps and order of JSON values: ids and elements may be any JSON, and are the same when they are equal, not when they are
 * one object. What was read from EDN may also have integers as bigint.
 */
import { toBytes } from "../network/bytes.ts";
import { canonical } from "../services/canonical.ts";

/** A map whose keys are JSON values, compared by value. It keeps the order in which they came. */
export class ValueMap<T> {
  readonly #primitive = new Map<unknown, T>();
  readonly #compound = new Map<string, { readonly key: object; item: T }>();

  get size(): number {
    return this.#primitive.size + this.#compound.size;
  }

  get(key: unknown): T | undefined {
    if (typeof key !== "object" || key === null) return this.#primitive.get(key);
    return this.#compound.get(form(key))?.item;
  }

  set(key: unknown, item: T): void {
    if (typeof key !== "object" || key === null) this.#primitive.set(key, item);
    else this.#compound.set(form(key), { key, item });
  }

  *[Symbol.iterator](): IterableIterator<readonly [key: unknown, item: T]> {
    yield* this.#primitive;
    for (const { key, item } of this.#compound.values()) yield [key, item];
  }
}

/** Equal arrays and objects have the same, others have not. */
function form(value: object): string {
  return canonical(
    toBytes(JSON.stringify(value, (_, item) => (typeof item === "bigint" ? { integer: `${item}` } : item))),
  );
}

/**
 * An order of all JSON values: null, booleans, numbers, strings, arrays, objects. Strings go by their UTF-16 code units and
 * arrays by their length and then by their items, as in the original; its order has no place for objects and for values of
 * different kinds.
 */
export function compareValues(a: unknown, b: unknown): number {
  const kind = kindOf(a);
  if (kind !== kindOf(b)) return kind - kindOf(b);
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b);
  if (typeof a === "object" && typeof b === "object" && a !== null && b !== null)
    return compareValues(form(a), form(b));
  if (a === b) return 0;
  if (isNumber(a) && isNumber(b)) return a < b ? -1 : 1;
  return String(a) < String(b) ? -1 : 1;
}

/** The kind of a JSON value: values of the same kind have the same number, and numbers have an order. */
export function kindOf(value: unknown): number {
  if (value === null || value === undefined) return 0;
  switch (typeof value) {
    case "boolean":
      return 1;
    case "number":
    case "bigint":
      return 2;
    case "string":
      return 3;
    default:
      return Array.isArray(value) ? 4 : 5;
  }
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

function compareArrays(a: readonly unknown[], b: readonly unknown[]): number {
  if (a.length !== b.length) return a.length - b.length;
  for (const [i, item] of a.entries()) {
    const order = compareValues(item, b[i]);
    if (order !== 0) return order;
  }
  return 0;
}
