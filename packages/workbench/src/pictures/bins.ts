/** Operations in pieces of time of equal length: what ended in each, and how long those took that began in it. */
import { endings, type Points } from "./points.ts";
import { type Bins, quantiles, type Span } from "./run-data.ts";

const [ok, fail, info] = [endings.indexOf("ok"), endings.indexOf("fail"), endings.indexOf("info")];

/**
 * @param span cut into `count` bins; what began or ended outside is not counted
 * @param count 1 or more
 */
export function binned(points: Points, span: Span, count: number): Bins {
  const { length, start, latency, ending, f, functions } = points;
  const width = Math.max(span.to - span.from, 1) / count;
  const binOf = (time: number): number =>
    time < span.from || time > span.to ? -1 : Math.min(Math.floor((time - span.from) / width), count - 1);
  const cells = functions.length * count;
  /** For each ending, function and bin, how many. */
  const ended = [ok, fail, info].map(() => new Uint32Array(cells));
  /** Where the latencies of each function and bin begin; one after the other they are all in one list. */
  const firsts = new Uint32Array(cells + 1);
  for (let i = 0; i < length; i++) {
    const took = latency[i] ?? -1;
    if (took < 0) continue;
    const row = (f[i] ?? 0) * count;
    const [began, stopped] = [binOf(start[i] ?? 0), binOf((start[i] ?? 0) + took)];
    const counts = ended[ending[i] ?? -1];
    if (stopped >= 0 && counts) counts[row + stopped] = (counts[row + stopped] ?? 0) + 1;
    if (began >= 0 && ending[i] === ok) firsts[row + began + 1] = (firsts[row + began + 1] ?? 0) + 1;
  }
  for (let cell = 0; cell < cells; cell++) firsts[cell + 1] = (firsts[cell + 1] ?? 0) + (firsts[cell] ?? 0);
  const latencies = new Float64Array(firsts[cells] ?? 0);
  const next = firsts.slice();
  for (let i = 0; i < length; i++) {
    const began = binOf(start[i] ?? 0);
    if (began < 0 || ending[i] !== ok || (latency[i] ?? -1) < 0) continue;
    const cell = (f[i] ?? 0) * count + began;
    const place = next[cell] ?? 0;
    next[cell] = place + 1;
    latencies[place] = latency[i] ?? 0;
  }
  for (let cell = 0; cell < cells; cell++) latencies.subarray(firsts[cell], firsts[cell + 1]).sort();

  const quantile = (cell: number, q: number): number => {
    const [first = 0, after = 0] = [firsts[cell], firsts[cell + 1]];
    return after === first ? -1 : (latencies[first + Math.ceil(q * (after - first)) - 1] ?? -1);
  };
  const series = functions.map((_, number) => {
    const from = number * count;
    const counts = (which: number): number[] => [...(ended[which]?.subarray(from, from + count) ?? [])];
    return {
      ok: counts(ok),
      fail: counts(fail),
      info: counts(info),
      latencies: quantiles.map((q) => Array.from({ length: count }, (_, bin) => quantile(from + bin, q))),
    };
  });
  return { from: span.from, width, functions, series };
}

/**
 * How many bins show a run well: no more than `most`, and so few that there are `enough` operations in each, on average and
 * for each function.
 */
export function binCount(
  { length, functions }: Pick<Points, "length" | "functions">,
  most: number,
  enough: number,
): number {
  const bins = Math.floor(length / (enough * Math.max(1, functions.length)));
  return Math.max(Math.min(20, most), Math.min(most, bins));
}
