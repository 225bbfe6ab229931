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
    for (const [key, child] of Object.entries(parent)) {
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

/** An array or object of which a part is written. */
interface Open {
  readonly object: object;
  readonly fields: Iterator<[string | number, unknown]>;
  readonly end: "]" | "}";
  empty: boolean;
}

function write(value: unknown): string | undefined {
  const root = begin("", value);
  if (typeof root !== "object") return root;
  const open = [root];
  const parents = new Set([root.object]);
  let text = root.end === "]" ? "[" : "{";
  for (let parent = open.at(-1); parent !== undefined; parent = open.at(-1)) {
    const { done, value: field } = parent.fields.next();
    if (done) {
      text += parent.end;
      parents.delete(parent.object);
      open.pop();
      continue;
    }
    const [key, child] = field;
    const begun = begin(key, child) ?? (parent.end === "]" ? "null" : undefined);
    if (begun === undefined) continue;
    text += (parent.empty ? "" : ",") + (parent.end === "]" ? "" : `${JSON.stringify(key)}:`);
    parent.empty = false;
    if (typeof begun !== "object") text += begun;
    else {
      if (parents.has(begun.object)) throw new TypeError(`the body contains itself, as "${key}"`);
      parents.add(begun.object);
      open.push(begun);
      text += begun.end === "]" ? "[" : "{";
    }
  }
  return text;
}

/** The text of a value, or what is to be written of it when it is an array or object. */
function begin(key: string | number, given: unknown): Open | string | undefined {
  const own = typeof given === "object" && given !== null && "toJSON" in given ? given.toJSON : undefined;
  const value: unknown = typeof own === "function" ? own.call(given, String(key)) : given;
  if (typeof value === "bigint") return `${value}`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return Array.isArray(value)
    ? { object: value, fields: value.entries(), end: "]", empty: true }
    : { object: value, fields: Object.entries(value).values(), end: "}", empty: true };
}
