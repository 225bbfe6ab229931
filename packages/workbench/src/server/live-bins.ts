/**
 * Rates and latencies of a run that is going on, in pieces of time. However long it goes on and however many operations there are,
 * it takes the same memory: the pieces become longer, and latencies are counted by their size, to within 5 %.
 */
import { type BinSeries, type Bins, quantiles } from "../pictures/run-data.ts";
import { millisecond } from "../time/clock.ts";

/** Pieces of time at most; when there would be more, two become one. */
const mostBins = 240;
/** Functions at most; the workloads have a few. */
const mostFunctions = 32;
/** Sizes of latencies that are told apart for each doubling. */
const perDoubling = 8;
/** More than a day, in ns. */
const sizes = 48 * perDoubling;

interface Series {
  readonly ok: number[];
  readonly fail: number[];
  readonly info: number[];
  readonly latencies: Latencies[];
}

export class LiveBins {
  /** ns */
  #width = 250 * millisecond;
  readonly #series = new Map<string, Series>();

  /** Takes an operation that has ended: where it began and ended (ns), and how. */
  add(f: string, start: number, end: number, ending: "ok" | "fail" | "info"): void {
    const series = this.#series.get(f) ?? this.#addSeries(f);
    if (series === undefined) return;
    while (Math.max(start, end) >= this.#width * mostBins) this.#widen();
    const at = Math.floor(end / this.#width);
    series[ending][at] = (series[ending][at] ?? 0) + 1;
    if (ending !== "ok") return;
    const began = Math.floor(start / this.#width);
    const latencies = series.latencies[began] ?? new Latencies();
    series.latencies[began] = latencies;
    latencies.add(end - start);
  }

  /** The bins from the start of the run to `now` (ns). */
  bins(now: number): Bins {
    while (now >= this.#width * mostBins) this.#widen();
    const length = Math.floor(now / this.#width) + 1;
    const filled = (counts: readonly number[]): number[] =>
      Array.from({ length }, (_, at) => counts[at] ?? 0);
    const series = [...this.#series.values()].map(
      ({ ok, fail, info, latencies }): BinSeries => ({
        ok: filled(ok),
        fail: filled(fail),
        info: filled(info),
        latencies: quantiles.map((q) => Array.from({ length }, (_, at) => latencies[at]?.quantile(q) ?? -1)),
      }),
    );
    return { width: this.#width, functions: [...this.#series.keys()], series };
  }

  #addSeries(f: string): Series | undefined {
    if (this.#series.size === mostFunctions) return undefined;
    const series: Series = { ok: [], fail: [], info: [], latencies: [] };
    this.#series.set(f, series);
    return series;
  }

  #widen(): void {
    this.#width *= 2;
    for (const { ok, fail, info, latencies } of this.#series.values()) {
      for (const counts of [ok, fail, info]) merge(counts, (a = 0, b = 0) => a + b);
      merge(latencies, (a, b) => (a && b ? a.with(b) : (a ?? b)));
    }
  }
}

/** Makes one of each two items. */
function merge<T>(items: T[], both: (a: T | undefined, b: T | undefined) => T | undefined): void {
  const length = Math.ceil(items.length / 2);
  for (let at = 0; at < length; at++) {
    const merged = both(items[2 * at], items[2 * at + 1]);
    if (merged === undefined) delete items[at];
    else items[at] = merged;
  }
  items.length = length;
}

/** Latencies, counted by their size. */
class Latencies {
  readonly #counts = new Uint32Array(sizes);
  #count = 0;
  #longest = 0;

  add(latency: number): void {
    const size = Math.floor(Math.log2(Math.max(1, latency)) * perDoubling);
    const at = Math.min(sizes - 1, size);
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#count++;
    this.#longest = Math.max(this.#longest, latency);
  }

  with(other: Latencies): Latencies {
    for (const [at, count] of other.#counts.entries()) this.#counts[at] = (this.#counts[at] ?? 0) + count;
    this.#count += other.#count;
    this.#longest = Math.max(this.#longest, other.#longest);
    return this;
  }

  /** The smallest latency (ns) that this part of them did not exceed; the longest exactly. */
  quantile(q: number): number {
    if (q === 1) return this.#longest;
    let left = Math.ceil(q * this.#count);
    for (const [at, count] of this.#counts.entries()) {
      left -= count;
      if (left <= 0) return Math.min(this.#longest, Math.round(2 ** ((at + 0.5) / perDoubling)));
    }
    return this.#longest;
  }
}
