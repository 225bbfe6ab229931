/**
 * Time as everything above this floor sees it: a clock that tells the time of the run and calls back when it is due.
 * Nothing else asks the machine for the time, so that the same code runs in real and in virtual time.
 */

/** Nanoseconds in a millisecond. */
export const millisecond = 1_000_000;
/** Nanoseconds in a second. */
export const second = 1_000_000_000;

export interface Clock {
  /** Nanoseconds since the clock was started. Never goes back. */
  now(): number;
  /** The date and time of day, for names and records; no order of events may depend on it. */
  date(): Date;
  /**
   * Runs a task when the clock reaches `time` (ns, rounded up to a whole one), or as soon as possible when that is
   * past. Tasks run in the order of their times, those of the same time in the order in which they were scheduled.
   */
  schedule(time: number, task: () => void): Scheduled;
}

/** A task that has been scheduled. */
export interface Scheduled {
  /** Takes the task back. Does nothing when it has run. */
  cancel(): void;
}

/** Waits for `duration` ns; with 0, for all that is due by now. */
export function sleep(clock: Clock, duration: number): Promise<void> {
  return new Promise((resolve) => clock.schedule(clock.now() + duration, resolve));
}

/** Waits for a promise, but no longer than `duration` ns: resolves then, too. Rejects if the promise does in that time. */
export async function within(clock: Clock, duration: number, promise: Promise<unknown>): Promise<void> {
  let timer: Scheduled | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = clock.schedule(clock.now() + duration, resolve);
  });
  try {
    await Promise.race([promise, patience]);
  } finally {
    timer?.cancel();
  }
}
