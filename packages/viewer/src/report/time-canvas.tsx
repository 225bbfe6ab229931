/**
 * A picture that shows the view's piece of time: it is drawn when that changes, takes gestures and keys that change it, and
 * tells what lies under the pointer.
 */
import { type Frame, type Pen, timeAt, xOf } from "@eddy/workbench/pictures";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useCanvas } from "../use-canvas.ts";
import { frameOf, inPlot } from "./time-frame.ts";
import { listenToGestures } from "./time-gestures.ts";
import { pressTimeKey } from "./time-keys.ts";
import { Hairline, Marked, Tip, type TipPlace } from "./time-overlays.tsx";
import type { View } from "./view.ts";

export interface TimeCanvasProps<T> {
  readonly view: View;
  /** A word for tests and styles: `data-picture` of the element. */
  readonly name: string;
  /** What it shows, for those who do not see it. */
  readonly label: string;
  /** px */
  readonly height: number;
  /** Draws; it is drawn anew when a signal changes that it read. */
  readonly draw: (pen: Pen, frame: Frame) => void;
  /** What is at this place, px. */
  readonly find?: (x: number, y: number, frame: Frame) => T | undefined;
  /** What is told about it while the pointer is there. */
  readonly describe?: (target: T) => ComponentChildren;
  /** Somebody clicked on it, or beside everything. */
  readonly pick?: (target: T | undefined) => void;
  /** What dragging does; `pan` unless said. With shift it does the other. */
  readonly drag?: "pan" | "zoom";
  /** Keys of this picture's own; returns whether it took the key. */
  readonly press?: (event: KeyboardEvent) => boolean;
}

export function TimeCanvas<T>(props: TimeCanvasProps<T>) {
  const { view, name, label, height, drag = "pan" } = props;
  const tip = useSignal<TipPlace | undefined>(undefined);
  const marked = useSignal<{ from: number; to: number } | undefined>(undefined);
  const hit = useSignal(false);
  // What listens was set up once, and is to see what the component was given last.
  const latest = useRef(props);
  latest.current = props;
  const { box, canvas, width } = useCanvas(height, (pen, width) => {
    const frame = frameOf(width, height, view.window.value);
    if (canvas.current) Object.assign(canvas.current.dataset, { from: frame.from, to: frame.to });
    props.draw(pen, frame);
  });

  useLayoutEffect(() => {
    const surface = canvas.current;
    if (!surface) return;
    const frame = (): Frame => frameOf(width.peek(), latest.current.height, view.window.peek());
    const find = (x: number, y: number): T | undefined => latest.current.find?.(x, y, frame());
    const forget = (): void => {
      tip.value = undefined;
      hit.value = false;
    };
    const stopGestures = listenToGestures(surface, {
      view,
      frame,
      drag: () => latest.current.drag ?? "pan",
      hover: (x, y) => {
        view.pointed.value = inPlot(frame(), x) ? timeAt(frame(), x) : undefined;
        const target = find(x, y);
        hit.value = target !== undefined && latest.current.pick !== undefined;
        const { describe } = latest.current;
        tip.value = target === undefined || !describe ? undefined : { x, y, content: describe(target) };
      },
      leave: () => {
        forget();
        view.pointed.value = undefined;
      },
      click: (x, y) => latest.current.pick?.(find(x, y)),
      mark: (piece) => {
        marked.value = piece;
      },
    });
    const stopWindow = view.window.subscribe(forget);
    return () => {
      stopGestures();
      stopWindow();
    };
  }, [view]);

  const press = (event: KeyboardEvent): void => {
    if (!props.press?.(event) && !pressTimeKey(view, event)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class="time-canvas" ref={box} data-picture={name} style={{ height: `${height}px` }}>
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: an application is interactive: it takes keys */}
      <canvas
        ref={canvas}
        tabIndex={0}
        role="application"
        aria-roledescription="picture over time"
        aria-label={label}
        aria-keyshortcuts="ArrowLeft ArrowRight + - 0"
        data-drag={drag}
        data-hit={hit}
        style={{ height: `${height}px` }}
        onKeyDown={press}
      />
      <Hairline at={() => hairlineAt(view, width.value)} />
      <Marked piece={marked} />
      <Tip tip={tip} width={width} />
    </div>
  );
}

/** px from the left; undefined when the pointer is at no time that is shown. */
function hairlineAt(view: View, width: number): number | undefined {
  const pointed = view.pointed.value;
  const { from, to } = view.window.value;
  if (pointed === undefined || pointed < from || pointed > to) return undefined;
  return xOf(frameOf(width, 0, { from, to }), pointed);
}
