/** Bytes to lines and lines to bytes: the two ends of a node, stdin and stdout. */
import { writeSync } from "node:fs";
import { log } from "./log.ts";

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

/** What {@link LineWriter} needs of an output stream: a write that calls back when the bytes are gone. */
export type StreamWrite = (bytes: Buffer, done: (error?: Error | null) => void) => unknown;

/**
 * Writes lines to a file descriptor. Lines of one turn of the event loop go out in one write, which is what makes a
 * node fast. When the reader is slow, what is left waits in memory and {@link LineWriter.full} says so.
 */
export class LineWriter {
  readonly #fd: number;
  readonly #write: StreamWrite;
  readonly #changed: () => void;
  #waiting = "";
  #scheduled = false;
  /** Bytes are on their way through the stream, because the descriptor took no more; nothing may overtake them. */
  #draining = false;
  #closed = false;

  /**
   * @param fd the descriptor, written to directly as long as it takes all that it is given
   * @param write the same output as a stream, which waits for a slow reader
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
    return this.#waiting.length > 1024 * 1024;
  }

  /** Everything that was written has left this process. */
  get idle(): boolean {
    return this.#waiting === "" && !this.#draining;
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
    if (this.#draining || this.#closed || this.#waiting === "") return;
    let bytes = Buffer.from(this.#waiting);
    this.#waiting = "";
    try {
      while (bytes.length > 0) bytes = bytes.subarray(writeSync(this.#fd, bytes));
      this.#changed();
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EAGAIN") this.#drain(bytes);
      else this.#close();
    }
  }

  #drain(bytes: Buffer): void {
    this.#draining = true;
    this.#write(bytes, (error) => {
      this.#draining = false;
      if (error) this.#close();
      else if (this.#waiting === "") this.#changed();
      else this.flush();
    });
  }

  #close(): void {
    this.#closed = true;
    this.#waiting = "";
    this.#changed();
  }
}
