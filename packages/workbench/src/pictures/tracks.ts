/**
 * Operations on tracks: each track holds operations that never overlap, those of one process or of the processes that
 * one worker had one after the other. Made once for a run; the timeline finds in it what lies in a piece of time.
 */
import type { OperationColumns, RunData } from "./run-data.ts";

/**
 * Whose operations share a track: one process's, or one worker's. A process whose operation ended `info` is retired, and
 * its worker goes on under a new number; so a run may have thousands of processes.
 */
export type Grouping = "worker" | "process";

/** The tracks' operations, track after track, and each track's in the order of time: columns of equal length. */
export interface Tracks {
  /** One for each track. */
  readonly labels: readonly string[];
  /** Where each track begins in the columns, and at last how long they are. */
  readonly firsts: Int32Array;
  /** Rows in the columns of operations. */
  readonly rows: Int32Array;
  /** ns */
  readonly starts: Float64Array;
  /** ns; an operation that did not end lasts as long as the run. */
  readonly ends: Float64Array;
  /** `Severity` of each. */
  readonly severities: Uint8Array;
}

/** How bad an ending is, when there is room for only one of several. What nobody knows is worse than what did not happen. */
export const severity = { ok: 0, open: 1, fail: 2, info: 3 } as const;
export type Severity = (typeof severity)[keyof typeof severity];

/** @param ending one letter, as in the column of that name */
export function severityOf(ending: string | undefined): Severity {
  if (ending === "o") return severity.ok;
  if (ending === "f") return severity.fail;
  return ending === "i" ? severity.info : severity.open;
}

/** How many workers the clients of a run had; undefined when its options do not say. */
export function workersOf({ options }: Pick<RunData, "options">): number | undefined {
  const concurrency = options.concurrency;
  return typeof concurrency === "number" && Number.isInteger(concurrency) && concurrency > 0
    ? concurrency
    : undefined;
}

/** Operations of one track, until it is known where it stands among the others. */
interface Lane {
  readonly key: number;
  /** Which of the lanes of this key; more than one only where operations overlap that should not. */
  readonly number: number;
  last: number;
  length: number;
}

/**
 * @param rows those to show, in the order of time; all of them when left out
 * @param grouping `worker` is the same as `process` where nobody says how many workers there were
 */
export function tracksOf(
  run: Pick<RunData, "operations" | "options" | "end">,
  grouping: Grouping,
  rows?: ArrayLike<number>,
): Tracks {
  const { operations } = run;
  const workers = grouping === "worker" ? workersOf(run) : undefined;
  const count = rows ? rows.length : operations.start.length;
  const lanesByKey = new Map<number, Lane[]>();
  const laneOf: Lane[] = [];
  for (let i = 0; i < count; i++) {
    const row = rows ? (rows[i] ?? 0) : i;
    const process = operations.process[row] ?? 0;
    const lane = freeLane(lanesByKey, workers ? process % workers : process, operations.start[row] ?? 0);
    lane.last = endOf(operations, row, Number.POSITIVE_INFINITY);
    lane.length++;
    laneOf.push(lane);
  }
  const lanes = [...lanesByKey.values()].flat().sort((a, b) => a.key - b.key || a.number - b.number);
  const firsts = new Int32Array(lanes.length + 1);
  for (const [i, lane] of lanes.entries()) firsts[i + 1] = (firsts[i] ?? 0) + lane.length;
  const next = new Map(lanes.map((lane, i) => [lane, firsts[i] ?? 0]));
  const tracks = {
    labels: lanes.map(({ key, number }) => (number === 0 ? `${key}` : `${key} (${number + 1})`)),
    firsts,
    rows: new Int32Array(count),
    starts: new Float64Array(count),
    ends: new Float64Array(count),
    severities: new Uint8Array(count),
  };
  for (const [i, lane] of laneOf.entries()) {
    const row = rows ? (rows[i] ?? 0) : i;
    const place = next.get(lane) ?? 0;
    next.set(lane, place + 1);
    tracks.rows[place] = row;
    tracks.starts[place] = operations.start[row] ?? 0;
    tracks.ends[place] = endOf(operations, row, Math.max(run.end, operations.start[row] ?? 0));
    tracks.severities[place] = severityOf(operations.ending[row]);
  }
  return tracks;
}

function freeLane(lanesByKey: Map<number, Lane[]>, key: number, start: number): Lane {
  let lanes = lanesByKey.get(key);
  if (!lanes) {
    lanes = [];
    lanesByKey.set(key, lanes);
  }
  const free = lanes.find(({ last }) => last <= start);
  if (free) return free;
  const lane = { key, number: lanes.length, last: 0, length: 0 };
  lanes.push(lane);
  return lane;
}

function endOf({ start, end }: OperationColumns, row: number, whenNone: number): number {
  const time = end[row] ?? -1;
  return time < (start[row] ?? 0) ? whenNone : time;
}

/** Where in the columns of the tracks the operations of one track lie that touch a piece of time: from `first` up to before `after`. */
export function touching(
  { firsts, starts, ends }: Tracks,
  track: number,
  from: number,
  to: number,
): { first: number; after: number } {
  const begin = firsts[track] ?? 0;
  const end = firsts[track + 1] ?? begin;
  return {
    first: firstWhere(begin, end, (i) => (ends[i] ?? 0) >= from),
    after: firstWhere(begin, end, (i) => (starts[i] ?? 0) > to),
  };
}

/** The first place of which something is true that is true of all later ones; `end` when it is true of none. */
export function firstWhere(begin: number, end: number, isTrue: (place: number) => boolean): number {
  let [low, high] = [begin, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isTrue(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The track on which a row of the operations lies, and its place in the columns; undefined when it is not among them. */
export function placeOf(tracks: Tracks, row: number): { track: number; place: number } | undefined {
  const place = tracks.rows.indexOf(row);
  if (place < 0) return undefined;
  const after = firstWhere(0, tracks.firsts.length, (i) => (tracks.firsts[i] ?? 0) > place);
  return { track: after - 1, place };
}
