/**
 * The space-time diagram: nodes, clients and services are lanes, time runs from left to right, messages are arrows between
 * lanes. Made anew when a filter changes; drawn for any piece of time.
 */
import { type Arrows, arrowsIn, arrowsOf, distanceTo, pointsOf } from "./arrows.ts";
import type { Causes } from "./causes.ts";
import type { Sureness } from "./follow.ts";
import type { Frame } from "./frame.ts";
import { type Lane, type Lanes, lanesOf, placesOf } from "./lanes.ts";
import type { Pen } from "./pen.ts";
import type { FaultSpan, RunData, Span } from "./run-data.ts";
import { type Drawn, drawArrow, drawArrows, drawHop, sampleOf } from "./space-time-arrows.ts";
import { drawDensity } from "./space-time-density.ts";
import { drawLabels } from "./space-time-labels.ts";
import { type Absence, absencesOf, drawLanes } from "./space-time-lanes.ts";
import {
  axisHeight,
  drawAxis,
  drawFaults,
  drawGaps,
  type FaultRows,
  faultAt,
  faultRowsOf,
  gapsIn,
  headHeight,
} from "./timeline-head.ts";

/** What stands out: the way of a request, and single messages. */
export interface Emphasis {
  /** Rows of messages on the way, with how sure their causes are; `undefined` for where it begins. All others are dimmed. */
  readonly way?: ReadonlyMap<number, Sureness | undefined>;
  /** A row of the messages. */
  readonly selected?: number | undefined;
  /** Where keys have led to: a row of the messages. */
  readonly cursor?: number | undefined;
}

/** What one can point at. */
export type SpaceTimeTarget =
  | { readonly kind: "message"; readonly row: number }
  | { readonly kind: "fault"; readonly fault: FaultSpan }
  | { readonly kind: "lane"; readonly lane: Lane };

/** px */
const above = 26;
const below = 22;
const footHeight = 24;
/** px between the pointer and an arrow that it points at */
export const reachOfArrows = 6;

/** Where everything lies; it takes far less time to make than the diagram. */
export interface SpaceTimeLayout extends Lanes {
  /** Of the lanes, px. */
  readonly ys: readonly number[];
  /** Of the whole, px. */
  readonly height: number;
}

/**
 * @param unfolded nodes whose clients have a lane each
 * @param rows as with `lanesOf`
 */
export function spaceTimeLayout(
  run: RunData,
  unfolded: ReadonlySet<string>,
  rows?: Int32Array,
): SpaceTimeLayout {
  const lanes = lanesOf(run, unfolded, rows);
  const places = placesOf(lanes.lanes);
  const first = headHeight(faultRowsOf(run)) + above;
  const height = first + places.height + below + footHeight;
  return { ...lanes, ys: places.ys.map((y) => first + y), height };
}

export class SpaceTime {
  readonly lanes: readonly Lane[];
  /** px */
  readonly height: number;
  readonly arrows: Arrows;
  readonly #run: RunData;
  readonly #causes: Causes;
  readonly #faults: FaultRows;
  readonly #absences: readonly Absence[];
  readonly #top: number;
  readonly #ys: readonly number[];
  #drawn: { readonly span: Span; readonly drawn: Drawn } | undefined;

  /** @param rows of the messages that are shown, in order */
  constructor(run: RunData, causes: Causes, rows: Int32Array, layout: SpaceTimeLayout) {
    this.#run = run;
    this.#causes = causes;
    this.lanes = layout.lanes;
    this.arrows = arrowsOf(run, causes, layout, rows);
    this.#faults = faultRowsOf(run);
    this.#absences = absencesOf(run, this.lanes);
    this.#top = headHeight(this.#faults);
    this.#ys = layout.ys;
    this.height = layout.height;
  }

