/** What nodes wrote, as one list: the lines of all logs in the order of time, each log's own order kept. */
import { firstWhere, type NodeLog } from "@eddy/workbench/pictures";

/** Instead of a line: some are left out here. */
export const leftOutHere = -1;

/** Rows of the list: columns of equal length. */
export interface LogRows {
  /** Place of the log. */
  readonly logs: Int32Array;
  /** Place of the line in its log, or `leftOutHere`. */
  readonly lines: Int32Array;
  /**
   * Where the row stands, ns: never less than that of the row before. That of a line without a time is that of the line
   * before in its log, or else after it; that of a log without any time is -1: it stands before all others.
   */
  readonly times: Float64Array;
}

/** @param shows which logs are to be in the list, by their place */
export function logRows(logs: readonly NodeLog[], shows: (log: number) => boolean): LogRows {
  const rows: { log: number; line: number; time: number }[] = [];
  for (const [log, { lines, times, leftOut, leftOutAfter }] of logs.entries()) {
    if (!shows(log) || (lines.length === 0 && leftOut === 0)) continue;
    const firstTime = times.find((time) => time >= 0) ?? -1;
    // A clock may go back: the log's own order is the better witness.
    let time = firstTime;
    for (let line = 0; line <= lines.length; line++) {
      if (line === Math.min(leftOutAfter, lines.length) && leftOut > 0)
        rows.push({ log, line: leftOutHere, time });
      if (line === lines.length) break;
      time = Math.max(time, times[line] ?? -1);
      rows.push({ log, line, time });
    }
  }
  rows.sort((a, b) => a.time - b.time);
  return {
    logs: Int32Array.from(rows, ({ log }) => log),
    lines: Int32Array.from(rows, ({ line }) => line),
    times: Float64Array.from(rows, ({ time }) => time),
  };
}

/** Some of the rows, by their places, ascending. */
export function chosenRows({ logs, lines, times }: LogRows, places: readonly number[]): LogRows {
  return {
    logs: Int32Array.from(places, (row) => logs[row] ?? 0),
    lines: Int32Array.from(places, (row) => lines[row] ?? leftOutHere),
    times: Float64Array.from(places, (row) => times[row] ?? -1),
  };
}

/** The first row that stands at this time (ns) or later; the number of rows when there is none. */
export function rowAtTime({ times }: LogRows, time: number): number {
  return firstWhere(0, times.length, (row) => (times[row] ?? 0) >= time);
}

/** The row that stands nearest to this time, ns; of equally near ones the first. Undefined: none has a time. */
export function nearestRow(rows: LogRows, time: number): number | undefined {
  const { times } = rows;
  const after = rowAtTime(rows, Math.max(time, 0));
  const before = after - 1;
  const timeBefore = times[before] ?? -1;
  if (timeBefore < 0) return after < times.length ? after : undefined;
  // The first of those that stand at the same time as the one before.
  if (after >= times.length || time - timeBefore <= (times[after] ?? 0) - time)
    return rowAtTime(rows, timeBefore);
  return after;
}

/** Which rows of a long list are to be in the page: those that can be seen, and a few around them. */
export function rowsInSight(
  count: number,
  it: { readonly scroll: number; readonly height: number; readonly rowHeight: number },
  around = 8,
): { first: number; after: number } {
  const first = Math.floor(it.scroll / it.rowHeight) - around;
  const after = Math.ceil((it.scroll + it.height) / it.rowHeight) + around;
  const start = Math.min(Math.max(first, 0), count);
  return { first: start, after: Math.max(Math.min(after, count), start) };
}
