/** Options as rows of a table, whatever their shape. */

/** `{ nemesis: { interval: 3 } }` has the row "nemesis interval", "3". */
export function flattened(
  options: unknown,
  path: readonly string[] = [],
): readonly (readonly [string, string])[] {
  if (typeof options !== "object" || options === null || Array.isArray(options))
    return [[path.join(" "), valueInWords(options)]];
  return Object.entries(options).flatMap(([name, value]) => flattened(value, [...path, inWords(name)]));
}

const inWords = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function valueInWords(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(valueInWords).join(", ");
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "not set");
}