  draw(pen: Pen, frame: Frame, emphasis: Emphasis = {}): void {
    const bottom = this.height - footHeight;
    const [top, right] = [this.#top, frame.width - frame.right];
    const gaps = gapsIn(this.#run.messages, frame);
    const drawn = this.#drawnIn(frame);
    drawAxis(pen, { ...frame, height: bottom });
    drawGaps(pen, frame, gaps, top, bottom);
    drawFaults(pen, frame, this.#faults, bottom);
    drawLanes(pen, frame, this.lanes, this.#ys, this.#absences);
    const picture = { run: this.#run, arrows: this.arrows, ys: this.#ys };
    pen.clip(frame.left, axisHeight, right - frame.left, bottom - axisHeight, () => {
      if (drawn.places.length < drawn.total) drawDensity(pen, frame, picture, drawn.all);
      drawArrows(pen, frame, picture, drawn, emphasis.way);
      this.#drawWay(pen, frame, emphasis);
      if (drawn.total <= mostWithLabels) drawLabels(pen, frame, picture, drawn, emphasis);
    });
    pen.line([frame.left, bottom, right, bottom], "grid");
    pen.text(frame.left, this.height - 7, this.#remark(drawn, gaps), { ink: "faint" });
  }

  /** What is under the pointer: the nearest arrow of those that are drawn, a fault, or the name of a lane. */
  find(x: number, y: number, frame: Frame, way?: Emphasis["way"]): SpaceTimeTarget | undefined {
    if (x < frame.left) return this.#laneAt(y);
    if (y < this.#top) {
      const fault = faultAt(x, y, frame, this.#faults);
      return fault && { kind: "fault", fault };
    }
    let [nearest, row] = [reachOfArrows, -1];
    const consider = (place: number, advantage: number): void => {
      const distance = distanceTo(pointsOf(this.arrows, place, frame, this.#ys), x, y) - advantage;
      if (distance > nearest || (distance === nearest && row >= 0)) return;
      nearest = distance;
      row = this.arrows.rows[place] ?? -1;
    };
    for (const place of this.#drawnIn(frame).places) consider(place, 0);
    // Of arrows that lie on each other, the one on the way is meant.
    for (const { place } of this.#onWay(way)) consider(place, 1);
    return row < 0 ? undefined : { kind: "message", row };
  }

  /** The message that was sent next after this one, of those that are shown; before it, where `by` is -1. */
  neighbour(row: number | undefined, by: 1 | -1, { from, to }: Span): number | undefined {
    const { rows, starts } = this.arrows;
    const place = row === undefined ? -1 : rows.indexOf(row);
    if (place >= 0) return rows[place + by];
    // Nothing is chosen yet: the first, or the last, of those in the window.
    if (by === 1) return rows[starts.findIndex((start) => start >= from)];
    return rows[starts.findLastIndex((start) => start <= to)];
  }

  /** How many messages were on their way in a piece of time, and how many of them are drawn one by one. */
  countsIn(span: Span): { readonly total: number; readonly drawn: number } {
    const { total, places } = this.#drawnIn(span);
    return { total, drawn: places.length };
  }

  #drawnIn({ from, to }: Span): Drawn {
    const known = this.#drawn;
    if (known && known.span.from === from && known.span.to === to) return known.drawn;
    const drawn = sampleOf(this.arrows, arrowsIn(this.arrows, { from, to }), { from, to });
    this.#drawn = { span: { from, to }, drawn };
    return drawn;
  }

  #laneAt(y: number): SpaceTimeTarget | undefined {
    const lane = this.lanes.find((_, i) => Math.abs((this.#ys[i] ?? -99) - y) <= 9);
    return lane && { kind: "lane", lane };
  }

  *#onWay(way: Emphasis["way"]): Generator<{ place: number; row: number; sure: Sureness | undefined }> {
    if (!way) return;
    for (const [row, sure] of way) {
      const place = this.#placeOf(row);
      if (place >= 0) yield { place, row, sure };
    }
  }

  #placeOf(row: number): number {
    const { rows } = this.arrows;
    let [low, high] = [0, rows.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((rows[middle] ?? 0) < row) low = middle + 1;
      else high = middle;
    }
    return rows[low] === row ? low : -1;
  }

  #drawWay(pen: Pen, frame: Frame, { way, selected, cursor }: Emphasis): void {
    const picture = { run: this.#run, arrows: this.arrows, ys: this.#ys };
    for (const [row, ink] of [
      [selected, "mark"],
      [cursor, "axis"],
    ] as const) {
      const place = row === undefined ? -1 : this.#placeOf(row);
      if (place < 0) continue;
      pen.line(pointsOf(this.arrows, place, frame, this.#ys), ink, { width: 9, opacity: 0.55 });
      drawArrow(pen, frame, picture, place, { width: 2.5 });
    }
    for (const { place, row, sure } of this.#onWay(way)) {
      const cause = sure === undefined ? -1 : (this.#causes.cause[row] ?? -1);
      const before = cause < 0 ? -1 : this.#placeOf(cause);
      if (before >= 0) drawHop(pen, frame, picture, before, place, sure);
      drawArrow(pen, frame, picture, place, { width: 2.5, dashed: sure === "likely" || sure === "late" });
    }
  }

  #remark({ total, places }: Drawn, gaps: readonly Span[]): string {
    const { total: all } = this.#run.messages;
    const said: string[] = [];
    if (gaps.length > 0) {
      const hatched = `Hatched: this file does not hold the messages of this time; the run has ${words(all)}.`;
      said.push(hatched);
    }
    if (total === 0) said.push(gaps.length > 0 ? "" : "No message was on its way at this time.");
    else if (places.length < total) {
      said.push(`${words(total)} messages here, ${words(places.length)} of them drawn: zoom in to see each.`);
    } else said.push(total === 1 ? "1 message here." : `${words(total)} messages here.`);
    return said.join(" ");
  }
}

/** With more than these nothing could be read any more. */
const mostWithLabels = 200;

function words(count: number): string {
  return count.toLocaleString("en");
}
