/**
 * Whether something has a shape: what comes over the network, or out of a file, is nothing but JSON until it has been
 * looked at. None of these throws, whatever it is given.
 */

export type Guard<T> = (value: unknown) => value is T;

export const isText = (value: unknown): value is string => typeof value === "string";

export const isNumber = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value);

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** One of these values. */
export function oneOf<const T extends string | number | boolean>(...values: readonly T[]): Guard<T> {
  return (value): value is T => values.some((one) => one === value);
}

/** A field that may be absent. */
export function optional<T>(guard: Guard<T>): Guard<T | undefined> {
  return (value): value is T | undefined => value === undefined || guard(value);
}

export function listOf<T>(guard: Guard<T>): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every((item) => guard(item));
}

/** An object whose values all have one shape, whatever its keys. */
export function recordOf<T>(guard: Guard<T>): Guard<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> =>
    isRecord(value) && Object.values(value).every((one) => guard(one));
}

/** An object with these fields; others may be there as well. */
export function fieldsOf<T>(guards: { readonly [K in keyof T]-?: Guard<T[K]> }): Guard<T> {
  const fields: [string, (value: unknown) => boolean][] = Object.entries(guards);
  return (value): value is T => isRecord(value) && fields.every(([name, guard]) => guard(value[name]));
}

/** It has the shape, and this is true of it. */
export function having<T>(guard: Guard<T>, condition: (value: T) => boolean): Guard<T> {
  return (value): value is T => guard(value) && condition(value);
}
