/** The wire of a real node: lines in on stdin, lines out on stdout, everything else to stderr. */
import { Console } from "node:console";
import type { Clock } from "./clock.ts";
import { LineReader, LineWriter } from "./lines.ts";
import { flushLog, log } from "./log.ts";

/** Where a node's lines come from and where they go. */
export interface Wire {
  /** Hands over lines as they come in. Resolves at the end of the input. */
  read(take: (line: string) => void): Promise<void>;
  /** Sends one line, without its end. */
  write(line: string): void;
  /** Resolves when every line that was written is out, or nobody is left to read them. */
  flush(): Promise<void>;
  /** Resolves when nothing is left that could still happen. */
  stuck?(): Promise<unknown>;
  /** So much waits for a slow reader that nothing should be done that makes more of it. */
  readonly full?: boolean;
  /** What timeouts and intervals go by, if not the machine's clock. */
  readonly clock?: Clock;
  /** Where chance comes from, if not from `Math.random`: numbers from 0 up to 1. */
  readonly random?: () => number;
}

/**
 * Takes over stdin and stdout of this process. From here on only `write` reaches stdout: whatever else would, such as
 * `console.log`, goes to stderr, because one stray line there is a broken message.
 */
export function stdio(): Wire {
  const stdin = process.stdin;
  const stdout = process.stdout;
  const toStdout = stdout.write.bind(stdout);
  stdout.write = process.stderr.write.bind(process.stderr);
  // Not every runtime's console goes through process.stdout.
  Object.assign(console, new Console(process.stderr));

  let waiters: (() => void)[] = [];
  /** Lines that have come in; they are handed over as long as there is room for what becomes of them. */
  let lines: readonly string[] = [];
  let next = 0;
  let handingOver = false;
  let ended = false;
  let take: (line: string) => void = () => {};
  let endOfInput: () => void = () => {};
  const writer = new LineWriter(1, (byte, done) => toStdout(byte, done), changed);

  function handOver(): void {
    if (handingOver) return;
    handingOver = true;
    for (; next < lines.length && !writer.full && !writer.closed; next++) take(lines[next] ?? "");
    handingOver = false;
    if (next < lines.length) stdin.pause();
    else if (ended) endOfInput();
    else if (stdin.isPaused()) stdin.resume();
  }

  function changed(): void {
    if (writer.closed) endOfInput();
    else if (next < lines.length) handOver();
    if (!writer.idle && !writer.closed) return;
    const done = waiters;
    waiters = [];
    for (const resolve of done) resolve();
  }

  process.on("unhandledRejection", (reason) => log("a promise was rejected, and nobody saw to it:", reason));
  process.once("SIGTERM", () => process.exit(0));
  process.once("exit", () => writer.finish());
  // What is wrong with stdout is seen where it is written to.
  stdout.on("error", () => {});

  return {
    read(receive) {
      take = receive;
      const reader = new LineReader();
      return new Promise((resolve) => {
        endOfInput = () => {
          // Some runtimes read on what is only destroyed.
          stdin.pause();
          stdin.destroy();
          resolve();
        };
        const add = (more: string[]): void => {
          lines = next < lines.length ? [...lines.slice(next), ...more] : more;
          next = 0;
          handOver();
        };
        stdin.on("data", (chunk: Buffer) => add(reader.push(chunk)));
        stdin.on("error", endOfInput);
        stdin.on("end", () => {
          ended = true;
          add(reader.end());
        });
      });
    },
    write: (line) => writer.write(line),
    stuck: () => new Promise((resolve) => process.once("beforeExit", resolve)),
    get full() {
      return writer.full;
    },
    async flush() {
      writer.flush();
      if (!writer.idle && !writer.closed) await new Promise<void>((resolve) => waiters.push(resolve));
      flushLog();
    },
  };
}
