/** A file of lines that somebody else is writing: gives the lines that have come since the last time. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { openFlags } from "./open-file.ts";
import { look } from "./small-file.ts";

const pieceSize = 1024 * 1024;
/** bytes; a longer line is passed over. Nothing that is shown of it needs its end. */
const longest = 4 * 1024 * 1024;
const lineEnd = 0x0a;

export class GrowingFile {
  readonly #path: string;
  #fd: number | undefined;
  #closed = false;
  /** How far it has been read, bytes. */
  #at = 0;
  /** What was read of the line that has not ended yet. */
  #open: Buffer = Buffer.alloc(0);
  /** The line that has not ended is too long: the rest of it is passed over, too. */
  #skipping = false;
  readonly #piece = Buffer.alloc(pieceSize);

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Reads one piece, and gives the lines that ended in it to `take`, each with its bytes, which are valid until it returns.
   * Returns whether there may be more. A file that is not there yet is empty.
   */
  read(take: (line: Buffer) => void): boolean {
    if (this.#closed) return false;
    if (this.#fd === undefined) {
      if (!look(this.#path)?.isFile()) return false;
      this.#fd = openSync(this.#path, openFlags);
      if (!fstatSync(this.#fd).isFile()) this.close();
    }
    if (this.#fd === undefined) return false;
    const length = readSync(this.#fd, this.#piece, 0, pieceSize, this.#at);
    this.#at += length;
    let rest: Buffer = this.#piece.subarray(0, length);
    for (let end = rest.indexOf(lineEnd); end !== -1; end = rest.indexOf(lineEnd)) {
      const line = rest.subarray(0, end);
      if (!this.#skipping) take(this.#open.length === 0 ? line : Buffer.concat([this.#open, line]));
      this.#open = Buffer.alloc(0);
      this.#skipping = false;
      rest = rest.subarray(end + 1);
    }
    if (this.#skipping || this.#open.length + rest.length > longest) {
      this.#skipping = true;
      this.#open = Buffer.alloc(0);
    } else this.#open = Buffer.concat([this.#open, rest]);
    return length === pieceSize;
  }

  /** Nothing is read from here on. */
  close(): void {
    this.#closed = true;
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}
