/** Reads a file of JSON lines, however long it is, a piece at a time. */
import { closeSync, openSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";

/** A file of a run cannot be read, or holds something else than it should; the message says what and where. */
export class UnreadableFile extends Error {
  constructor(path: string, reason: string) {
    super(`${path} cannot be read: ${reason}`);
    this.name = "UnreadableFile";
  }
}

export interface JsonLine {
  readonly value: unknown;
  /** Counted from 1. */
  readonly number: number;
}

/** Bytes that are read at once. */
const pieceSize = 1024 * 1024;

/**
 * Reads line after line. A last line without an end is one that was being written when the writer was killed: it is
 * passed over.
 *
 * @throws {UnreadableFile} when the file cannot be read, or has a line that is not JSON
 */
export function* readLines(path: string): IterableIterator<JsonLine> {
  let number = 0;
  for (const line of textLines(path)) {
    number++;
    yield { value: parse(line, path, number), number };
  }
}

function parse(line: string, path: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new UnreadableFile(path, `line ${number} is not JSON`);
  }
}

function* textLines(path: string): IterableIterator<string> {
  const fd = attempt(path, () => openSync(path, "r"));
  try {
    const decoder = new StringDecoder("utf8");
    const piece = Buffer.allocUnsafe(pieceSize);
    // The pieces of the line that has not ended yet: it may be very long.
    let open: string[] = [];
    for (;;) {
      const length = attempt(path, () => readSync(fd, piece));
      if (length === 0) return;
      const [first = "", ...others] = decoder.write(piece.subarray(0, length)).split("\n");
      open.push(first);
      const last = others.pop();
      if (last === undefined) continue;
      yield open.join("");
      yield* others;
      open = [last];
    }
  } finally {
    closeSync(fd);
  }
}

function attempt<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UnreadableFile(path, error instanceof Error ? error.message : String(error));
  }
}
