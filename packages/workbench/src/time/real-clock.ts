/** The clock on the wall: the time of the machine, with one timer for all that is scheduled. */
import { Agenda } from "./agenda.ts";
import { type Clock, millisecond, type Scheduled, second } from "./clock.ts";

/** ms; what Node.js takes for a timer at most. A task that is due later is looked at again then. */
const longest = 0x7fffffff;

/** The machine's clock, started at 0. Tasks run up to about a millisecond late, never early. */
export class RealClock implements Clock {
  readonly #agenda = new Agenda();
  readonly #start = performance.now();
  #timer: { readonly time: number; readonly cancel: () => void } | undefined;

  now(): number {
    return Math.round((performance.now() - this.#start) * millisecond);
  }

  date(): Date {
    return new Date();
  }

  schedule(time: number, task: () => void): Scheduled {
    const scheduled = this.#agenda.add(time, task);
    if (this.#timer === undefined || time < this.#timer.time) this.#arm();
    return {
      cancel: () => {
        scheduled.cancel();
        // A timer for nothing would keep the process alive.
        if (this.#agenda.size === 0) this.#disarm();
      },
    };
  }

  #arm(): void {
    this.#disarm();
    const time = this.#agenda.next;
    if (time === undefined) return;
    const delay = Math.ceil((time - this.now()) / millisecond);
    const run = (): void => this.#runDue();
    if (delay <= 0) {
      // A timer would take a millisecond at least.
      const handle = setImmediate(run);
      this.#timer = { time, cancel: () => clearImmediate(handle) };
    } else {
      const handle = setTimeout(run, Math.min(delay, longest));
      this.#timer = { time, cancel: () => clearTimeout(handle) };
    }
  }

  #disarm(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  /** Forgets what is scheduled, so that it does not keep the process alive. */
  stop(): void {
    while (this.#agenda.takeDue(Number.POSITIVE_INFINITY) !== undefined);
    this.#disarm();
  }

  #runDue(awake = false): void {
    // After a long sleep (Ctrl-Z, a lid that was closed) what has come in meanwhile is read before anybody gives up on it.
    const late = this.now() - (this.#timer?.time ?? 0);
    if (late > second && !awake) {
      setImmediate(() => setImmediate(() => this.#runDue(true)));
      return;
    }
    this.#timer = undefined;
    // Only what is due now: a task that schedules another for at once must not keep everything else waiting.
    const now = this.now();
    try {
      for (let task = this.#agenda.takeDue(now); task !== undefined; task = this.#agenda.takeDue(now)) task();
    } finally {
      this.#arm();
    }
  }
}
