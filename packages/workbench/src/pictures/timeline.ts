/**
 * The timeline: each process or worker a track, each operation a bar from its beginning to its end. Tracks may be many
 * more than there is room for; those that are scrolled to are drawn.
 */
import type { Frame } from "./frame.ts";
import { xOf } from "./frame.ts";
import type { Pen } from "./pen.ts";
import type { FaultSpan, RunData, Span } from "./run-data.ts";
import { drawTrack } from "./timeline-bars.ts";
import {
  axisHeight,
  drawAxis,
  drawFaults,
  drawGaps,
  faultAt,
  faultRowsOf,
  gapsIn,
  headHeight,
} from "./timeline-head.ts";
import { nearest, reach } from "./track-find.ts";
import { narrowest } from "./track-pieces.ts";
import { type Grouping, placeOf, type Tracks } from "./tracks.ts";

export interface Timeline {
  readonly run: RunData;
  readonly tracks: Tracks;
  readonly grouping: Grouping;
  /** px by which the tracks are scrolled up */
  readonly scroll: number;
  /** A row of the operations. */
  readonly selected: number | undefined;
}

/** What one can point at. */
export type TimelineTarget =
  | { readonly kind: "operation"; readonly row: number }
  | { readonly kind: "fault"; readonly fault: FaultSpan };

/** px below the tracks, for what is to be said about them */
const footHeight = 22;

/** px; the more tracks, the lower, but a label always fits. */
function trackHeight(count: number): number {
  if (count <= 8) return 26;
  return count <= 24 ? 22 : 18;
}

/** How high the picture is when all tracks are shown, px. */
export function timelineHeight(run: RunData, { labels }: Tracks): number {
  return headHeight(faultRowsOf(run)) + Math.max(labels.length, 1) * trackHeight(labels.length) + footHeight;
}

/** How far to scroll so that a track can be seen in a picture of this height, px; as little as possible. */
export function scrollToTrack(
  run: RunData,
  tracks: Tracks,
  track: number,
  height: number,
  scroll: number,
): number {
  const each = trackHeight(tracks.labels.length);
  const room = height - headHeight(faultRowsOf(run)) - footHeight;
  const y = track * each;
  if (y < scroll) return y;
  return y + each > scroll + room ? y + each - room : scroll;
}

export function drawTimeline(pen: Pen, frame: Frame, timeline: Timeline): void {
  const { run, tracks, scroll } = timeline;
  const faults = faultRowsOf(run);
  const top = headHeight(faults);
  const bottom = frame.height - footHeight;
  const right = frame.width - frame.right;
  const gaps = gapsIn(run.operations, frame);
  drawAxis(pen, frame);
  pen.rect(0, bottom, frame.width, footHeight, "paper");
  drawGaps(pen, frame, gaps, top, bottom);
  drawFaults(pen, frame, faults, bottom);
  const wordy = frame.left >= 60;
  const heading = timeline.grouping === "worker" ? "worker" : "process";
  pen.text(wordy ? frame.left - 8 : 0, 14, heading, { ink: "faint", anchor: wordy ? "end" : "start" });

  const each = trackHeight(tracks.labels.length);
  const first = Math.max(Math.floor(scroll / each), 0);
  const after = Math.min(Math.ceil((scroll + bottom - top) / each), tracks.labels.length);
  const selected = timeline.selected === undefined ? undefined : placeOf(tracks, timeline.selected);
  let shared = false;
  pen.clip(0, top, frame.width, bottom - top, () => {
    for (let track = first; track < after; track++) {
      const y = top + track * each - scroll;
      if (track === selected?.track) pen.rect(frame.left, y, right - frame.left, each, "mark", 0.16);
      pen.line([frame.left, y + each, right, y + each], "grid");
      const label = tracks.labels[track] ?? "";
      pen.text(frame.left - 8, y + each / 2 + 4.2, label, { ink: "faint", anchor: "end" });
    }
    pen.clip(frame.left, top, right - frame.left, bottom - top, () => {
      for (let track = first; track < after; track++) {
        const y = top + track * each - scroll;
        const what = { tracks, track, operations: run.operations };
        if (drawTrack(pen, frame, what, { y: y + 3, height: each - 5 })) shared = true;
      }
    });
    if (selected) outline(pen, frame, tracks, selected.place, top + selected.track * each - scroll, each);
  });
  pen.line([frame.left, bottom, right, bottom], "grid");
  const words = remark({ tracks, gaps, shared, short: !wordy });
  pen.text(wordy ? frame.left : 0, frame.height - 6, words, { ink: "faint" });
}

/** px beside a bar that is outlined */
const gap = 2;

function outline(pen: Pen, frame: Frame, tracks: Tracks, place: number, y: number, height: number): void {
  const x0 = xOf(frame, tracks.starts[place] ?? 0);
  const x1 = Math.max(xOf(frame, tracks.ends[place] ?? 0), x0 + narrowest);
  const [a, b] = [Math.max(x0, frame.left - 9) - gap, Math.min(x1, frame.width - frame.right + 9) + gap];
  const [c, d] = [y + 1.5, y + height - 0.5];
  pen.line([a, c, b, c, b, d, a, d, a, c], "text", { width: 2 });
}

/** What one has to know of what is drawn, in words. */
function remark(it: {
  readonly tracks: Tracks;
  readonly gaps: readonly Span[];
  readonly shared: boolean;
  /** There is room for a few words only. */
  readonly short: boolean;
}): string {
  if (it.tracks.rows.length === 0) return "No operations.";
  const words: string[] = [];
  if (it.gaps.length > 0) {
    words.push(
      it.short ? "Hatched: not all are here." : "Hatched: only some operations of this time are here.",
    );
  }
  if (it.shared) {
    words.push(
      it.short ? "Dense: the worst is drawn." : "Where several fall together, the worst ending is drawn.",
    );
  }
  return words.join(" ");
}

/** The operation, or the fault, under the pointer; of operations the nearest within 4 px, and in a dense place the worst. */
export function findInTimeline(
  x: number,
  y: number,
  frame: Frame,
  { run, tracks, scroll }: Timeline,
): TimelineTarget | undefined {
  if (x < frame.left - reach || x > frame.width - frame.right + reach) return undefined;
  const faults = faultRowsOf(run);
  const top = headHeight(faults);
  if (y < top) {
    const fault = y < axisHeight ? undefined : faultAt(x, y, frame, faults);
    return fault && { kind: "fault", fault };
  }
  if (y >= frame.height - footHeight) return undefined;
  const track = Math.floor((y - top + scroll) / trackHeight(tracks.labels.length));
  if (track < 0 || track >= tracks.labels.length) return undefined;
  const place = nearest(tracks, track, x, frame);
  return place === undefined ? undefined : { kind: "operation", row: tracks.rows[place] ?? 0 };
}
