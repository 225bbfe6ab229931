/** For tests of checkers: random small histories, and what may be done to one that must not change, or not worsen, a verdict. */
import fc from "fast-check";
import type { Operation, OperationType } from "../src/history/operation.ts";

/** What a worker does next: it begins the operation when it does nothing, and else ends the one that it is at. */
export interface Step {
  readonly worker: number;
  /** ns since the step before */
  readonly pause: number;
  readonly invocation: { readonly f: string; readonly value: unknown; readonly final?: boolean };
  readonly ending: { readonly type: Exclude<OperationType, "invoke">; readonly read: unknown };
}

/** Workers that do something at once. */
const workers = 3;

/**
 * Histories of these operations, which end in any way; a read that ends ok gets the value that `read` gives. Some
 * operations do not end.
 */
export function histories(
  invocation: fc.Arbitrary<Step["invocation"]>,
  read: fc.Arbitrary<unknown>,
  maxLength = 24,
): fc.Arbitrary<Operation[]> {
  const step = fc.record({
    worker: fc.nat({ max: workers - 1 }),
    pause: fc.nat({ max: 4_000_000 }),
    invocation,
    ending: fc.record({ type: fc.constantFrom("ok", "ok", "ok", "fail", "info"), read }),
  });
  return fc.array(step, { maxLength }).map(historyOf);
}

function historyOf(steps: readonly Step[]): Operation[] {
  const open = new Map<number, Step["invocation"]>();
  const processes = Array.from({ length: workers }, (_, worker) => worker);
  let time = 0;
  return steps.map(({ worker, pause, invocation, ending }, index) => {
    const process = processes[worker] ?? 0;
    time += pause;
    const entry = { index, time, process, node: `n${worker}` };
    const begun = open.get(worker);
    if (begun === undefined) {
      open.set(worker, invocation);
      return { ...entry, type: "invoke", ...invocation };
    }
    open.delete(worker);
    const { type } = ending;
    if (type === "info") processes[worker] = process + workers;
    const value = type === "ok" && begun.f === "read" ? ending.read : begun.value;
    return { ...entry, type, ...begun, value };
  });
}

/** The same history with other names for the processes. */
export function renamed(history: readonly Operation[]): Operation[] {
  return history.map((operation) => ({
    ...operation,
    process: operation.process === "nemesis" ? "nemesis" : 1000 - 7 * operation.process,
  }));
}

/** The history with one more operation in it that nobody knows the end of, anywhere. */
export function withInfo(
  history: readonly Operation[],
  operation: { readonly f: string; readonly value: unknown },
  at: { readonly begin: number; readonly end: number },
): Operation[] {
  const begin = at.begin % (history.length + 1);
  const end = begin + (at.end % (history.length + 1 - begin));
  const entry = { index: 0, process: 5000, node: "n0", ...operation };
  const timeOf = (place: number): number => history[place]?.time ?? history.at(-1)?.time ?? 0;
  return [
    ...history.slice(0, begin),
    { ...entry, type: "invoke" as const, time: timeOf(begin) },
    ...history.slice(begin, end),
    { ...entry, type: "info" as const, time: timeOf(end) },
    ...history.slice(end),
  ].map((each, index) => ({ ...each, index }));
}

/** Places for `withInfo`. */
export const places = fc.record({ begin: fc.nat({ max: 100 }), end: fc.nat({ max: 100 }) });
