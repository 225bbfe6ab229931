/** What waits to be written to a node's stdin: in few large writes, no faster than the node reads, and no more than a bound. */
import type { Writable } from "node:stream";

/** Bytes that may wait for a node at most. */
export const maxWaiting = 64 * 1024 * 1024;
/** Bytes that may wait for all nodes together at most. */
const maxWaitingInAll = 512 * 1024 * 1024;
let waitingInAll = 0;
/** Bytes in one write, or one line if that is longer. */
const writeSize = 64 * 1024;

export class Inbox {
  readonly #stream: Writable;
  /** Lines gathered into writes of a good size. */
  readonly #writes: string[] = [];
  #waiting = 0;
  #scheduled = false;

  constructor(stream: Writable) {
    this.#stream = stream;
    stream.on("drain", () => this.#flush());
    // A process that is gone takes no input; that it is gone is told by its exit.
    stream.on("error", () => this.#clear());
    stream.on("close", () => this.#clear());
  }

  get full(): boolean {
    return this.#waiting > maxWaiting || (this.#waiting > 0 && waitingInAll > maxWaitingInAll);
  }

  /** Adds a line. Lines of one turn of the event loop go in one write. */
  push(line: string): void {
    if (this.#stream.destroyed) return;
    this.#count(line.length);
    const last = this.#writes.length - 1;
    const open = this.#writes[last];
    if (open !== undefined && open.length < writeSize) this.#writes[last] = open + line;
    else this.#writes.push(line);
    if (this.#scheduled) return;
    this.#scheduled = true;
    process.nextTick(() => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  #count(bytes: number): void {
    this.#waiting += bytes;
    waitingInAll += bytes;
  }

  #clear(): void {
    this.#count(-this.#waiting);
    this.#writes.length = 0;
  }

  #flush(): void {
    let written = 0;
    for (const text of this.#writes) {
      if (this.#stream.writableNeedDrain || !this.#stream.writable) break;
      this.#count(-text.length);
      written++;
      this.#stream.write(text, "latin1");
    }
    if (written > 0) this.#writes.splice(0, written);
  }
}
