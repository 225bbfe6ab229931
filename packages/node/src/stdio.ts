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
  let endOfInput: () => void = () => {};
  const writer = new LineWriter(1, (bytes, done) => toStdout(bytes, done), changed);
  function changed(): void {
    if (writer.closed) endOfInput();
    else if (!writer.full && stdin.isPaused()) stdin.resume();
    if (!writer.idle && !writer.closed) return;
    const done = waiters;
    waiters = [];
    for (const resolve of done) resolve();
  }
  async function flush(): Promise<void> {
    writer.flush();
    if (!writer.idle && !writer.closed) await new Promise<void>((resolve) => waiters.push(resolve));
    flushLog();
  }
  process.on("unhandledRejection", (reason) => log("a promise was rejected, and nobody saw to it:", reason));
  process.once("SIGTERM", async () => {
    stdin.destroy();
    await flush();
    process.exit(0);
  });
  // A server that calls process.exit() has answered, too, as far as its reader takes it at once.
  process.once("exit", () => writer.flush());
  // A reader that went away is no error of this node: it stops, quietly.
  stdout.on("error", () => {});

  return {
    read(take) {
      const lines = new LineReader();
      const handOver = (batch: readonly string[]): void => {
        for (const line of batch) take(line);
        if (writer.full) stdin.pause();
      };
      return new Promise((resolve) => {
        endOfInput = () => {
          // Some runtimes read on what is only destroyed.
          stdin.pause();
          stdin.destroy();
          resolve();
        };
        stdin.on("data", (chunk: Buffer) => handOver(lines.push(chunk)));
        stdin.on("error", endOfInput);
        stdin.on("end", () => {
          handOver(lines.end());
          endOfInput();
        });
      });
    },
    write: (line) => writer.write(line),
    flush,
  };
}
