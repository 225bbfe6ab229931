/** The terminal of a running test: a line that is rewritten while somebody watches, plain lines in a pipe. */
import type { Operation } from "../history/operation.ts";
import type { Problem } from "../nodes/problem.ts";
import { describeDisturbance } from "../report/disturbance.ts";
import { describeProblem } from "../report/problem.ts";
import { progressLine } from "../report/progress.ts";
import { safeText } from "../report/safe-text.ts";
import { colourStyle, plainStyle, type Style } from "../report/style.ts";
import type { Observer } from "../run/run.ts";
import { type Clock, type Scheduled, second } from "../time/clock.ts";

/** ns between two looks at how far the test is */
const refresh = { terminal: second / 5, pipe: 2 * second };

/** What is written to: stdout or stderr, which may be a terminal. */
export interface Screen {
  write(text: string): unknown;
  readonly isTTY: boolean;
  /** Characters in a line of a terminal. */
  readonly columns: number;
}

export class Terminal implements Observer {
  readonly style: Style;
  readonly #stream: Screen;
  /** Whether lines can be written over. */
  readonly #live: boolean;
  readonly #clock: Clock;
  /** s */
  readonly #limit: number;
  readonly #headline: string;
  readonly #count = { ok: 0, fail: 0, info: 0, invoke: 0 };
  #began: number | undefined;
  #next: Scheduled | undefined;
  #disturbing = false;
  #nextJudged = 0;
  #drawingSince: number | undefined;
  #toldOfDrawing = false;

  /**
   * @param limit s that the test lasts
   * @param headline what is going to happen
   */
  constructor(stream: Screen, clock: Clock, limit: number, headline: string) {
    this.#stream = stream;
    this.#clock = clock;
    this.#limit = limit;
    this.#headline = headline;
    this.#live = stream.isTTY && process.env.TERM !== "dumb";
    this.style = styleFor(stream);
  }

  began(): void {
    this.line(this.#headline);
  }

  operation(operation: Operation): void {
    if (operation.process === "nemesis") this.#disturbed(operation);
    else this.#count[operation.type]++;
    if (this.#began !== undefined) return;
    this.#began = this.#clock.now();
    this.#schedule();
  }

  /** Shows what the nemesis did, once it has: of the two entries that it makes each time, the second says so. */
  #disturbed(operation: Operation): void {
    this.#disturbing = !this.#disturbing;
    if (this.#disturbing) return;
    const elapsed = (this.#clock.now() - (this.#began ?? 0)) / second;
    this.line(`${elapsed.toFixed(1).padStart(5)} s   nemesis: ${describeDisturbance(operation)}`);
  }

  judged(entries: number, of: number): void {
    // The run itself is over.
    this.#next?.cancel();
    if (this.#clock.now() < this.#nextJudged) return;
    this.#nextJudged = this.#clock.now() + (this.#live ? refresh.terminal : refresh.pipe);
    this.#showLine(`judging: ${entries} of ${of} entries of the history`);
  }

  drawing(): void {
    this.#next?.cancel();
    const now = this.#clock.now();
    this.#drawingSince ??= now;
    // In a pipe a line stays, and is worth it only when one has to wait.
    if (this.#live || now - this.#drawingSince >= refresh.pipe) this.#showDrawing();
  }

  #showDrawing(): void {
    if (this.#toldOfDrawing) return;
    this.#toldOfDrawing = true;
    this.#showLine("drawing the pictures");
  }

  problem(problem: Problem): void {
    this.line(`\n${describeProblem(problem, this.style)}`);
  }

  note(line: string): void {
    this.line(safeText(line));
  }

  /** Writes a line above the one that shows the progress. */
  line(text: string): void {
    this.#clear();
    this.#stream.write(`${text}\n`);
  }

  /** Ends the progress. */
  end(): void {
    this.#next?.cancel();
    this.#began = undefined;
    this.#clear();
  }

  #schedule(): void {
    const interval = this.#live ? refresh.terminal : refresh.pipe;
    this.#next = this.#clock.schedule(this.#clock.now() + interval, () => {
      this.#show();
      this.#schedule();
    });
  }

  #show(): void {
    const elapsed = (this.#clock.now() - (this.#began ?? 0)) / second;
    this.#showLine(progressLine({ elapsed, limit: this.#limit, ...this.#count }));
  }

  #showLine(line: string): void {
    this.#clear();
    // On a terminal the line stays open, to be written over; it must not wrap.
    if (this.#live) this.#stream.write(this.style.faint(line.slice(0, this.#stream.columns - 1)));
    else this.#stream.write(`${line}\n`);
  }

  #clear(): void {
    if (this.#live) this.#stream.write("\r\u001b[K");
  }
}

/** Colour where a person reads on a terminal that shows it, and has not asked for none. */
export function styleFor(stream: Screen): Style {
  const wanted = stream.isTTY && !process.env.NO_COLOR && process.env.TERM !== "dumb";
  return wanted ? colourStyle : plainStyle;
}
