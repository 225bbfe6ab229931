/** A file that grows by lines: gathers them and appends many at once, and soon, so that a crash costs little. */
import { closeSync, openSync, writeSync } from "node:fs";
import { type Clock, millisecond, type Scheduled } from "../time/clock.ts";
import { StoreError } from "./store-error.ts";

const flushAbove = 64 * 1024;
/** ns */
const flushAfter = 100 * millisecond;

/** Files that are still open; what waits for them is written when the process ends, however that comes. */
const open = new Set<LineFile>();
process.on("exit", () => {
  for (const file of open) file.flush();
});

export class LineFile {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #failed: (error: StoreError) => void;
  readonly #encoding: "utf8" | "latin1";
  #fd: number | undefined;
  #waiting = "";
  #flush: Scheduled | undefined;

  /**
   * @param failed is told once when the file cannot be written; what follows is dropped
   * @param encoding `latin1` for text that is bytes, one character each
   * @throws {StoreError} when the file cannot be created
   */
  constructor(
    path: string,
    clock: Clock,
    failed: (error: StoreError) => void,
    encoding: "utf8" | "latin1" = "utf8",
  ) {
    this.#path = path;
    this.#encoding = encoding;
    this.#clock = clock;
    this.#failed = failed;
    try {
      this.#fd = openSync(path, "a");
    } catch (error) {
      throw new StoreError(path, error);
    }
    open.add(this);
  }

  /** Adds text, which ends with a line end. It is in the file within 100 ms, or when 64 KiB have gathered. */
  write(text: string): void {
    if (this.#fd === undefined) return;
    this.#waiting += text;
    if (this.#waiting.length > flushAbove) this.flush();
    else this.#flush ??= this.#clock.schedule(this.#clock.now() + flushAfter, () => this.flush());
  }

  flush(): void {
    this.#flush?.cancel();
    this.#flush = undefined;
    let bytes = Buffer.from(this.#waiting, this.#encoding);
    this.#waiting = "";
    try {
      while (this.#fd !== undefined && bytes.length > 0) bytes = bytes.subarray(writeSync(this.#fd, bytes));
    } catch (error) {
      this.#release();
      this.#failed(new StoreError(this.#path, error));
    }
  }

  close(): void {
    this.flush();
    this.#release();
  }

  #release(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
    open.delete(this);
  }
}
