/** Values in the results by their path. Results are what a file holds: any part may be absent, or something else. */

type Parts = Readonly<Record<string, unknown>>;

/** The object at this path; empty when there is none. */
export function partAt(results: unknown, ...path: readonly string[]): Parts {
  let value: unknown = results;
  for (const name of path) {
    if (!isParts(value) || !Object.hasOwn(value, name)) return {};
    value = value[name];
  }
  return isParts(value) ? value : {};
}

/** The number with this name in a part. */
export function numberIn(part: Parts, name: string): number | undefined {
  const value = Object.hasOwn(part, name) ? part[name] : undefined;
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** Names and numbers of a part, as they stand in it; what is no number is left out. */
export function numbersIn(part: Parts): readonly (readonly [string, number])[] {
  return Object.entries(part).flatMap(([name, value]) =>
    typeof value === "number" && Number.isFinite(value) ? [[name, value] as const] : [],
  );
}

function isParts(value: unknown): value is Parts {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
