/** Statistics: how many operations ended how, and how long they took. Valid when each function was `ok` at least once. */
import type { Operation } from "../history/operation.ts";
import { Pairing } from "../history/pairs.ts";
import type { Checker } from "./checker.ts";
import { Outages } from "./outages.ts";
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

/** What clients do to themselves, and never ends ok: it is counted, and held against nobody. */
const crash = "crash";

/**
 * Counts how the operations of clients ended, and how long they took. Where none could succeed because the nemesis had
 * stopped the nodes, it is unknown whether they would have.
 */
export class StatsChecker implements Checker<Stats> {
  readonly #all = new Count();
  readonly #byF = new Map<string, Count>();
  readonly #pairing = new Pairing();
  readonly #outages = new Outages();
  /** ms */
  readonly #latencies: number[] = [];

  add(operation: Operation): void {
    this.#outages.add(operation);
    if (operation.process === "nemesis") return;
    const pair = this.#pairing.add(operation);
    if (operation.type === "invoke") return;
    const { node = "", time = 0 } = pair?.invocation ?? {};
    const excused =
      operation.error?.kind === "interrupted" ||
      (operation.error?.kind === "net-timeout" && this.#outages.struck(node, time));
    let count = this.#byF.get(operation.f);
    if (count === undefined) {
      count = new Count();
      this.#byF.set(operation.f, count);
    }
    count.add(operation, excused);
    this.#all.add(operation, excused);
    if (pair !== undefined && operation.type === "ok")
      this.#latencies.push((operation.time - pair.invocation.time) / 1e6);
  }

  verdict(): Stats {
    const functions = [...this.#byF].sort(([f], [g]) => (f < g ? -1 : 1));
    const counts = Object.fromEntries(functions.map(([f, count]) => [f, count.verdict()]));
    const latency = quantiles(this.#latencies);
    return {
      ...this.#all.verdict(),
      "valid?": worst(Object.entries(counts).map(([f, each]) => f === crash || each["valid?"])),
      "by-f": counts,
      ...(latency && { latency }),
    };
  }
}

class Count {
  readonly #of = { ok: 0, fail: 0, info: 0, invoke: 0 };
  /** Operations that might have ended ok, had nobody stopped the run or their node. */
  #excused = 0;

  add({ type }: Operation, excused: boolean): void {
    this.#of[type]++;
    if (excused) this.#excused++;
  }

  verdict(): Counts {
    const { ok, fail, info } = this.#of;
    const none = this.#excused > 0 ? "unknown" : false;
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
