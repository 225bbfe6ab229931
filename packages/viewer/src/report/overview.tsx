/** The whole run as a strip, and on it the piece of time that all pictures show: it can be moved, made longer and shorter. */
import { type FaultSpan, type Frame, type Pen, xOf } from "@eddy/workbench/pictures";
import { useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { useCanvas } from "../use-canvas.ts";
import { brushWith } from "./brush.ts";
import { frameOf } from "./time-frame.ts";
import { centre, zoomStep } from "./time-keys.ts";
import { timeText, windowText } from "./time-text.ts";
import type { View } from "./view.ts";

/** px */
const height = 40;

export function Overview({ view }: { view: View }) {
  return (
    <section class="overview" aria-label="Which piece of time is shown">
      <Strip view={view} />
      <div class="overview-tools">
        <WindowText view={view} />
        <span class="overview-buttons">
          <button
            type="button"
            class="button"
            title="Show less time (+)"
            onClick={() => view.zoom(zoomStep, centre(view))}
          >
            Zoom in
          </button>
          <button
            type="button"
            class="button"
            title="Show more time (-)"
            onClick={() => view.zoom(1 / zoomStep, centre(view))}
          >
            Zoom out
          </button>
          <button
            type="button"
            class="button"
            title="Show the whole run (0)"
            onClick={() => view.show(view.whole)}
          >
            Whole run
          </button>
        </span>
      </div>
    </section>
  );
}

function WindowText({ view }: { view: View }) {
  return (
    <output class="overview-window" data-window="text">
      {windowText(view.window.value, view.whole)}
    </output>
  );
}

function Strip({ view }: { view: View }) {
  const { whole } = view;
  const { box, canvas, width } = useCanvas(height, (pen, width) =>
    drawStrip(pen, frameOf(width, height, whole), view),
  );
  const window = useRef<HTMLDivElement>(null);
  const frame = (): Frame => frameOf(width.value, height, whole);
  useSignalEffect(() => {
    const element = window.current;
    if (!element) return;
    const { from, to } = view.window.value;
    const [left, right] = [xOf(frame(), from), xOf(frame(), to)];
    element.style.left = `${left}px`;
    element.style.width = `${Math.max(right - left, 2)}px`;
  });
  return (
    <div class="overview-strip" ref={box} onPointerDown={(event) => brushWith(event, view, frame())}>
      <canvas ref={canvas} style={{ height: `${height}px` }} />
      <div class="overview-brush" ref={window} data-brush="window">
        <Handle view={view} end="from" />
        <Handle view={view} end="to" />
      </div>
    </div>
  );
}

/** One end of the piece; the arrow keys move it. */
function Handle({ view, end }: { view: View; end: "from" | "to" }) {
  const { whole } = view;
  const { from, to } = view.window.value;
  const now = view.window.value[end];
  const press = (event: KeyboardEvent): void => {
    const direction = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    if (direction === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const step = ((whole.to - whole.from) / (event.shiftKey ? 10 : 100)) * direction;
    if (end === "from") view.show({ from: Math.min(Math.max(from + step, whole.from), to), to });
    else view.show({ from, to: Math.max(Math.min(to + step, whole.to), from) });
  };
  return (
    <div
      class={`overview-handle overview-handle-${end}`}
      role="slider"
      tabIndex={0}
      data-brush={end}
      aria-label={end === "from" ? "Beginning of what is shown" : "End of what is shown"}
      aria-valuemin={0}
      aria-valuemax={Math.round(whole.to / 1e6) / 1e3}
      aria-valuenow={Math.round(now / 1e6) / 1e3}
      aria-valuetext={timeText(now, (to - from) / 100)}
      onKeyDown={press}
    />
  );
}

/** How many operations ended when, and when something went wrong on purpose. */
function drawStrip(pen: Pen, frame: Frame, { run, whole }: View): void {
  const { left, right, width } = frame;
  const [top, bottom] = [4, height - 4];
  for (const fault of run.faults) drawFault(pen, frame, fault, whole.to);
  const { bins } = run;
  const totals: number[] = [];
  for (const { ok, fail, info } of bins.series)
    for (const [i, n] of ok.entries()) totals[i] = (totals[i] ?? 0) + n + (fail[i] ?? 0) + (info[i] ?? 0);
  const most = Math.max(1, ...totals);
  for (const [i, n] of totals.entries()) {
    const [x0, x1] = [xOf(frame, i * bins.width), Math.min(xOf(frame, (i + 1) * bins.width), width - right)];
    const tall = (n / most) * (bottom - top);
    if (x1 > x0) pen.rect(x0, bottom - tall, x1 - x0, tall, "ok", 0.45);
  }
  pen.line([left, bottom, width - right, bottom], "axis");
}

function drawFault(pen: Pen, frame: Frame, { from, to }: FaultSpan, end: number): void {
  const [x0, x1] = [xOf(frame, from), xOf(frame, to ?? end)];
  pen.rect(x0, 0, Math.max(x1 - x0, 1), height, "fault", 0.16);
  pen.line([x0, 2, Math.max(x1, x0 + 1), 2], "fault", { width: 3 });
}
