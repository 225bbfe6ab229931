import * as fc from "fast-check";
import { expect, it } from "vitest";
import { quantiles } from "../pictures/run-data.ts";
import { second } from "../time/clock.ts";
import { LiveBins } from "./live-bins.ts";

const operation = fc.record({
  f: fc.constantFrom("read", "write"),
  // Many of them close together, so that some share a bin.
  start: fc.oneof(fc.nat({ max: 5 * second }), fc.nat({ max: 1000 * second })),
  latency: fc.oneof(fc.nat({ max: 1000 }), fc.nat({ max: 10 * second })),
  ending: fc.constantFrom("ok" as const, "fail" as const, "info" as const),
});

/** The smallest that at least that part of them did not exceed. */
function quantile(values: readonly number[], q: number): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(q * values.length) - 1] ?? -1;
}

it("counts each operation where it ended, and its latency where it began", () => {
  fc.assert(
    fc.property(fc.array(operation, { minLength: 1, maxLength: 60 }), (operations) => {
      const live = new LiveBins();
      for (const { f, start, latency, ending } of operations) live.add(f, start, start + latency, ending);
      const now = Math.max(0, ...operations.map(({ start, latency }) => start + latency));
      const { width, functions, series } = live.bins(now);
      const length = Math.floor(now / width) + 1;
      expect(length).toBeLessThanOrEqual(240);
      for (const [i, f] of functions.entries())
        for (let at = 0; at < length; at++) {
          const here = (time: number): boolean => Math.floor(time / width) === at;
          const of = operations.filter((each) => each.f === f);
          for (const ending of ["ok", "fail", "info"] as const) {
            const ended = of.filter((each) => each.ending === ending && here(each.start + each.latency));
            expect(series[i]?.[ending][at]).toBe(ended.length);
          }
          const latencies = of
            .filter((each) => each.ending === "ok" && here(each.start))
            .map(({ latency }) => latency);
          for (const [k, q] of quantiles.entries()) {
            const exact = quantile(latencies, q);
            const told = series[i]?.latencies[k]?.[at] ?? Number.NaN;
            if (q === 1 || latencies.length === 0) expect(told).toBe(exact);
            else expect(Math.abs(told - exact)).toBeLessThanOrEqual(0.05 * exact + 1);
          }
        }
    }),
    { numRuns: 50 },
  );
});

it("has one value for each bin in every list", () => {
  const live = new LiveBins();
  live.add("read", 0, 5, "ok");
  live.add("write", 90 * second, 91 * second, "fail");
  const { width, series } = live.bins(100 * second);
  const length = Math.floor((100 * second) / width) + 1;
  for (const { ok, fail, info, latencies } of series)
    for (const list of [ok, fail, info, ...latencies]) expect(list).toHaveLength(length);
});

it("takes the same room after a day as after a minute", () => {
  const live = new LiveBins();
  for (let time = 0; time < 86_400 * second; time += 10 * second) live.add("read", time, time + 1000, "ok");
  const { width, series } = live.bins(86_400 * second);
  expect(Math.floor((86_400 * second) / width)).toBeLessThan(240);
  expect(series[0]?.ok.reduce((sum, count) => sum + count, 0)).toBe(8640);
  for (let i = 0; i < 1000; i++) live.add(`f${i}`, 0, 1, "ok");
  expect(live.bins(0).functions.length).toBeLessThanOrEqual(32);
});
