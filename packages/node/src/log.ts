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
  let bytes = Buffer.from(waiting);
  waiting = "";
  // A pipe that is full for the moment says EAGAIN; the log is worth waiting for, but not for ever.
  for (let tries = 0; bytes.length > 0 && tries < 1000; tries++) {
    try {
      bytes = bytes.subarray(writeSync(stderr, bytes));
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

process.on("exit", flushLog);
