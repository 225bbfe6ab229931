/** What nodes wrote to stderr, as pages show it: of a long log its beginning and its end. */
import { closeSync, fstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import type { NodeLog } from "../pictures/run-data.ts";
import { UnreadableFile } from "../store/json-lines.ts";
import { LogClock } from "./log-times.ts";
import { cut } from "./texts.ts";

export interface LogLimits {
  /** Lines of all nodes together. */
  readonly logLines: number;
  /** Bytes of all nodes together. */
  readonly logBytes: number;
}

/** Characters of a line. */
const lineLength = 1000;

/**
 * Reads the logs in a folder, first those of nodes in their order.
 *
 * @param origin when the run began, ms since 1970
 * @param end of the run, ns
 * @throws {UnreadableFile}
 */
export function readNodeLogs(
  folder: string,
  nodes: readonly string[],
  { logLines, logBytes }: LogLimits,
  origin: number,
  end: number,
): NodeLog[] {
  const found = new Set(namesIn(folder));
  const names = [
    ...nodes.filter((name) => found.has(name)),
    ...[...found].filter((name) => !nodes.includes(name)),
  ];
  const share = (of: number): number => Math.floor(of / names.length);
  return names.map((node) => {
    const pieces = readPieces(join(folder, `${node}.log`), share(logBytes), Math.max(2, share(logLines)));
    const clock = new LogClock(origin, end);
    const times = (lines: readonly string[]): number[] => lines.map((line) => clock.timeOf(line));
    const head = times(pieces.head);
    if (pieces.leftOut > 0) clock.skip();
    return {
      node,
      lines: [...pieces.head, ...pieces.tail].map((line) => cut(line, lineLength)),
      times: [...head, ...times(pieces.tail)],
      leftOut: pieces.leftOut,
      leftOutAfter: pieces.head.length,
    };
  });
}

function namesIn(folder: string): string[] {
  try {
    const files = readdirSync(folder, { withFileTypes: true });
    const logs = files.filter((file) => file.isFile() && file.name.endsWith(".log"));
    return logs.map(({ name }) => name.slice(0, -".log".length)).sort();
  } catch {
    return [];
  }
}

/** A log's lines from its beginning and from its end, and how many between them are left out. */
interface Pieces {
  readonly head: readonly string[];
  readonly tail: readonly string[];
  readonly leftOut: number;
}

function readPieces(path: string, bytes: number, lines: number): Pieces {
  try {
    const fd = openSync(path, "r");
    try {
      const { size } = fstatSync(fd);
      if (size <= bytes) {
        const all = linesOf(bytesAt(fd, 0, size));
        return all.length <= lines
          ? { head: all, tail: [], leftOut: 0 }
          : endsOf(all, all, all.length, lines);
      }
      const half = Math.floor(bytes / 2);
      const [first, ...head] = linesOf(bytesAt(fd, 0, half));
      // A line that is longer than all of this is shown as its beginning; any other one that is cut off is left out.
      const whole = head.length === 0 ? [first ?? ""] : [first ?? "", ...head.slice(0, -1)];
      const tail = linesOf(bytesAt(fd, size - half, half)).slice(1);
      return endsOf(whole, tail, countLines(fd, size), lines);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw new UnreadableFile(path, error instanceof Error ? error.message : String(error));
  }
}

/** No more than so many lines of a beginning and an end. */
function endsOf(head: readonly string[], tail: readonly string[], total: number, lines: number): Pieces {
  const some = Math.floor(lines / 2);
  const [first, last] = [head.slice(0, some), tail.slice(Math.max(0, tail.length - some))];
  return { head: first, tail: last, leftOut: Math.max(0, total - first.length - last.length) };
}

function bytesAt(fd: number, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const more = readSync(fd, bytes, read, length - read, from + read);
    if (more === 0) break;
    read += more;
  }
  return bytes.subarray(0, read);
}

function linesOf(bytes: Buffer): string[] {
  const lines = bytes.toString().split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** Counts them without keeping any. */
function countLines(fd: number, size: number): number {
  const piece = Buffer.allocUnsafe(1024 * 1024);
  let [count, last, from] = [0, 0, 0];
  while (from < size) {
    const length = readSync(fd, piece, 0, Math.min(piece.length, size - from), from);
    if (length === 0) break;
    const read = piece.subarray(0, length);
    for (let at = read.indexOf(0x0a); at !== -1; at = read.indexOf(0x0a, at + 1)) count++;
    last = read[length - 1] ?? 0;
    from += length;
  }
  return last === 0x0a ? count : count + 1;
}
