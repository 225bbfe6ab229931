/**
 * What is drawn of a track in a piece of time: operations that have room as bars, those that have none merged per px, with
 * the worst ending of each px on top, so that no failure hides behind a thousand successes.
 */
import type { Frame } from "./frame.ts";
import { type Severity, type Tracks, touching } from "./tracks.ts";

/** px; what is shorter is drawn so wide. */
export const narrowest = 2;

export interface PieceSink {
  /** An operation that is drawn by itself. It may reach beyond the frame. @param place in the columns of the tracks */
  bar(place: number, x0: number, x1: number): void;
  /** Operations of this ending, from one whole px up to before another; drawn above all bars. */
  run(from: number, to: number, severity: Severity): void;
}

/** Severities of px, one higher; 0 is an empty px. It is kept, for it is needed for each track of each frame. */
let columns = new Uint8Array(0);

const levels: readonly Severity[] = [0, 1, 2, 3];

/**
 * Says what is drawn of a track, bars first.
 * @returns whether operations share a px, so that some of them cannot be seen
 */
export function eachPiece(tracks: Tracks, track: number, frame: Frame, sink: PieceSink): boolean {
  const { left, from, to } = frame;
  const end = Math.ceil(frame.width - frame.right) + 1;
  if (columns.length < end) columns = new Uint8Array(end);
  columns.fill(0, 0, end);
  const { first, after } = touching(tracks, track, from, to);
  const { starts, ends, severities } = tracks;
  // The same steps as those of `xOf`, so that rounding cannot come out differently elsewhere.
  const length = to - from;
  const plot = frame.width - left - frame.right;
  // px where a bar begins that nothing harmless may hide, and how bad it is.
  const bars: number[] = [];
  let shared = false;
  let lowest = end;
  let highest = 0;
  for (let place = first; place < after; place++) {
    const x0 = left + (((starts[place] ?? 0) - from) / length) * plot;
    const x1 = left + (((ends[place] ?? 0) - from) / length) * plot;
    const level = (severities[place] ?? 0) + 1;
    if (x1 - x0 >= narrowest) {
      sink.bar(place, x0, x1);
      if (level > 1) bars.push(Math.floor(x0), level, Math.floor(x0) + 1, level);
      continue;
    }
    const a = Math.max(Math.floor(x0), 0);
    const b = Math.min(Math.max(a + narrowest, Math.ceil(x1)), end);
    for (let x = a; x < b; x++) {
      const there = columns[x] ?? 0;
      if (there > 0) shared = true;
      if (there < level) columns[x] = level;
    }
    if (a < lowest) lowest = a;
    if (b > highest) highest = b;
  }
  for (let i = 0; i + 1 < bars.length; i += 2) {
    const [x = 0, level = 0] = [bars[i], bars[i + 1]];
    if (x >= lowest && x < highest && (columns[x] ?? 0) < level) columns[x] = 0;
  }
  runs(lowest, highest, sink);
  return shared;
}

/** Neighbours that look alike are drawn as one. */
function runs(lowest: number, highest: number, sink: PieceSink): void {
  let begin = lowest;
  for (let x = lowest + 1; x <= highest; x++) {
    if (x < highest && columns[x] === columns[begin]) continue;
    const severity = levels[(columns[begin] ?? 0) - 1];
    if (severity !== undefined) sink.run(begin, x, severity);
    begin = x;
  }
}
