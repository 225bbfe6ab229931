/** Time as a node has it: the machine's, or in a test one that the test moves. Timeouts and intervals go by it. */

/** Tells the time and wakes up at one. */
export interface Clock {
  /** Milliseconds since some moment; never goes back. */
  now(): number;
  /** Runs something after so many milliseconds. Returns what cancels that. */
  after(ms: number, run: () => void): () => void;
}

export const machineClock: Clock = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** @throws {RangeError} when it is not a number of ms above 0 that a timer can wait for: 2^31 - 1, almost 25 days */
export function checkDuration(name: string, ms: number): void {
  if (typeof ms === "number" && ms > 0 && ms < 2 ** 31) return;
  throw new RangeError(`${name} is above 0 and at most ${2 ** 31 - 1} ms, not ${String(ms)}`);
}
