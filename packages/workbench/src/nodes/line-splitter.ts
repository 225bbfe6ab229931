/** Cuts what a node prints into lines. Bytes come in chunks of any size, and a line may be of any length up to a bound. */

const newline = 0x0a;

export interface LineSplitterOptions {
  /** Bytes; a longer line is dropped. */
  readonly maxLength: number;
  readonly line: (line: string) => void;
  /** Told once for each line that is too long, with its beginning. */
  readonly tooLong: (beginning: string) => void;
}

export class LineSplitter {
  readonly #options: LineSplitterOptions;
  #open: Buffer[] = [];
  #openLength = 0;
  /** The line that is open was too long: what comes of it is dropped up to its end. */
  #dropping = false;

  constructor(options: LineSplitterOptions) {
    this.#options = options;
  }

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      this.#append(chunk.subarray(start, end));
      this.#endLine();
      start = end + 1;
    }
    if (start < chunk.length) this.#append(chunk.subarray(start));
  }

  /** The stream has ended; a last line without a line end counts. */
  end(): void {
    if (this.#openLength > 0) this.#endLine();
  }

  #append(bytes: Buffer): void {
    if (this.#dropping) return;
    this.#open.push(bytes);
    this.#openLength += bytes.length;
    if (this.#openLength <= this.#options.maxLength) return;
    this.#options.tooLong(Buffer.concat(this.#open).toString("utf8", 0, 200));
    this.#clear();
    this.#dropping = true;
  }

  #endLine(): void {
    const [only] = this.#open;
    const bytes = this.#open.length === 1 && only !== undefined ? only : Buffer.concat(this.#open);
    const dropped = this.#dropping;
    this.#clear();
    if (!dropped) this.#options.line(bytes.toString("utf8"));
  }

  #clear(): void {
    this.#open = [];
    this.#openLength = 0;
    this.#dropping = false;
  }
}
