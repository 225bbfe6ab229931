/** A message on its way: read from the line that a node printed, written as the line that the next one gets. */

/** One message, as the network carries it. */
export interface Message {
  /** Counts all messages of the run from 0. */
  readonly id: number;
  readonly src: string;
  readonly dest: string;
  /** The body as JSON, byte for byte as the sender wrote it; it is passed on and recorded like this. */
  readonly text: string;
  /** The same body, read: for whoever wants to look into it. */
  readonly body: Body;
}

/** A body is any JSON object; what is meant to be a request or a reply also has these fields. */
export interface Body {
  readonly type?: unknown;
  readonly msg_id?: unknown;
  readonly in_reply_to?: unknown;
  readonly [field: string]: unknown;
}

/** What a node printed, before the network has given it a number. */
export type Draft = Omit<Message, "id">;

/**
 * Reads a line that a node printed. Returns what is wrong with it, in words, if it is no message: a JSON object with
 * `src`, `dest` and `body`, perhaps `id`, and nothing else.
 */
export function parseDraft(line: string): Draft | string {
  if (line.trim() === "") return "is empty";
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return "is not JSON";
  }
  if (!isObject(value)) return "is not a JSON object";
  const { src, dest, body, id, ...rest } = value;
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) return `has a field "${extra}" beside "src", "dest" and "body"`;
  if (typeof src !== "string") return src === undefined ? 'has no "src"' : 'has a "src" that is not a string';
  if (typeof dest !== "string")
    return dest === undefined ? 'has no "dest"' : 'has a "dest" that is not a string';
  if (!isObject(body)) return body === undefined ? 'has no "body"' : 'has a "body" that is not an object';
  if (id !== undefined && !Number.isInteger(id)) return 'has an "id" that is not an integer';
  const text = bodyText(line);
  if (text === undefined) return `is nested more than ${maxDepth} levels deep`;
  return { src, dest, text, body };
}

/** The line that a node gets for a message. */
export function toLine({ id, src, dest, text }: Message): string {
  return `{"id":${id},"src":${JSON.stringify(src)},"dest":${JSON.stringify(dest)},"body":${text}}\n`;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

/**
 * Cuts the text of the body out of a line that is known to be a JSON object with a `body`. Walks over the top level
 * only; of two bodies the last one counts, as JSON.parse has it.
 */
function bodyText(line: string): string | undefined {
  let [from, to] = [0, 0];
  let at = line.indexOf("{") + 1;
  for (;;) {
    const keyStart = line.indexOf('"', at);
    if (keyStart === -1) return line.slice(from, to).trim();
    const keyEnd = endOfString(line, keyStart);
    const valueStart = indexOfCode(line, colon, keyEnd) + 1;
    at = endOfValue(line, valueStart);
    if (at === -1) return undefined;
    // A key may be written with escapes: "b\u006fdy" is a body too.
    const key = line.slice(keyStart, keyEnd);
    if (key === '"body"' || (key.includes("\\") && JSON.parse(key) === "body")) [from, to] = [valueStart, at];
  }
}

/** The index after the string whose opening quote stands at `start`. */
function endOfString(line: string, start: number): number {
  let at = start + 1;
  for (let code = line.charCodeAt(at); code !== quote; code = line.charCodeAt(at)) {
    at += code === backslash ? 2 : 1;
  }
  return at + 1;
}

/** Levels of arrays and objects in a value at most: much deeper ones can be read, but not written again. */
const maxDepth = 1000;

/** The index of the comma or brace that ends the value that begins at or after `start`; -1 if it is nested too deep. */
function endOfValue(line: string, start: number): number {
  let depth = 0;
  for (let at = start; ; at++) {
    const code = line.charCodeAt(at);
    if (code === quote) at = endOfString(line, at) - 1;
    else if (code === openBrace || code === openBracket) {
      if (++depth > maxDepth) return -1;
    } else if (depth === 0 && (code === comma || code === closeBrace)) return at;
    else if (code === closeBrace || code === closeBracket) depth--;
  }
}

function indexOfCode(line: string, code: number, from: number): number {
  let at = from;
  while (line.charCodeAt(at) !== code) at++;
  return at;
}
