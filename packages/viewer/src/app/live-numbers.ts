/** What a run that is going on looks like in numbers. */
import type { Bins, FaultSpan, LiveRun } from "@eddy/workbench/pictures";

/** ns that the rate of this moment looks back. */
const recently = 2e9;

/** Operations a second that have ended lately, whatever the ending; undefined before the first second. */
export function recentRate({ width, series }: Bins, now: number): number | undefined {
  if (now < 1e9) return undefined;
  const [from, to] = [Math.max(Math.floor((now - recently) / width), 0), Math.floor(now / width)];
  if (to <= from) return undefined;
  let ended = 0;
  for (const { ok, fail, info } of series) {
    for (let bin = from; bin < to; bin += 1) ended += (ok[bin] ?? 0) + (fail[bin] ?? 0) + (info[bin] ?? 0);
  }
  return ended / (((to - from) * width) / 1e9);
}

/** What is wrong at this moment. */
export const active = (faults: readonly FaultSpan[]): readonly FaultSpan[] =>
  faults.filter(({ to }) => to === undefined);

/** How much of its time has passed, 0 … 1. */
export function progress({ now, timeLimit }: Pick<LiveRun, "now" | "timeLimit">): number {
  if (!(timeLimit > 0)) return 0;
  return Math.min(Math.max(now / 1e9 / timeLimit, 0), 1);
}

/** The piece of time that is drawn, ns: all that the run is to take, so that nothing moves while it fills. */
export const drawnEnd = ({ now, timeLimit }: Pick<LiveRun, "now" | "timeLimit">): number =>
  Math.max(now, timeLimit * 1e9, 1e9);

/** px of a picture in which each kind of fault has a lane of its own. */
export const heightWith = (faults: readonly FaultSpan[], height: number): number =>
  height + 17 * new Set(faults.map(({ fault }) => fault)).size;
