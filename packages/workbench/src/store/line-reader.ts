/** A file of lines that is read at any place: a run's journal may be gigabytes, of which a picture needs a little. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { UnreadableFile } from "./json-lines.ts";

/** Bytes that are read at once: few where one has just jumped to, then more and more. */
const [firstPiece, pieceSize] = [2 * 1024, 256 * 1024];
/** Bytes of a line at most; Node.js makes no longer texts. */
const longest = 512 * 1024 * 1024;
const lineEnd = 0x0a;

/** Bytes of a line. They are valid until the reader goes on. */
export type Line = Buffer;

/**
 * Goes through the lines of a file from any of them. It reads what had been written when the file was opened; a last line
 * without an end is one that is being written, or that was when the writer was killed: it is passed over.
 */
export class LineReader {
  /** Bytes */
  readonly size: number;
  readonly #path: string;
  readonly #fd: number;
  /** The piece of the file that is in memory, where it begins, and where it is in use. */
  #piece = Buffer.allocUnsafe(pieceSize);
  #held = this.#piece.subarray(0, 0);
  #base = 0;
  #ahead = firstPiece;
  /** Where the line stands that was read last, and the next one. */
  #start = 0;
  #next = 0;

  /** @throws {UnreadableFile} when it cannot be opened */
  constructor(path: string) {
    this.#path = path;
    this.#fd = this.#attempt(() => openSync(path, "r"));
    this.size = this.#attempt(() => fstatSync(this.#fd).size);
  }

  close(): void {
    closeSync(this.#fd);
  }

  /** Where the line that was read last begins: bytes from the start of the file. */
  get start(): number {
    return this.#start;
  }

  /** Where the next line begins. */
  get next(): number {
    return this.#next;
  }

  /** Goes to a place where a line begins. */
  seek(offset: number): void {
    this.#next = offset;
  }

  /**
   * Reads the next line; undefined when there is none.
   *
   * @throws {UnreadableFile}
   */
  read(): Line | undefined {
    let from = this.#next - this.#base;
    if (from < 0 || from > this.#held.length) {
      this.#ahead = firstPiece;
      this.#load(this.#next, 0);
      from = 0;
    }
    let looked = from;
    for (;;) {
      const end = this.#held.indexOf(lineEnd, looked);
      if (end !== -1) {
        this.#start = this.#next;
        this.#next = this.#base + end + 1;
        return this.#held.subarray(from, end);
      }
      looked = this.#held.length - from;
      if (this.#base + this.#held.length >= this.size) return undefined;
      // The line goes on: its beginning moves to the front of the piece.
      this.#held.copyWithin(0, from);
      this.#ahead *= 2;
      this.#load(this.#base + from, looked);
      from = 0;
    }
  }

  /**
   * Where the first line begins whose value is at least `least`; `size` when there is none. Values must not fall from line to
   * line; lines without one are passed over.
   *
   * @throws {UnreadableFile}
   */
  find(tell: (line: Line) => number | undefined, least: number): number {
    let found = this.size;
    // Lines that begin before `low` have smaller values; none of those that begin from `high` on is looked for.
    let [low, high] = [0, this.size];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      this.#seekLineFrom(middle);
      let value: number | undefined;
      while (value === undefined && this.#next < high) {
        const line = this.read();
        if (line === undefined) break;
        value = tell(line);
      }
      if (value === undefined) high = middle;
      else if (value >= least) {
        found = this.#start;
        high = middle;
      } else low = this.#next;
    }
    return found;
  }

  /**
   * The last line, of those near the end of the file, that has a value.
   *
   * @throws {UnreadableFile}
   */
  last<T>(tell: (line: Line) => T | undefined): T | undefined {
    for (let back = 4096; ; back *= 8) {
      const from = Math.max(0, this.size - back);
      this.#seekLineFrom(from);
      let last: T | undefined;
      for (let line = this.read(); line !== undefined; line = this.read()) last = tell(line) ?? last;
      if (last !== undefined || from === 0) return last;
    }
  }

  /** Goes to the first line that begins at or after a place. */
  #seekLineFrom(offset: number): void {
    if (offset === 0) {
      this.seek(0);
      return;
    }
    // What is read here may be the end of a line.
    this.seek(offset - 1);
    if (this.read() === undefined) this.seek(this.size);
  }

  /** Has a place of the file in memory, of which the first bytes are there already. */
  #load(base: number, kept: number): void {
    if (kept === this.#piece.length) {
      if (kept >= longest)
        throw new UnreadableFile(this.#path, `at byte ${base} begins a line that is too long`);
      const larger = Buffer.allocUnsafe(2 * kept);
      this.#piece.copy(larger, 0, 0, kept);
      this.#piece = larger;
    }
    this.#base = base;
    const room = Math.max(0, Math.min(this.#piece.length - kept, this.size - base - kept, this.#ahead));
    const length = this.#attempt(() => readSync(this.#fd, this.#piece, kept, room, base + kept));
    if (length === 0 && room > 0) throw new UnreadableFile(this.#path, "it became shorter while it was read");
    this.#held = this.#piece.subarray(0, kept + length);
  }

  #attempt<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw new UnreadableFile(this.#path, error instanceof Error ? error.message : String(error));
    }
  }
}
