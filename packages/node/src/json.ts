/**
 * JSON as the protocol has it: integers of any size, arrays as deep as they come. JavaScript's own JSON does all that
 * it can; only a value that it cannot read or write pays for the long way.
 */

/** Sixteen digits that are no fraction: there may be an integer that a `number` cannot hold. */
const manyDigits = /(?<![\d.])\d{16}/;

/** Reads JSON; what is none gives `undefined`. Integers beyond ±(2^53 - 1) become `bigint`s. */
export function parseJSON(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!manyDigits.test(text)) return value;
  // No string of this text holds the mark, so one that does after the second reading was an integer.
  let mark = "";
  do mark = `${Math.random()}:`;
  while (text.includes(mark));
  const marked = markBigIntegers(text, mark);
  return marked === text ? value : unmark(JSON.parse(marked), mark);
}

/** Whether a value is what JSON calls an object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Puts every integer that a `number` cannot hold between quotes, behind the mark. */
function markBigIntegers(text: string, mark: string): string {
  const token = /"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
  let marked = "";
  let copied = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [it] = found;
    if (it === '"') token.lastIndex = endOfString(text, token.lastIndex);
    else if (/^-?\d+$/.test(it) && !Number.isSafeInteger(Number(it))) {
      marked += `${text.slice(copied, found.index)}"${mark}${it}"`;
      copied = token.lastIndex;
    }
  }
  return marked + text.slice(copied);
}

/** Where a string ends whose first character stands at `from`: behind the next quote that no backslash escapes. */
function endOfString(text: string, from: number): number {
  for (let quote = text.indexOf('"', from); ; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === "\\") backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
}

function unmark(value: unknown, mark: string): unknown {
  const root = { value };
  const open: object[] = [root];
  for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
    for (const key of Array.isArray(parent) ? parent.keys() : Object.keys(parent)) {
      const child: unknown = Reflect.get(parent, key);
      if (typeof child === "object" && child !== null) open.push(child);
      else if (typeof child === "string" && child.startsWith(mark)) {
        Reflect.set(parent, key, BigInt(child.slice(mark.length)));
      }
    }
  }
  return root.value;
}

/**
 * Writes a value as `JSON.stringify` does, and a `bigint` as an integer. Returns `undefined` for what has no form in
 * JSON, such as a function.
 *
 * @throws {TypeError} when the value contains itself
 */
export function toJSON(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    // It holds a bigint, or is too deep. Whatever else is wrong with it shows on the long way, too.
    return write(value);
  }
}

/** An array, or an object with its keys, of which a part is written. */
interface Open {
  readonly object: object;
  readonly keys: readonly string[] | undefined;
  readonly length: number;
  next: number;
  /** What goes before the next value. */
  separator: string;
}

function write(root: unknown): string | undefined {
  const open: Open[] = [];
  const parents = new Set<object>();
  let text = "";
  /** Writes a value, or of an array or object the beginning. Returns `false` when it has no form in JSON. */
  const begin = (key: string | number, given: unknown, before: string): boolean => {
    const own = isObject(given) ? given.toJSON : undefined;
    const value: unknown = typeof own === "function" ? own.call(given, String(key)) : given;
    if (typeof value === "object" && value !== null) {
      if (parents.has(value)) throw new TypeError(`the body contains itself, as "${key}"`);
      parents.add(value);
      const keys = Array.isArray(value) ? undefined : Object.keys(value);
      const length = Array.isArray(value) ? value.length : (keys?.length ?? 0);
      open.push({ object: value, keys, length, next: 0, separator: "" });
      text += before + (keys === undefined ? "[" : "{");
      return true;
    }
    const leaf: string | undefined = typeof value === "bigint" ? `${value}` : JSON.stringify(value);
    if (leaf !== undefined) text += before + leaf;
    return leaf !== undefined;
  };

  if (!begin("", root, "")) return undefined;
  for (let parent = open.at(-1); parent !== undefined; parent = open.at(-1)) {
    const { object, keys, length, next, separator } = parent;
    if (next === length) {
      text += keys === undefined ? "]" : "}";
      parents.delete(object);
      open.pop();
      continue;
    }
    parent.next += 1;
    const key = keys?.[next] ?? next;
    const before = keys === undefined ? separator : `${separator}${JSON.stringify(key)}:`;
    if (begin(key, Reflect.get(object, key), before)) parent.separator = ",";
    else if (keys === undefined) {
      text += `${before}null`;
      parent.separator = ",";
    }
  }
  return text;
}
