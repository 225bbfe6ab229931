/**
 * Charts scale themselves to what they are given. Two that are to be compared are given bins that reach out of sight, and
 * hold there the extremes of the other.
 */
import type { BinSeries, Bins } from "@eddy/workbench/pictures";

/** `bins` with one more after `end` (ns), so that a chart of them has room for all that `other` has. */
export function reaching(bins: Bins, other: Bins, end: number): Bins {
  const { from = 0, width } = bins;
  // One that stays empty is between what is seen and what is not: no line leads out.
  const length = Math.max(Math.ceil((end - from) / width), ...bins.series.flatMap(lengths)) + 1;
  const latencies = latencyExtremes(other);
  const most = (mostInBin(other) * width) / other.width;
  // A function, or a way to end, that does not occur is not to occur in the legend either.
  const counted = bins.series.findIndex((one) => kindOf(one) !== undefined);
  const series = bins.series.map((one, f) => ({
    ...one,
    ...(f === counted && withCount(one, length, most)),
    ...(f === 0 && latencies && { latencies: withLatencies(one, length, latencies) }),
  }));
  return { ...bins, series };
}

const kinds = ["ok", "info", "fail"] as const;

const kindOf = (series: BinSeries): (typeof kinds)[number] | undefined =>
  kinds.find((kind) => series[kind].some((count) => count > 0));

function withCount(series: BinSeries, length: number, most: number): Partial<BinSeries> {
  const kind = kindOf(series);
  return kind === undefined ? {} : { [kind]: [...filled(series[kind], length, 0), most] };
}

/** Each of the four columns takes one of the extremes. */
function withLatencies({ latencies }: BinSeries, length: number, { zero, least, largest }: Extremes) {
  const extremes = [zero ? 0 : largest, least, largest, largest];
  return latencies.map((column, q) => [...filled(column, length, -1), extremes[q] ?? largest]);
}

const filled = (column: readonly number[], length: number, value: number): readonly number[] =>
  Array.from({ length }, (_, at) => column[at] ?? value);

const lengths = ({ ok, fail, info, latencies }: BinSeries): readonly number[] =>
  [ok, fail, info, ...latencies].map(({ length }) => length);

/** Of one function and one way to end: what has a line of its own. */
export function mostInBin({ series }: Bins): number {
  let most = 0;
  for (const one of series)
    for (const kind of kinds) for (const count of one[kind]) most = Math.max(most, count);
  return most;
}

/** ns */
export interface Extremes {
  /** Whether one is 0, as in virtual time. */
  readonly zero: boolean;
  /** Of those that are more than 0; 0 when there is none. */
  readonly least: number;
  readonly largest: number;
}

/** Undefined when there are no latencies. */
export function latencyExtremes({ series }: Bins): Extremes | undefined {
  let [zero, least, largest] = [false, Number.POSITIVE_INFINITY, 0];
  for (const { latencies } of series) {
    for (const column of latencies) {
      for (const latency of column) {
        if (latency === 0) zero = true;
        if (latency <= 0) continue;
        least = Math.min(least, latency);
        largest = Math.max(largest, latency);
      }
    }
  }
  if (largest === 0) return zero ? { zero, least: 0, largest } : undefined;
  return { zero, least, largest };
}
