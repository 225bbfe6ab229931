/** Statistics: how many operations ended how, and how long they took. Valid when each function was `ok` at least once. */
import { pairs } from "../history/history.ts";
import type { Operation } from "../history/operation.ts";
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

/** Counts how operations ended, and how long they took. */
export function checkStats(history: readonly Operation[]): Stats {
  const completions = history.filter(({ type }) => type !== "invoke");
  const byF = new Map<string, Operation[]>();
  for (const completion of completions) {
    const operations = byF.get(completion.f);
    if (operations === undefined) byF.set(completion.f, [completion]);
    else operations.push(completion);
  }
  const counts = Object.fromEntries([...byF.keys()].sort().map((f) => [f, count(byF.get(f) ?? [])]));
  const latency = quantiles(history);
  return {
    ...count(completions),
    "valid?": worst(Object.values(counts).map((each) => each["valid?"])),
    "by-f": counts,
    ...(latency && { latency }),
  };
}

function count(completions: readonly Operation[]): Counts {
  const of = { ok: 0, fail: 0, info: 0, invoke: 0 };
  let interrupted = false;
  for (const { type, error } of completions) {
    of[type]++;
    interrupted ||= error?.kind === "interrupted";
  }
  // What nobody waited for might have ended ok.
  const none = interrupted ? "unknown" : false;
  return {
    "valid?": of.ok > 0 || none,
    count: completions.length,
    "ok-count": of.ok,
    "fail-count": of.fail,
    "info-count": of.info,
  };
}

function quantiles(history: readonly Operation[]): LatencyQuantiles | undefined {
  const latencies: number[] = [];
  for (const { invocation, completion } of pairs(history)) {
    if (completion?.type === "ok") latencies.push((completion.time - invocation.time) / 1e6);
  }
  if (latencies.length === 0) return undefined;
  const sorted = Float64Array.from(latencies).sort();
  const at = (fraction: number): number => sorted[Math.ceil(fraction * sorted.length) - 1] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
