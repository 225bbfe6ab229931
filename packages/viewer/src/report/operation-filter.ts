/** Which operations the timeline shows, and how one goes from one of them to the next. */
import { firstWhere, type OperationColumns } from "@eddy/workbench/pictures";

export interface OperationFilter {
  /** Letters of the endings that are not shown. */
  readonly hidden: string;
  /** Place among the functions. */
  readonly f: number | undefined;
  /** Place among the nodes. */
  readonly node: number | undefined;
  readonly process: number | undefined;
  /** In what was asked, answered, or said as an error; in capitals or not. */
  readonly text: string;
}

export const everything: OperationFilter = {
  hidden: "",
  f: undefined,
  node: undefined,
  process: undefined,
  text: "",
};

export function isEverything({ hidden, f, node, process, text }: OperationFilter): boolean {
  return hidden === "" && f === undefined && node === undefined && process === undefined && text === "";
}

/** The rows that pass, in their order, which is that of time; undefined: all of them. */
export function filtered(operations: OperationColumns, filter: OperationFilter): Int32Array | undefined {
  if (isEverything(filter)) return undefined;
  const { hidden, f, node, process } = filter;
  const hasText = textFinder(operations, filter.text);
  const rows = new Int32Array(operations.start.length);
  let length = 0;
  for (let row = 0; row < rows.length; row++) {
    if (hidden.includes(operations.ending.charAt(row))) continue;
    if (f !== undefined && operations.f[row] !== f) continue;
    if (node !== undefined && operations.node[row] !== node) continue;
    if (process !== undefined && operations.process[row] !== process) continue;
    if (!hasText(row)) continue;
    rows[length++] = row;
  }
  return rows.subarray(0, length);
}

function textFinder({ asked, answered, error }: OperationColumns, text: string): (row: number) => boolean {
  if (text === "") return () => true;
  const wanted = text.toLowerCase();
  const has = (value: string | undefined): boolean => value?.toLowerCase().includes(wanted) ?? false;
  return (row) => has(asked[row]) || has(answered[row]) || has(error[row]);
}

/** Whether something went wrong with it, or may have: it ended `fail` or `info`. */
export function isProblem({ ending }: Pick<OperationColumns, "ending">, row: number): boolean {
  return ending[row] === "f" || ending[row] === "i";
}

export interface StepFrom {
  /** The row that is selected; undefined: none. */
  readonly row: number | undefined;
  /** The window: where to begin when nothing is selected, ns. */
  readonly from: number;
  readonly to: number;
}

/**
 * The next operation in the order of their beginnings, or the one before; without a selection the first, or the last, that
 * begins in the window or after it, or before.
 *
 * @param rows those among which to look, ascending; undefined: all
 * @returns a row; undefined when there is none in this direction
 */
export function stepFrom(
  operations: OperationColumns,
  rows: Int32Array | undefined,
  { row, from, to }: StepFrom,
  by: 1 | -1,
  problems: boolean,
): number | undefined {
  const length = rows ? rows.length : operations.start.length;
  const rowAt = (place: number): number => (rows ? (rows[place] ?? 0) : place);
  const startAt = (place: number): number => operations.start[rowAt(place)] ?? 0;
  const passes = (place: number): boolean =>
    row === undefined
      ? by === 1
        ? startAt(place) >= from
        : startAt(place) > to
      : by === 1
        ? rowAt(place) > row
        : rowAt(place) >= row;
  const first = firstWhere(0, length, passes);
  for (let place = by === 1 ? first : first - 1; place >= 0 && place < length; place += by) {
    if (!problems || isProblem(operations, rowAt(place))) return rowAt(place);
  }
  return undefined;
}
