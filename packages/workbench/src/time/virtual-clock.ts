/** Virtual time: the clock jumps from one task to the next, so that simulated minutes take milliseconds. */
import { Agenda } from "./agenda.ts";
import type { Clock, Scheduled } from "./clock.ts";

/** A clock that moves only when {@link VirtualClock.run} or {@link VirtualClock.drive} moves it. Its date starts on 1 January 2000, UTC. */
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
   *
   * @throws what a task throws
   */
  async run(until = Number.POSITIVE_INFINITY): Promise<void> {
    await this.#runWhile(() => true, until);
    if (until !== Number.POSITIVE_INFINITY) this.#now = Math.max(this.#now, until);
  }

  /**
   * Runs task after task until some work is over, and resolves or rejects as it does.
   *
   * @throws when nothing is left to do and the work is still not over: it waits for something that will never come
   */
  async drive<T>(work: Promise<T>): Promise<T> {
    let over = false;
    const end = (): void => {
      over = true;
    };
    work.then(end, end);
    await this.#runWhile(() => !over, Number.POSITIVE_INFINITY);
    if (!over) throw new Error("nothing is left to happen in virtual time, but the work is not over");
    return work;
  }

  /** One task in each immediate: Node.js does all promise work that is there between two of them. */
  #runWhile(wanted: () => boolean, until: number): Promise<void> {
    return new Promise((resolve, reject) => {
      let ended = false;
      const end = (): void => {
        ended = true;
        resolve();
      };
      const step = (): void => {
        if (ended) return;
        const next = this.#agenda.next;
        if (!wanted() || next === undefined || next > until) {
          end();
          return;
        }
        this.#now = next;
        try {
          this.#agenda.takeDue(next)?.();
        } catch (error) {
          ended = true;
          reject(error);
        }
      };
      // Many at once: only after the last of them does Node.js go round its loop, which takes longer than a task.
      const batch = (): void => {
        if (ended) return;
        for (let i = 0; i < batchSize; i++) setImmediate(step);
        setImmediate(batch);
      };
      batch();
    });
  }
}

const batchSize = 100;
