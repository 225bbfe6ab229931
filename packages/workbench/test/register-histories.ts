/** Small histories of one register for the tests of linearizability, and the judging of them. */
import { check } from "../src/checkers/checker.ts";
import {
  LinearizabilityChecker,
  type LinearizabilityOptions,
} from "../src/checkers/linearizability/checker.ts";
import type { Operation, OperationType } from "../src/history/operation.ts";

/** An entry: process, type, function, value. Each is 1 ms after the one before. */
export type Entry = readonly [process: number, type: OperationType, f: string, value: unknown];

/** A history of these entries. */
export function history(...entries: readonly Entry[]): Operation[] {
  return entries.map(([process, type, f, value], index) => ({
    index,
    time: (index + 1) * 1_000_000,
    type,
    process,
    f,
    value,
    node: `n${process % 3}`,
  }));
}

/** The verdict on a history, of one object unless the options say otherwise. */
export const judge = (operations: readonly Operation[], options: LinearizabilityOptions = { keyed: false }) =>
  check(new LinearizabilityChecker(options), operations);

/** A read of what was overwritten before it began. */
export const stale = history(
  [0, "invoke", "write", 1],
  [0, "ok", "write", 1],
  [0, "invoke", "write", 2],
  [0, "ok", "write", 2],
  [2, "invoke", "write", 3],
  [1, "invoke", "read", null],
  [1, "ok", "read", 1],
);
