/** The charts of a report: rate, latencies, and their quantiles, of the piece of time that is shown. */
import {
  bandsHeight,
  drawLatencyQuantiles,
  drawLatencyRaw,
  drawRate,
  type Frame,
  findRaw,
  type Pen,
  plotOf,
  rawAxis,
  xOf,
} from "@eddy/workbench/pictures";
import { useMemo } from "preact/hooks";
import { binAt, QuantilesTip, RateTip } from "./bin-tip.tsx";
import { ChartLegend, QuantileLegend } from "./chart-legend.tsx";
import { ChartSource } from "./chart-source.ts";
import { drawGaps } from "./gaps.ts";
import { OperationTip } from "./operation-tip.tsx";
import { Section } from "./section.tsx";
import { TimeCanvas } from "./time-canvas.tsx";
import { spanOf, type View } from "./view.ts";

/** The page has a legend of its own. */
const options = { legend: false } as const;
/** px within which an operation is under the pointer */
const reach = 12;

interface ChartProps {
  readonly view: View;
  readonly source: ChartSource;
}

export function Charts({ view }: { view: View }) {
  const source = useMemo(() => new ChartSource(view), [view]);
  if (view.run.operations.total === 0) return <p class="muted nothing">There were no operations.</p>;
  return (
    <>
      <ChartLegend source={source} />
      <Rate view={view} source={source} />
      <LatencyRaw view={view} source={source} />
      <LatencyQuantiles view={view} source={source} />
    </>
  );
}

function Rate({ view, source }: ChartProps) {
  const { run } = view;
  return (
    <Section name="rate" title="Rate" about="operations that ended, a second">
      <TimeCanvas
        view={view}
        name="rate"
        label={`Rate: how many of ${run.operations.total} operations ended in each moment, by function and by how they ended.`}
        height={190 + bandsHeight(run.faults)}
        drag="zoom"
        draw={(pen, frame) => {
          drawRate(pen, frame, source.data.value, options);
          drawSelected(pen, frame, view);
        }}
        find={(x, _, frame) => binAt(source.data.value.bins, frame, x)}
        describe={(bin) => <RateTip data={source.data.value} bin={bin} />}
      />
    </Section>
  );
}

function LatencyRaw({ view, source }: ChartProps) {
  const { run } = view;
  return (
    <Section name="latency-raw" title="Latency" about="each operation, where it began and how long it took">
      <TimeCanvas
        view={view}
        name="latency-raw"
        label={`Latency: each of ${run.operations.total} operations by when it began and how long it took.`}
        height={260 + bandsHeight(run.faults)}
        drag="zoom"
        draw={(pen, frame) => {
          drawGaps(pen, frame, run.operations.spans, plotOf(frame, source.data.value, options));
          drawHalo(pen, frame, view, source);
          drawLatencyRaw(pen, frame, source.data.value, options);
        }}
        find={(x, y, frame) => {
          const point = findRaw(frame, source.data.value, { x, y, reach }, options);
          return point === undefined ? undefined : source.rowOf(point);
        }}
        describe={(row) => <OperationTip run={run} row={row} />}
        pick={(row) => view.select(row === undefined ? undefined : { kind: "operation", row })}
      />
    </Section>
  );
}

function LatencyQuantiles({ view, source }: ChartProps) {
  const { series } = view.run.bins;
  if (!series.some(({ ok }) => ok.some((count) => count > 0))) return null;
  return (
    <Section name="latency-quantiles" title="Latency quantiles" about="of the operations that ended ok">
      <QuantileLegend />
      <TimeCanvas
        view={view}
        name="latency-quantiles"
        label="Latency quantiles: how long half, 95 and 99 of 100, and the slowest of the operations took that began in each moment."
        height={220 + bandsHeight(view.run.faults)}
        drag="zoom"
        draw={(pen, frame) => {
          drawLatencyQuantiles(pen, frame, source.data.value, options);
          drawSelected(pen, frame, view);
        }}
        find={(x, _, frame) => binAt(source.data.value.bins, frame, x)}
        describe={(bin) => <QuantilesTip data={source.data.value} bin={bin} />}
      />
    </Section>
  );
}

/** When what is selected began, as a line from top to bottom. */
function drawSelected(pen: Pen, frame: Frame, view: View): void {
  const selected = view.selected.value;
  const span = selected && spanOf(view.run, selected);
  if (!span || span.from < frame.from || span.from > frame.to) return;
  const x = xOf(frame, span.from);
  pen.line([x, 0, x, frame.height], "text", { dashed: true, opacity: 0.7 });
}

/** A ring around the mark of the operation that is selected. */
function drawHalo(pen: Pen, frame: Frame, view: View, source: ChartSource): void {
  drawSelected(pen, frame, view);
  const selected = view.selected.value;
  const point = selected?.kind === "operation" ? source.pointOf(selected.row) : undefined;
  if (point === undefined) return;
  const data = source.data.value;
  const x = xOf(frame, data.points.start[point] ?? -1);
  if (x < frame.left || x > frame.width - frame.right) return;
  const y = rawAxis(frame, data, options).scale(data.points.latency[point] ?? -1);
  pen.marks("circle", 19, [x, y], "text");
  pen.marks("circle", 15, [x, y], "mark");
}
