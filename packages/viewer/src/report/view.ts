/**
 * What all pictures of one report share: the piece of time that they show, what is selected, and the time under the
 * pointer. Pictures read it and change it; whoever reads it is drawn anew when it changes.
 */
import type { RunData, Span } from "@eddy/workbench/pictures";
import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";

/** A row of the columns of operations, or of messages. */
export type Selection =
  | { readonly kind: "operation"; readonly row: number }
  | { readonly kind: "message"; readonly row: number };

/** The shortest piece of time that is shown, ns. */
export const shortest = 1_000;

export class View {
  readonly run: RunData;
  /** From the start of the run to the last thing that happened, or was to be mended, in it. */
  readonly whole: Span;
  readonly selected: Signal<Selection | undefined> = signal(undefined);
  /** The time under the pointer, ns: a hairline in all pictures. */
  readonly pointed: Signal<number | undefined> = signal(undefined);
  /** Counts how often something was to be looked at: what shows it scrolls it into sight. */
  readonly revealed: Signal<number> = signal(0);
  readonly #window: Signal<Span>;

  constructor(run: RunData) {
    this.run = run;
    this.whole = wholeOf(run);
    this.#window = signal(this.whole);
  }

  /** The piece of time that is shown; it lies within the whole. Change it with `show`, `zoom` and `pan`. */
  get window(): ReadonlySignal<Span> {
    return this.#window;
  }

  /** Shows this piece of time, or what of it lies within the whole. */
  show(span: Span): void {
    const { from, to } = within(span, this.whole);
    const now = this.#window.peek();
    if (from !== now.from || to !== now.to) this.#window.value = { from, to };
  }

  /**
   * Shows a piece of time that is `factor` times shorter (longer, where that is less than 1), with the time `around` where it
   * was.
   */
  zoom(factor: number, around: number): void {
    const { from, to } = this.#window.peek();
    const length = Math.max((to - from) / factor, shortest);
    const start = around - ((around - from) / (to - from)) * length;
    this.show({ from: start, to: start + length });
  }

  /** Shows what comes so many ns later; earlier, when it is negative. */
  pan(by: number): void {
    const { from, to } = this.#window.peek();
    this.show({ from: from + by, to: to + by });
  }

  /** Selects something, and moves the window to it when it lies outside. */
  select(selection: Selection | undefined): void {
    batch(() => {
      this.selected.value = selection;
      const span = selection && spanOf(this.run, selection);
      if (!span) return;
      const { from, to } = this.#window.peek();
      if (span.from >= from && span.from <= to) return;
      this.show({ from: span.from - (to - from) / 2, to: span.from + (to - from) / 2 });
    });
  }

  /** Selects something and shows it from its beginning to its end, large enough to be seen, with some time around it. */
  reveal(selection: Selection): void {
    batch(() => {
      this.selected.value = selection;
      this.revealed.value += 1;
      const span = spanOf(this.run, selection);
      if (!span) return;
      const { from, to } = this.#window.peek();
      const length = span.to - span.from;
      const inside = span.from >= from && span.to <= to;
      if (inside && length >= (to - from) * tooSmall) return;
      const around = Math.max(length * 8, shortest * 90);
      this.show({ from: span.from - around, to: span.to + around });
    });
  }

  /** Shows a moment, which is told to a ms: a second around it, or what of that fits. */
  revealTime(time: number): void {
    batch(() => {
      this.revealed.value += 1;
      const { from, to } = this.#window.peek();
      const half = Math.min((to - from) / 2, 5e8);
      this.pointed.value = time;
      this.show({ from: time - half, to: time + half });
    });
  }
}

/** Which part of the window is too small to be seen well. */
const tooSmall = 1 / 200;

/** From when to when something lasted, ns; what did not end lasts as long as the run. Undefined: there is no such thing. */
export function spanOf(run: RunData, selection: Selection): Span | undefined {
  const { operations, messages } = run;
  const [from, to] =
    selection.kind === "operation"
      ? [operations.start[selection.row], operations.end[selection.row]]
      : [messages.sent[selection.row], messages.arrived[selection.row]];
  if (from === undefined || to === undefined) return undefined;
  return { from, to: to < from ? Math.max(wholeOf(run).to, from) : to };
}

function wholeOf({ end, faults }: RunData): Span {
  let last = end;
  for (const { from, to = from } of faults) last = Math.max(last, to);
  // A run in which nothing happened has a second to show that.
  return { from: 0, to: last > 0 ? Math.max(last, shortest) : 1e9 };
}

/** The piece of the same length, moved into the whole; never longer than that, nor shorter than the shortest. */
function within({ from, to }: Span, whole: Span): Span {
  if (!Number.isFinite(from) || !Number.isFinite(to)) return whole;
  const all = whole.to - whole.from;
  const length = Math.min(Math.max(to - from, shortest), all);
  if (length === all) return whole;
  const start = Math.min(Math.max(from, whole.from), whole.to - length);
  return { from: start, to: start + length };
}
