/** Statistics: how many operations ended how, and how long they took. Valid when each function was `ok` at least once. */
import type { Operation } from "../history/operation.ts";
import { Pairing } from "../history/pairs.ts";
import type { Checker } from "./checker.ts";
import { type Verdict, worst } from "./verdict.ts";

export interface Counts extends Verdict {
  readonly count: number;
  readonly "ok-count": number;
  readonly "fail-count": number;
  readonly "info-count": number;
}

export interface Stats extends Counts {
  readonly "by-f": Readonly<Record<string, Counts>>;
  /** Of the operations that ended ok; absent when there are none. The original has no such entry. */
  readonly latency?: LatencyQuantiles;
}

/** Times from invocation to completion, ms. Half of the operations took `p50` or less, and so on. */
export interface LatencyQuantiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Counts how the operations of clients ended, and how long they took. */
export class StatsChecker implements Checker<Stats> {
  readonly #all = new Count();
  readonly #byF = new Map<string, Count>();
  readonly #pairing = new Pairing();
  /** ms */
  readonly #latencies: number[] = [];

  add(operation: Operation): void {
    if (operation.process === "nemesis") return;
    const pair = this.#pairing.add(operation);
    if (operation.type === "invoke") return;
    let count = this.#byF.get(operation.f);
    if (count === undefined) {
      count = new Count();
      this.#byF.set(operation.f, count);
    }
    count.add(operation);
    this.#all.add(operation);
    if (pair !== undefined && operation.type === "ok")
      this.#latencies.push((operation.time - pair.invocation.time) / 1e6);
  }

  verdict(): Stats {
    const functions = [...this.#byF].sort(([f], [g]) => (f < g ? -1 : 1));
    const counts = Object.fromEntries(functions.map(([f, count]) => [f, count.verdict()]));
    const latency = quantiles(this.#latencies);
    return {
      ...this.#all.verdict(),
      "valid?": worst(Object.values(counts).map((each) => each["valid?"])),
      "by-f": counts,
      ...(latency && { latency }),
    };
  }
}

class Count {
  readonly #of = { ok: 0, fail: 0, info: 0, invoke: 0 };
  #interrupted = false;

  add({ type, error }: Operation): void {
    this.#of[type]++;
    this.#interrupted ||= error?.kind === "interrupted";
  }

  verdict(): Counts {
    const { ok, fail, info } = this.#of;
    // What nobody waited for might have ended ok.
    const none = this.#interrupted ? "unknown" : false;
    return {
      "valid?": ok > 0 || none,
      count: ok + fail + info,
      "ok-count": ok,
      "fail-count": fail,
      "info-count": info,
    };
  }
}

function quantiles(latencies: readonly number[]): LatencyQuantiles | undefined {
  if (latencies.length === 0) return undefined;
  const sorted = Float64Array.from(latencies).sort();
  const at = (fraction: number): number => sorted[Math.ceil(fraction * sorted.length) - 1] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
