/** What is to be done when: a heap of tasks by time, under both the real clock and the virtual one. */
import type { Scheduled } from "./clock.ts";

class Task implements Scheduled {
  readonly time: number;
  readonly order: number;
  readonly run: () => void;
  readonly #agenda: Agenda;
  /** Where it stands in the heap; -1 when it is no longer there. */
  position = -1;

  constructor(time: number, order: number, run: () => void, agenda: Agenda) {
    this.time = time;
    this.order = order;
    this.run = run;
    this.#agenda = agenda;
  }

  cancel(): void {
    this.#agenda.remove(this);
  }

  before(other: Task): boolean {
    return this.time < other.time || (this.time === other.time && this.order < other.order);
  }
}

/** Tasks in the order of their times; of the same time, in the order in which they were added. */
export class Agenda {
  readonly #heap: Task[] = [];
  #added = 0;

  /** The time of the first task, or undefined when there is none. */
  get next(): number | undefined {
    return this.#heap[0]?.time;
  }

  get size(): number {
    return this.#heap.length;
  }

  add(time: number, run: () => void): Scheduled {
    // Whole nanoseconds: sums of others depend on the order in which they were added up.
    const task = new Task(Math.ceil(time), this.#added++, run, this);
    this.#heap.push(task);
    this.#rise(task, this.#heap.length - 1);
    return task;
  }

  /** Takes the first task off, if it is due at `time`. */
  takeDue(time: number): (() => void) | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.time > time) return undefined;
    this.remove(first);
    return first.run;
  }

  remove(task: Task): void {
    const { position } = task;
    if (position === -1) return;
    task.position = -1;
    const last = this.#heap.pop();
    if (last === undefined || last === task) return;
    this.#rise(last, position);
    this.#sink(last, last.position);
  }

  #rise(task: Task, from: number): void {
    let at = from;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = this.#heap[up];
      if (parent === undefined || !task.before(parent)) break;
      this.#place(parent, at);
      at = up;
    }
    this.#place(task, at);
  }

  #sink(task: Task, from: number): void {
    let at = from;
    for (;;) {
      const left = this.#heap[2 * at + 1];
      const right = this.#heap[2 * at + 2];
      if (left === undefined) break;
      const child = right?.before(left) ? right : left;
      if (!child.before(task)) break;
      const down = child.position;
      this.#place(child, at);
      at = down;
    }
    this.#place(task, at);
  }

  #place(task: Task, at: number): void {
    this.#heap[at] = task;
    task.position = at;
  }
}
