/** Bytes to lines and lines to bytes: the two ends of a node, stdin and stdout. */
import { writeSync } from "node:fs";
import { codeOf, log, writeAll } from "./log.ts";

const newline = 0x0a;

/** A line of more bytes than this (256 MiB) is skipped: no string is much longer. */
const longestLine = 256 * 1024 * 1024;

/**
 * Cuts a stream of bytes into lines. Bytes come in chunks of any size: a chunk may hold many lines, a line may be
 * spread over many chunks, and a character of UTF-8 over two.
 */
export class LineReader {
  /** Chunks of a line that has not ended yet; joined once, at its end, so that a long line costs no more than its length. */
  #open: Buffer[] = [];
  #openLength = 0;

  /** Takes the next bytes and returns the lines that they complete, without their ends (`\n` or `\r\n`). */
  push(chunk: Buffer): string[] {
    const end = chunk.lastIndexOf(newline) + 1;
    if (end === 0) {
      this.#keep(chunk);
      return [];
    }
    if (this.#openLength > longestLine) {
      log(`skipped a line: it has more than ${longestLine} bytes`);
      this.#open = [];
      this.#openLength = 0;
      return this.push(chunk.subarray(chunk.indexOf(newline) + 1));
    }
    const complete =
      this.#openLength === 0
        ? chunk.subarray(0, end)
        : Buffer.concat([...this.#open, chunk.subarray(0, end)]);
    this.#open = [];
    this.#openLength = 0;
    if (end < chunk.length) this.#keep(chunk.subarray(end));
    return split(complete.toString("utf8", 0, complete.length - 1));
  }

  #keep(chunk: Buffer): void {
    this.#openLength += chunk.length;
    if (this.#openLength > longestLine) this.#open = [];
    else this.#open.push(chunk);
  }

  /** The last line, if the stream ended without a line end. */
  end(): string[] {
    const rest = Buffer.concat(this.#open).toString("utf8");
    this.#open = [];
    return rest === "" ? [] : split(rest);
  }
}

function split(text: string): string[] {
  const lines = text.split("\n");
  if (!text.includes("\r")) return lines;
  return lines.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
}

/** Writes a byte to an output stream, and calls back when it is gone. */
export type StreamWrite = (byte: Buffer, done: (error?: Error | null) => void) => unknown;

/**
 * Writes lines to a file descriptor. Lines of one turn of the event loop go out in one write, which is what makes a
 * node fast. When the reader is slow, what is left waits in memory and {@link LineWriter.full} says so.
 */
export class LineWriter {
  readonly #fd: number;
  readonly #write: StreamWrite;
  readonly #changed: () => void;
  /** Lines of this turn. */
  #waiting = "";
  /** What the descriptor has not taken yet, the oldest first, and how many bytes that is. */
  #left: Buffer[] = [];
  #leftLength = 0;
  #scheduled = false;
  #draining = false;
  #closed = false;

  /**
   * @param fd the descriptor, written to directly as long as it takes all that it is given
   * @param write the same output as a stream, which knows when a slow reader has made room
   * @param changed called whenever the writer has caught up with a slow reader, or lost it
   */
  constructor(fd: number, write: StreamWrite, changed: () => void) {
    this.#fd = fd;
    this.#write = write;
    this.#changed = changed;
  }

  /** Nobody reads any more: the other end is closed, and what is written is dropped. */
  get closed(): boolean {
    return this.#closed;
  }

  /** So much waits for the reader (1 MiB) that whoever makes more of it should pause. */
  get full(): boolean {
    return this.#leftLength > 1024 * 1024;
  }

  /** Everything that was written has left this process. */
  get idle(): boolean {
    return this.#waiting === "" && this.#left.length === 0;
  }

  /** Adds a line; it leaves at the end of this turn of the event loop. */
  write(line: string): void {
    if (this.#closed) return;
    this.#waiting += `${line}\n`;
    if (this.#waiting.length > 64 * 1024) this.flush();
    else if (!this.#scheduled) {
      this.#scheduled = true;
      setImmediate(() => this.flush());
    }
  }

  /** Writes what waits, as far as the descriptor takes it now; the rest follows by itself. */
  flush(): void {
    this.#scheduled = false;
    this.#gather();
    if (this.#draining) return;
    try {
      for (let [next] = this.#left; next !== undefined; [next] = this.#left)
        this.#sent(writeSync(this.#fd, next));
    } catch (error) {
      if (codeOf(error) === "EAGAIN") this.#drain();
      else this.#close(error);
      return;
    }
    this.#changed();
  }

  /** Writes what waits before the process exits, however slow the reader, unless it stands still for a second. */
  finish(): void {
    this.#gather();
    writeAll(this.#fd, Buffer.concat(this.#left));
    this.#left = [];
  }

  #gather(): void {
    if (this.#waiting === "") return;
    const bytes = Buffer.from(this.#waiting);
    this.#waiting = "";
    this.#left.push(bytes);
    this.#leftLength += bytes.length;
  }

  /** So many bytes of the oldest that is left are gone. */
  #sent(bytes: number): void {
    const [first] = this.#left;
    this.#leftLength -= bytes;
    if (first === undefined || bytes === first.length) this.#left.shift();
    else this.#left[0] = first.subarray(bytes);
  }

  /** Waits until the descriptor takes more. The stream gets a single byte: so what is not written yet is always known. */
  #drain(): void {
    const [first] = this.#left;
    if (first === undefined) return;
    this.#draining = true;
    this.#write(first.subarray(0, 1), (error) => {
      this.#draining = false;
      if (error) this.#close(error);
      else {
        this.#sent(1);
        this.flush();
      }
    });
  }

  #close(error: unknown): void {
    // A reader that went away is no error of this node.
    if (!this.#closed && codeOf(error) !== "EPIPE") log("nothing can be written to stdout any more:", error);
    this.#closed = true;
    this.#waiting = "";
    this.#left = [];
    this.#leftLength = 0;
    this.#changed();
  }
}
