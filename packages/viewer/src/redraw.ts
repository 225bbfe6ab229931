/**
 * When a picture is drawn anew: when a signal that it read has changed, once a frame, and only while it is in sight. What
 * changes out of sight is drawn when it comes into sight.
 */
import { effect } from "@preact/signals";

export class Redraw {
  readonly #paint: () => void;
  #stopListening = (): void => {};
  #frame = 0;
  #wanted = true;
  #visible = false;

  /** @param paint draws; the signals that it reads are those it is drawn anew for */
  constructor(paint: () => void) {
    this.#paint = paint;
  }

  /** Something else than a signal has changed. */
  request(): void {
    this.#wanted = true;
    if (this.#visible && this.#frame === 0) this.#frame = requestAnimationFrame(() => this.now());
  }

  /** It comes into sight, or goes. */
  show(visible: boolean): void {
    this.#visible = visible;
    if (visible && this.#wanted) this.request();
  }

  /** Draws at once, in sight or not. */
  now(): void {
    this.#cancel();
    this.#wanted = false;
    let painted = false;
    this.#stopListening = effect(() => {
      // The second time is a change; without reading any signal it is also the last.
      if (painted) return this.request();
      painted = true;
      this.#paint();
    });
  }

  stop(): void {
    this.#cancel();
    this.#visible = false;
  }

  #cancel(): void {
    this.#stopListening();
    this.#stopListening = () => {};
    if (this.#frame !== 0) cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }
}
