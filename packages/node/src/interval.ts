/** What a node does again and again, such as gossip. */
import type { Clock } from "./clock.ts";
import { log } from "./log.ts";

/** Work every so many milliseconds. While one time is not over yet, the next are left out. */
export class Interval {
  readonly #ms: number;
  readonly #work: () => void | Promise<void>;
  #running: Promise<void> | undefined;
  #cancel: () => void = () => {};
  #stopped = false;

  constructor(ms: number, work: () => void | Promise<void>) {
    this.#ms = ms;
    this.#work = work;
  }

  start(clock: Clock): void {
    this.#cancel = clock.after(this.#ms, () => {
      this.start(clock);
      this.#running ??= this.#attempt().finally(() => {
        this.#running = undefined;
      });
    });
  }

  /** Resolves when the work that is being done is over. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.#running;
  }

  async #attempt(): Promise<void> {
    try {
      await this.#work();
    } catch (error) {
      // At the end of the input whatever still waits for a reply fails.
      if (!this.#stopped) log(`what happens every ${this.#ms} ms failed:`, error);
    }
  }
}
