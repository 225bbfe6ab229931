/**
 * What the charts of a report are drawn from: its operations as points, without those that somebody has hidden, and the same
 * in bins, which are as narrow as the window asks for.
 */
import {
  type BinSeries,
  type Bins,
  binned,
  type ChartData,
  type EndingWord,
  endings,
  firstFrom,
  type Points,
  pointsOf,
  quantiles,
} from "@eddy/workbench/pictures";
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { View } from "./view.ts";

/** Into how many bins a window with so many operations is cut: where there are few of them, narrow bins show only chance. */
export function binsFor(operations: number): number {
  return Math.min(Math.max(Math.round(operations / 4), 20), 120);
}

export class ChartSource {
  /** The functions that are not drawn, by their place in `functions`. */
  readonly hiddenFunctions: Signal<ReadonlySet<number>> = signal(new Set<number>());
  readonly hiddenEndings: Signal<ReadonlySet<EndingWord>> = signal(new Set<EndingWord>());
  readonly data: ReadonlySignal<ChartData>;
  readonly functions: readonly string[];
  /** Those that occur. */
  readonly endings: readonly EndingWord[];
  readonly #rows: ReadonlySignal<ArrayLike<number> | undefined>;

  constructor(view: View) {
    const { operations, bins, faults } = view.run;
    const all = pointsOf(operations);
    this.functions = all.functions;
    this.endings = occurring(operations.ending);
    const shown = computed(() => filtered(all, this.hiddenFunctions.value, this.hiddenEndings.value));
    const longest = longestOf(all);
    this.#rows = computed(() => shown.value.rows);
    const shownBins = computed(() => withoutHidden(bins, this.#hiddenNames(), this.hiddenEndings.value));
    this.data = computed(() => {
      const { points } = shown.value;
      const { from, to } = view.window.value;
      const whole = from === view.whole.from && to === view.whole.to;
      // Of operations that are not all here only the bins know how many there were.
      const finer = !whole && operations.spans === undefined;
      if (!finer) return { points, faults, bins: shownBins.value };
      // Nothing that began earlier can have ended in the window.
      const near = piece(points, firstFrom(points, from - longest), firstFrom(points, to + 1));
      return { points, faults, bins: binned(near, { from, to }, binsFor(beganIn(all, from, to))) };
    });
  }

  /** The row of a point in the columns of operations. */
  rowOf(point: number): number {
    const rows = this.#rows.peek();
    return rows ? (rows[point] ?? -1) : point;
  }

  /** The point of a row; undefined when it is hidden. */
  pointOf(row: number): number | undefined {
    const rows = this.#rows.value;
    if (!rows) return row < this.data.value.points.length ? row : undefined;
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((rows[middle] ?? row) < row) low = middle + 1;
      else high = middle;
    }
    return rows[low] === row ? low : undefined;
  }

  /** Bins may have their functions in another order. */
  #hiddenNames(): ReadonlySet<string> {
    return new Set([...this.hiddenFunctions.value].map((f) => this.functions[f] ?? ""));
  }
}

/** The longest latency, ns. */
function longestOf({ latency, length }: Points): number {
  let longest = 0;
  for (let point = 0; point < length; point += 1) longest = Math.max(longest, latency[point] ?? 0);
  return longest;
}

/** The points from one up to before another. */
function piece(points: Points, from: number, to: number): Points {
  const cut = (column: ArrayLike<number>): ArrayLike<number> =>
    column instanceof Float64Array || column instanceof Uint16Array || column instanceof Uint8Array
      ? column.subarray(from, to)
      : Array.from(column).slice(from, to);
  return {
    length: to - from,
    functions: points.functions,
    start: cut(points.start),
    latency: cut(points.latency),
    ending: cut(points.ending),
    f: cut(points.f),
  };
}

function beganIn(points: Points, from: number, to: number): number {
  return firstFrom(points, to) - firstFrom(points, from);
}

/** Letters of `ending`, in the order of `endings`. */
const letters = "ofi?";

function occurring(ending: string): readonly EndingWord[] {
  return endings.filter((_, i) => ending.includes(letters.charAt(i)));
}

/** The points that are not hidden, and the row that each of them had; no rows when nothing is hidden. */
function filtered(
  points: Points,
  functions: ReadonlySet<number>,
  hidden: ReadonlySet<EndingWord>,
): { readonly points: Points; readonly rows?: ArrayLike<number> } {
  if (functions.size === 0 && hidden.size === 0) return { points };
  const hides = endings.map((ending) => hidden.has(ending));
  const kept: number[] = [];
  for (let row = 0; row < points.length; row++)
    if (!functions.has(points.f[row] ?? -1) && !hides[points.ending[row] ?? -1]) kept.push(row);
  const take = (column: ArrayLike<number>): Float64Array =>
    Float64Array.from(kept, (row) => column[row] ?? 0);
  return {
    rows: kept,
    points: {
      length: kept.length,
      functions: points.functions,
      start: take(points.start),
      latency: take(points.latency),
      ending: take(points.ending),
      f: take(points.f),
    },
  };
}

function withoutHidden(bins: Bins, functions: ReadonlySet<string>, hidden: ReadonlySet<EndingWord>): Bins {
  if (functions.size === 0 && hidden.size === 0) return bins;
  const series = bins.series.map((one, i): BinSeries => {
    const none = functions.has(bins.functions[i] ?? "");
    const emptied = (column: readonly number[], ending: EndingWord, empty: number): readonly number[] =>
      none || hidden.has(ending) ? column.map(() => empty) : column;
    return {
      ok: emptied(one.ok, "ok", 0),
      fail: emptied(one.fail, "fail", 0),
      info: emptied(one.info, "info", 0),
      latencies: quantiles.map((_, q) => emptied(one.latencies[q] ?? [], "ok", -1)),
    };
  });
  return { ...bins, series };
}
