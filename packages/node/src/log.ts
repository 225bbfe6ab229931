/** The log: lines on stderr, where the workbench picks them up. Lines of one turn of the event loop are written at once. */
import { writeSync } from "node:fs";
import { inspect } from "node:util";

const stderr = 2;
/** Written at once when so many characters wait, so that a busy turn does not pile up memory. */
const flushAbove = 64 * 1024;

let waiting = "";
let scheduled = false;
/** The last moment of which the time of day was asked, in ms, and the answer: many lines share one. */
let lastMoment = 0;
let lastTime = "";

/**
 * Writes one line to stderr, with the time of day before it. What is not a string is shown as `console.log` would.
 * Lines wait for the end of the turn of the event loop; those that still wait when the process exits are written then.
 */
export function log(...parts: readonly unknown[]): void {
  const text = parts.map((part) => (typeof part === "string" ? part : show(part))).join(" ");
  waiting += `${timeOfDay()} ${text}\n`;
  if (waiting.length > flushAbove) flushLog();
  else if (!scheduled) {
    scheduled = true;
    setImmediate(flushLog);
  }
}

function timeOfDay(): string {
  const moment = Date.now();
  if (moment !== lastMoment) lastTime = new Date(moment).toISOString().slice(11, 23);
  lastMoment = moment;
  return lastTime;
}

/** Shows a value as `console.log` would, on one line if it can; never throws, whatever the value is. */
export function show(value: unknown): string {
  try {
    return inspect(value, { breakLength: Number.POSITIVE_INFINITY });
  } catch {
    return "something that cannot be shown";
  }
}

/** Writes the lines that wait. */
export function flushLog(): void {
  scheduled = false;
  const bytes = Buffer.from(waiting);
  waiting = "";
  writeAll(stderr, bytes);
}

/** Writes all bytes, and waits for a reader that is slow, unless it takes none for a second; gives up on any error. */
export function writeAll(fd: number, bytes: Buffer): void {
  let left = bytes;
  for (let tries = 0; left.length > 0 && tries < 1000; tries++) {
    try {
      left = left.subarray(writeSync(fd, left));
      tries = 0;
    } catch (error) {
      if (codeOf(error) !== "EAGAIN") return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

/** What the system calls an error, e.g. `"EPIPE"`. */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

process.on("exit", flushLog);
