/** The timeline in a page: its tracks scroll inside it, operations can be filtered, selected, and gone through by keys. */
import {
  drawTimeline,
  findInTimeline,
  type Grouping,
  placeOf,
  type RunData,
  scrollToTrack,
  type Timeline as TimelinePicture,
  timelineHeight,
  tracksOf,
  workersOf,
} from "@eddy/workbench/pictures";
import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { everything, filtered, stepFrom } from "./operation-filter.ts";
import { FaultTip, OperationTip } from "./operation-tip.tsx";
import { TimeCanvas } from "./time-canvas.tsx";
import { TimelineFilter } from "./timeline-filter.tsx";
import type { View } from "./view.ts";

export interface TimelineProps {
  readonly view: View;
  /** px that the picture may be high; where it needs more, the tracks scroll. */
  readonly highest?: number;
}

export function Timeline({ view, highest = 460 }: TimelineProps) {
  const { run } = view;
  const filter = useSignal(everything);
  const grouping = useSignal<Grouping>("worker");
  const scroll = useSignal(0);
  const said = useSignal("");
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useComputed(() => filtered(run.operations, filter.value));
  const tracks = useComputed(() => tracksOf(run, grouping.value, rows.value));
  const problems = useMemo(() => problemsIn(run.operations.ending), [run]);
  const retired = useMemo(() => hasRetired(run), [run]);
  // Where no process was retired, a worker is a process.
  const kind = (): Grouping => (retired ? grouping.value : "process");
  const whole = timelineHeight(run, tracks.value);
  const height = Math.min(whole, highest);

  const picture = (): TimelinePicture => ({
    run,
    tracks: tracks.value,
    grouping: kind(),
    scroll: scroll.value,
    selected: rowOf(view),
  });

  const step = (by: 1 | -1, problems: boolean): void => {
    const { from, to } = view.window.peek();
    const next = stepFrom(run.operations, rows.peek(), { row: rowOf(view), from, to }, by, problems);
    const what = problems ? "operation that ended fail or info" : "operation";
    said.value = next === undefined ? `There is no ${by === 1 ? "later" : "earlier"} ${what}.` : "";
    if (next !== undefined) view.select({ kind: "operation", row: next });
  };

  useSignalEffect(() => {
    // Read: what was said is over when something else is shown or selected.
    if (filter.value !== undefined || view.selected.value !== undefined) said.value = "";
  });

  // Its track comes into sight when an operation is selected, by whomever.
  useSignalEffect(() => {
    const row = rowOf(view);
    const place = row === undefined ? undefined : placeOf(tracks.value, row);
    const element = scroller.current;
    if (!place || !element) return;
    element.scrollTop = scrollToTrack(run, tracks.value, place.track, height, element.scrollTop);
  });

  useEffect(() => listenToSteps(step), [view]);

  return (
    <div class="timeline">
      <TimelineFilter
        view={view}
        filter={filter}
        grouping={retired ? grouping : undefined}
        problems={problems > 0}
        shown={tracks.value.rows.length}
        step={step}
      />
      <div class="timeline-box">
        <div
          class="timeline-scroll"
          ref={scroller}
          data-scrolls={whole > height}
          style={{ height: `${height}px` }}
          onScroll={({ currentTarget }) => {
            scroll.value = currentTarget.scrollTop;
          }}
        >
          <div class="timeline-sheet" style={{ height: `${whole}px` }}>
            <div class="timeline-stays">
              <TimeCanvas
                view={view}
                name="timeline"
                label={label(view, tracks.value.labels.length, kind(), problems)}
                height={height}
                draw={(pen, frame) => drawTimeline(pen, frame, picture())}
                find={(x, y, frame) => findInTimeline(x, y, frame, picture())}
                describe={(target) =>
                  target.kind === "fault" ? (
                    <FaultTip fault={target.fault} />
                  ) : (
                    <OperationTip run={run} row={target.row} />
                  )
                }
                pick={(target) =>
                  view.select(
                    target?.kind === "operation" ? { kind: "operation", row: target.row } : undefined,
                  )
                }
              />
            </div>
          </div>
        </div>
      </div>
      <p class="timeline-said muted" role="status" aria-live="polite">
        {said.value}
      </p>
    </div>
  );
}

/** The operation that is selected. */
function rowOf(view: View): number | undefined {
  const selected = view.selected.value;
  return selected?.kind === "operation" ? selected.row : undefined;
}

/** Whether a worker went on under another number, because an operation of its process ended `info`. */
function hasRetired(run: RunData): boolean {
  const workers = workersOf(run);
  return workers !== undefined && run.operations.process.some((process) => process >= workers);
}

function problemsIn(endings: string): number {
  let problems = 0;
  for (const letter of endings) if (letter === "f" || letter === "i") problems++;
  return problems;
}

function label({ run }: View, tracks: number, grouping: Grouping, problems: number): string {
  const what = tracks === 1 ? grouping : grouping === "worker" ? "workers" : "processes";
  return `Timeline: ${run.operations.total} operations of ${tracks} ${what}, ${problems} of them ended fail or info. N and P go from one to the next, Shift N and Shift P from problem to problem.`;
}

/** n, p and, with shift, N, P, wherever the focus is; they go through what the filter lets through. */
function listenToSteps(step: (by: 1 | -1, problems: boolean) => void): () => void {
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest("input, select, textarea, dialog")) return;
    const key = event.key.toLowerCase();
    if (key !== "n" && key !== "p") return;
    step(key === "n" ? 1 : -1, event.shiftKey);
    event.preventDefault();
  };
  document.addEventListener("keydown", press, { capture: true });
  return () => document.removeEventListener("keydown", press, { capture: true });
}
