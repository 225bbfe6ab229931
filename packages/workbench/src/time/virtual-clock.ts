/** Virtual time: the clock jumps from one task to the next, so that simulated minutes take milliseconds. */
import { Agenda } from "./agenda.ts";
import type { Clock, Scheduled } from "./clock.ts";

/** A clock that moves only when {@link VirtualClock.run} moves it. Its date starts on 1 January 2000, UTC. */
export class VirtualClock implements Clock {
  readonly #agenda = new Agenda();
  #now = 0;

  now(): number {
    return this.#now;
  }

  date(): Date {
    return new Date(Date.UTC(2000, 0, 1) + this.#now / 1e6);
  }

  schedule(time: number, task: () => void): Scheduled {
    return this.#agenda.add(Math.max(time, this.#now), task);
  }

  /**
   * Runs task after task, until none is left or the next lies after `until` (ns); then the time is `until`. All promise
   * work that a task sets off is done before the next task runs.
   */
  async run(until = Number.POSITIVE_INFINITY): Promise<void> {
    await settled();
    for (let next = this.#agenda.next; next !== undefined && next <= until; next = this.#agenda.next) {
      this.#now = next;
      this.#agenda.takeDue(next)?.();
      await settled();
    }
    if (until !== Number.POSITIVE_INFINITY) this.#now = Math.max(this.#now, until);
  }
}

/** Resolves when the microtasks that wait now, and those that they set off, have run. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
