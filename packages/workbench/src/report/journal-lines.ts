/**
 * Lines of a journal: what each says at its beginning is read without the rest, because there may be millions of which few
 * are shown.
 */
import { isObject } from "../network/message.ts";
import { UnreadableFile } from "../store/json-lines.ts";
import type { Line } from "../store/line-reader.ts";
import { digitsAt, endOfDigits } from "./digits.ts";

/** What a line of a journal begins with. */
export interface JournalHead {
  /** ns */
  readonly time: number;
  readonly event: "send" | "recv" | "drop";
  readonly id: number;
}

/** What a line says of a message that was sent. */
export interface Sent {
  readonly src: string;
  readonly dest: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** The body as its sender wrote it. */
  readonly text: string;
}

const events: ReadonlyMap<number | undefined, JournalHead["event"]> = new Map([
  [0x73, "send"],
  [0x72, "recv"],
  [0x64, "drop"],
]);
const [comma, colon, quote] = [0x2c, 0x3a, 0x22];

/**
 * The head of a line as the workbench writes it, `{"time":93012345,"event":"send","id":2,`; undefined for any other, also for
 * one that says the same in another way.
 */
export function journalHead(line: Line): JournalHead | undefined {
  if (line[1] !== quote || line[2] !== 0x74 || line[7] !== colon) return undefined;
  const endOfTime = endOfDigits(line, 8);
  const event = events.get(line[endOfTime + 10]);
  const id = endOfTime + 21;
  if (event === undefined || line[endOfTime] !== comma || line[id - 1] !== colon) return undefined;
  const endOfId = endOfDigits(line, id);
  if (endOfTime === 8 || endOfId === id || line[endOfId] !== comma) return undefined;
  return { time: digitsAt(line, 8, endOfTime), event, id: digitsAt(line, id, endOfId) };
}

/**
 * The head of any line.
 *
 * @param path and offset are for the error
 * @throws {UnreadableFile} when it belongs in no journal
 */
export function headOf(line: Line, path: string, offset: number): JournalHead {
  const head = journalHead(line);
  if (head !== undefined) return head;
  const { time, event, id } = fieldsOf(line.toString());
  if (
    typeof time === "number" &&
    (event === "send" || event === "recv" || event === "drop") &&
    typeof id === "number"
  )
    return { time, event, id };
  throw noEvent(path, offset);
}

/**
 * All of the line of a send.
 *
 * @param path and offset are for the error
 * @throws {UnreadableFile} when it is none
 */
export function sentOf(line: Line, path: string, offset: number): Sent {
  const text = line.toString();
  const [start = "", src, dest] = sendHead.exec(text) ?? [];
  if (src !== undefined && dest !== undefined) {
    // The body is the last field, and most of the line: it alone is parsed.
    const json = text.slice(start.length, -1);
    const body = parse(json);
    if (isObject(body)) return { src, dest, body, text: json };
  }
  const fields = fieldsOf(text);
  if (typeof fields.src !== "string" || typeof fields.dest !== "string" || !isObject(fields.body))
    throw noEvent(path, offset);
  return { src: fields.src, dest: fields.dest, body: fields.body, text: JSON.stringify(fields.body) };
}

const sendHead = /^\{"time":\d+,"event":"send","id":\d+,"src":"([^"\\]*)","dest":"([^"\\]*)","body":(?=\{)/;

function fieldsOf(json: string): Readonly<Record<string, unknown>> {
  const value = parse(json);
  return isObject(value) ? value : {};
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function noEvent(path: string, offset: number): UnreadableFile {
  return new UnreadableFile(path, `what stands at byte ${offset} is no event of a message`);
}
