/** The states of a model by number, and where each kind of operation leads from them: asked of the model once, then remembered. */
import type { Calls } from "./calls.ts";
import type { Key, Model, ModelOperation } from "./model.ts";

/** The number of the state that was there at the start. */
export const initialState = 0;
/**
 * Stands for all states of which no call will take notice any more: they are as good as one, since all that may come
 * is to overwrite them.
 */
export const unnoticed = 1;

export class States {
  readonly #model: Model;
  readonly #kinds: readonly ModelOperation[];
  readonly #states: unknown[] = [];
  readonly #numbers = new Map<Key, number>();
  readonly #steps = new Map<number, readonly number[]>();

  readonly #overwrites: readonly boolean[];
  /** For each key of a state the end of the last call that needs it; without it, every state may be noticed for ever. */
  readonly #lastNeeded: ReadonlyMap<Key, number> | undefined;
  readonly #noticedUntil: number[] = [];

  constructor(model: Model, { kinds, calls }: Pick<Calls, "kinds" | "calls">) {
    this.#model = model;
    this.#kinds = kinds;
    this.#overwrites = kinds.map((kind) => model.overwrites?.(kind) ?? false);
    this.#lastNeeded = lastNeeded(model, calls);
    this.#number(model.initial);
    this.#states.push(undefined);
    this.#noticedUntil.push(Number.POSITIVE_INFINITY);
  }

  /** How many states are known; their numbers are 0 and up. */
  get count(): number {
    return this.#states.length;
  }

  state(number: number): unknown {
    return this.#states[number];
  }

  /** The states in which an operation of that kind may leave the object. */
  steps(state: number, kind: number): readonly number[] {
    const at = state * this.#kinds.length + kind;
    const known = this.#steps.get(at);
    if (known !== undefined) return known;
    const operation = this.#kinds[kind];
    const fits = operation !== undefined && (state !== unnoticed || this.#overwrites[kind] === true);
    const from = this.#states[state === unnoticed ? initialState : state];
    const outcomes = fits ? this.#model.step(from, operation) : [];
    const numbers = [...new Set(outcomes.map((outcome) => this.#number(outcome)))];
    this.#steps.set(at, numbers);
    return numbers;
  }

  /** Whether an operation of that kind fits the state and may leave it as it is. */
  keeps(state: number, kind: number): boolean {
    return this.steps(state, kind).includes(state);
  }

  /** The end of the last call that could tell the state from others. */
  noticedUntil(state: number): number {
    return this.#noticedUntil[state] ?? Number.POSITIVE_INFINITY;
  }

  #number(state: unknown): number {
    const key = this.#model.key(state);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#states.push(state) - 1;
      this.#numbers.set(key, number);
      this.#noticedUntil.push(
        this.#lastNeeded ? (this.#lastNeeded.get(key) ?? -1) : Number.POSITIVE_INFINITY,
      );
    }
    return number;
  }
}

function lastNeeded(model: Model, calls: Calls["calls"]): ReadonlyMap<Key, number> | undefined {
  const last = new Map<Key, number>();
  for (const { operation, end } of calls) {
    if (model.overwrites?.(operation)) continue;
    const key = model.needs?.(operation);
    if (key === undefined) return undefined;
    last.set(key, Math.max(end, last.get(key) ?? -1));
  }
  return last;
}
