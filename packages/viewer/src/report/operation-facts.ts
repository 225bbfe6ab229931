/** One row of the operations as an object, for what tells about it. */
import { type RunData, shortened, visible } from "@eddy/workbench/pictures";
import { endings } from "./words.ts";

export interface OperationFacts {
  readonly row: number;
  readonly f: string;
  readonly asked: string;
  readonly answered: string;
  readonly error: string;
  /** The letter, and the word for it. */
  readonly letter: string;
  readonly ending: string;
  readonly process: number;
  readonly node: string | undefined;
  /** ns */
  readonly start: number;
  readonly end: number | undefined;
  readonly messages: readonly number[];
}

/** Undefined when there is no such row. */
export function operationFacts({ operations, nodes }: RunData, row: number): OperationFacts | undefined {
  const start = operations.start[row];
  if (start === undefined) return undefined;
  const letter = operations.ending[row] ?? "?";
  const end = operations.end[row] ?? -1;
  const node = nodes[operations.node[row] ?? -1];
  return {
    row,
    f: visible(operations.functions[operations.f[row] ?? -1] ?? "operation"),
    asked: operations.asked[row] ?? "",
    answered: operations.answered[row] ?? "",
    error: visible(operations.error[row] ?? ""),
    letter,
    ending: endings[letter] ?? letter,
    process: operations.process[row] ?? -1,
    node: node === undefined ? undefined : visible(node),
    start,
    end: end < start ? undefined : end,
    messages: operations.messages[row] ?? [],
  };
}

/** A value as it stands in a line of text. */
export function valueInLine(json: string, longest: number): string {
  return visible(shortened(json, longest));
}
