/** Cuts what a node prints into lines. Bytes come in chunks of any size, and a line may be of any length up to a bound. */

export interface LineSplitterOptions {
  /** Bytes; a longer line is dropped. */
  readonly maxLength: number;
  /** Is given each line as bytes, one character each. */
  readonly line: (line: string) => void;
  /** Told once for each line that is too long, with its beginning. */
  readonly tooLong: (beginning: string) => void;
}

export class LineSplitter {
  readonly #options: LineSplitterOptions;
  /** The pieces of the line that has not ended yet. */
  #open: string[] = [];
  #openLength = 0;
  /** The line that is open was too long: what comes of it is dropped up to its end. */
  #dropping = false;

  constructor(options: LineSplitterOptions) {
    this.#options = options;
  }

  push(chunk: Buffer): void {
    const text = chunk.toString("latin1");
    let start = 0;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", start)) {
      this.#append(text.slice(start, end));
      this.#endLine();
      start = end + 1;
    }
    if (start < text.length) this.#append(text.slice(start));
  }

  /** The stream has ended; a last line without a line end counts. */
  end(): void {
    if (this.#openLength > 0) this.#endLine();
  }

  #append(text: string): void {
    if (this.#dropping) return;
    this.#open.push(text);
    this.#openLength += text.length;
    if (this.#openLength <= this.#options.maxLength) return;
    this.#options.tooLong(this.#open.join("").slice(0, 200));
    this.#clear();
    this.#dropping = true;
  }

  #endLine(): void {
    const line = this.#open.length === 1 ? (this.#open[0] ?? "") : this.#open.join("");
    const dropped = this.#dropping;
    this.#clear();
    if (!dropped) this.#options.line(line);
  }

  #clear(): void {
    this.#open = [];
    this.#openLength = 0;
    this.#dropping = false;
  }
}
