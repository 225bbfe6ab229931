/** The charts of two runs one above the other: the same time, the same scale, one pointer. */
import {
  type Bins,
  binned,
  type ChartData,
  drawLatencyQuantiles,
  drawRate,
  type Frame,
  type Pen,
  pointsOf,
  type RunData,
  type Span,
} from "@eddy/workbench/pictures";
import { computed, type ReadonlySignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { TimeCanvas } from "../report/time-canvas.tsx";
import { View } from "../report/view.ts";
import { atTime } from "./at-time.ts";
import { lasting, piecesFor } from "./comparison.ts";
import { Letter } from "./letter.tsx";
import { reaching } from "./same-scale.ts";

/** px */
const height = 200;

interface Sides {
  readonly a: ChartData;
  readonly b: ChartData;
}

export function CompareCharts({ a, b }: { a: RunData; b: RunData }) {
  const { view, sides } = useMemo(() => comparedOver(a, b), [a, b]);
  const picture = (
    side: "a" | "b",
    what: string,
    draw: (pen: Pen, frame: Frame, data: ChartData) => void,
  ) => (
    <div class="compare-picture">
      <h3>
        <Letter letter={side === "a" ? "A" : "B"} /> {what}
      </h3>
      <TimeCanvas
        view={view}
        name={`${what.toLowerCase()}-${side}`}
        label={`${what} of run ${side.toUpperCase()}`}
        height={height}
        draw={(pen, frame) => draw(pen, frame, sides.value[side])}
        drag="zoom"
      />
    </div>
  );
  return (
    <section aria-labelledby="compare-charts">
      <h2 id="compare-charts">Over time</h2>
      <p class="muted">
        Both on the same time and the same scale. Drag marks a piece to look at; a double click shows all.
      </p>
      <AtPointer view={view} sides={sides} />
      {picture("a", "Latency", drawLatencyQuantiles)}
      {picture("b", "Latency", drawLatencyQuantiles)}
      {picture("a", "Rate", drawRate)}
      {picture("b", "Rate", drawRate)}
    </section>
  );
}

/** A piece of time that holds both runs, and what is drawn of them in it. */
function comparedOver(a: RunData, b: RunData): { view: View; sides: ReadonlySignal<Sides> } {
  const view = new View(lasting(a, b));
  // The same for both, and some operations in each.
  const pieces = piecesFor(Math.max(a.operations.total, b.operations.total));
  const [left, right] = [binner(a, pieces), binner(b, pieces)];
  const sides = computed((): Sides => {
    const window = view.window.value;
    const [one, other] = [left(window), right(window)];
    return {
      a: { ...one, bins: reaching(one.bins, other.bins, window.to) },
      b: { ...other, bins: reaching(other.bins, one.bins, window.to) },
    };
  });
  return { view, sides };
}

/** Divides any piece of time anew, if the page has all operations; otherwise it has the bins of the whole run. */
function binner({ operations, bins, faults }: RunData, pieces: number): (window: Span) => ChartData {
  const points = pointsOf(operations);
  const divided = (window: Span): Bins =>
    operations.spans === undefined ? binned(points, window, pieces) : bins;
  return (window) => ({ points, bins: divided(window), faults });
}

/** What both were at the time under the pointer. */
function AtPointer({ view, sides }: { view: View; sides: ReadonlySignal<Sides> }) {
  const time = view.pointed.value;
  const said = (side: keyof Sides): string =>
    time === undefined ? "" : atTime(sides.value[side].bins, time);
  return (
    <p class="at-pointer" aria-hidden="true">
      <span class="mono">{time === undefined ? "" : `${(time / 1e9).toFixed(2)} s`}</span>
      {time !== undefined && (
        <>
          <span>
            <Letter letter="A" /> {said("a")}
          </span>
          <span>
            <Letter letter="B" /> {said("b")}
          </span>
        </>
      )}
    </p>
  );
}
