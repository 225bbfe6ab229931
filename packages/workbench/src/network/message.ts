/** A message on its way: read from the line that a node printed, written as the line that the next one gets. */
import { fromBytes, toBytes } from "./bytes.ts";
import { endOfString, jsonFields } from "./json-fields.ts";
import { quoted } from "./names.ts";

/** One message, as the network carries it. */
export interface Message {
  /** Counts all messages of the run from 0. */
  readonly id: number;
  readonly src: string;
  readonly dest: string;
  /** The body as JSON, byte for byte (one character each) as the sender wrote it; it is passed on and recorded like this. */
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

/** A message whose body is made here. */
export function draft(src: string, dest: string, body: Body): Draft {
  return { src, dest, text: toBytes(JSON.stringify(body)), body };
}

/**
 * Reads a line that a node printed, as bytes. Returns what is wrong with it, in words, if it is no message: a JSON object
 * with `src`, `dest` and `body`, perhaps `id`, and nothing else.
 */
export function parseDraft(line: string): Draft | string {
  const message = parseUsual(line) ?? parseAny(line);
  if (typeof message !== "string" && isTooDeep(message.text))
    return `is nested more than ${maxDepth} levels deep`;
  return message;
}

/** The line that a node gets for a message, as bytes. */
export function toLine({ id, src, dest, text }: Message): string {
  return `{"id":${id},"src":${quoted(src)},"dest":${quoted(dest)},"body":${text}}\n`;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const beginsLikeJson = /^[ \t\r\n]*[[{"tfn\d-]/;

const usualHead = /^\{\s*"src"\s*:\s*"([\w.-]+)"\s*,\s*"dest"\s*:\s*"([\w.-]+)"\s*,\s*"body"\s*:\s*(?=\{)/;

/** Reads a line that has the fields in the order in which most libraries write them: only its body has to be parsed. */
function parseUsual(line: string): Draft | undefined {
  const head = usualHead.exec(line);
  if (head === null || !line.endsWith("}")) return undefined;
  const [{ length }, src = "", dest = ""] = head;
  const text = line.slice(length, -1);
  const body = parse(text);
  return isObject(body) ? { src, dest, text, body } : undefined;
}

/** In UTF-8. */
const byteOrderMark = "\xef\xbb\xbf";

function parseAny(line: string): Draft | string {
  if (line.trim() === "") return "is empty";
  const value = parse(line);
  if (value === undefined)
    return line.startsWith(byteOrderMark) ? "begins with a byte order mark" : "is not JSON";
  if (!isObject(value)) return "is not a JSON object";
  const { src, dest, body, id, ...rest } = value;
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) return `has a field "${extra}" beside "src", "dest" and "body"`;
  if (typeof src !== "string") return src === undefined ? 'has no "src"' : 'has a "src" that is not a string';
  if (typeof dest !== "string")
    return dest === undefined ? 'has no "dest"' : 'has a "dest" that is not a string';
  if (!isObject(body)) return body === undefined ? 'has no "body"' : 'has a "body" that is not an object';
  if (id !== undefined && !Number.isInteger(id)) return 'has an "id" that is not an integer';
  return { src, dest, text: jsonFields(line).get("body") ?? "", body };
}

/** The value that JSON stands for, or undefined if it is none. */
function parse(bytes: string): unknown {
  // To fail is slow, and a node that prints something else may print it without end.
  if (!beginsLikeJson.test(bytes)) return undefined;
  try {
    return JSON.parse(fromBytes(bytes));
  } catch {
    return undefined;
  }
}

/** Levels of arrays and objects in a body at most: much deeper ones can be read, but not written again. */
const maxDepth = 1000;

/** Whether JSON is nested deeper than a history can hold. */
function isTooDeep(json: string): boolean {
  if (json.length < 2 * maxDepth) return false;
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === '"') at = endOfString(json, at) - 1;
    else if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth--;
    if (depth > maxDepth) return true;
  }
  return false;
}
