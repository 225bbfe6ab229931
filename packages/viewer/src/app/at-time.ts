/** What went on at one moment, in words. */
import type { Bins } from "@eddy/workbench/pictures";
import { figures, latency } from "./format.ts";

/** "20 ok, 1.5 not ok a second; longest latency 12.0 ms": of the bin that holds this time (ns). */
export function atTime({ from = 0, width, series }: Bins, time: number): string {
  const bin = Math.floor((time - from) / width);
  const seconds = width / 1e9;
  let [ok, not, longest] = [0, 0, -1];
  for (const one of series) {
    ok += one.ok[bin] ?? 0;
    not += (one.fail[bin] ?? 0) + (one.info[bin] ?? 0);
    for (const column of one.latencies) longest = Math.max(longest, column[bin] ?? -1);
  }
  const rates =
    not === 0
      ? `${figures(ok / seconds)} ok a second`
      : `${figures(ok / seconds)} ok, ${figures(not / seconds)} not ok a second`;
  return longest < 0 ? rates : `${rates}; longest latency ${latency(longest / 1e6)}`;
}
