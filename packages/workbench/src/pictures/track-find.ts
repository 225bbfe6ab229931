/** Which operation of a track is meant by a place on the screen. */
import { type Frame, timeAt, xOf } from "./frame.ts";
import { narrowest } from "./track-pieces.ts";
import { firstWhere, type Tracks } from "./tracks.ts";

/** px; what is farther away is not meant. */
export const reach = 4;
/** px; what is as near as that is under the pointer, for nobody can point more exactly. */
const exact = 1;

/**
 * The operation of a track that is nearest to `x` px, within `reach`. Of those that are under the pointer, or equally near, it is the
 * worst; of those, the nearest, and the first.
 * @returns its place in the columns of the tracks; undefined when none is near
 */
export function nearest(tracks: Tracks, track: number, x: number, frame: Frame): number | undefined {
  const { firsts, starts, ends, severities } = tracks;
  const begin = firsts[track] ?? 0;
  const end = firsts[track + 1] ?? begin;
  const [from, to] = [timeAt(frame, x - reach), timeAt(frame, x + reach)];
  // What is drawn wider than it is reaches farther than its end.
  const wider = timeAt(frame, narrowest) - timeAt(frame, 0);
  const first = firstWhere(
    begin,
    end,
    (i) => Math.max(ends[i] ?? 0, (starts[i] ?? 0) + wider) >= from - wider,
  );
  const after = firstWhere(begin, end, (i) => (starts[i] ?? 0) > to + wider);
  let best: number | undefined;
  let [bestDistance, bestSeverity, bestExact] = [0, 0, 0];
  for (let place = first; place < after; place++) {
    const away = distance(tracks, place, x, frame);
    if (away > reach) continue;
    const rounded = away <= exact ? 0 : away;
    const severity = severities[place] ?? 0;
    const better =
      best === undefined ||
      rounded < bestDistance ||
      (rounded === bestDistance &&
        (severity > bestSeverity || (severity === bestSeverity && away < bestExact)));
    if (!better) continue;
    best = place;
    [bestDistance, bestSeverity, bestExact] = [rounded, severity, away];
  }
  return best;
}

/** How far x is from what is drawn of an operation, px; 0 on it. */
function distance({ starts, ends }: Tracks, place: number, x: number, frame: Frame): number {
  const x0 = xOf(frame, starts[place] ?? 0);
  const x1 = Math.max(xOf(frame, ends[place] ?? 0), x0 + narrowest);
  return Math.max(x0 - x, x - x1, 0);
}
