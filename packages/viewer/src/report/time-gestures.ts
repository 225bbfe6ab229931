/**
 * What a mouse, a pen, or fingers do to the piece of time that a picture shows. The wheel alone, and one finger up and down,
 * scroll the page as everywhere.
 */
import { type Frame, type Span, timeAt } from "@eddy/workbench/pictures";
import type { View } from "./view.ts";

export interface Gestures {
  readonly view: View;
  /** What dragging does; with shift it does the other. Fingers always pan. */
  readonly drag: () => "pan" | "zoom";
  readonly frame: () => Frame;
  /** The pointer is here, and nothing is pressed. */
  readonly hover: (x: number, y: number) => void;
  readonly leave: () => void;
  readonly click: (x: number, y: number) => void;
  /** The piece that is being marked, px; undefined: none any more. */
  readonly mark: (piece: { readonly from: number; readonly to: number } | undefined) => void;
}

/** px that a hand may tremble in a click */
const tremble = 4;
/** How much one px of the wheel zooms. */
const wheelStep = 0.0035;

interface Press {
  readonly x: number;
  readonly mode: "pan" | "zoom";
  readonly window: Span;
  moved: boolean;
}

interface Pinch {
  readonly distance: number;
  /** The time between the fingers. */
  readonly time: number;
  readonly length: number;
}

/** @returns what ends it */
export function listenToGestures(element: HTMLElement, it: Gestures): () => void {
  const { view } = it;
  const pointers = new Map<number, { x: number; y: number }>();
  let press: Press | undefined;
  let pinch: Pinch | undefined;

  const place = (event: MouseEvent): { x: number; y: number } => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const lengthOf = (px: number): number => {
    const { width, left, right, from, to } = it.frame();
    return (px / (width - left - right)) * (to - from);
  };

  const down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const at = place(event);
    pointers.set(event.pointerId, at);
    element.setPointerCapture(event.pointerId);
    if (pointers.size === 2) {
      press = undefined;
      it.mark(undefined);
      const { distance, middle } = fingers(pointers);
      const { from, to } = view.window.peek();
      pinch = { distance, time: timeAt(it.frame(), middle), length: to - from };
      return;
    }
    const other = it.drag() === "pan" ? "zoom" : "pan";
    const mode = event.pointerType === "touch" ? "pan" : event.shiftKey ? other : it.drag();
    press = { x: at.x, mode, window: view.window.peek(), moved: false };
  };

  const move = (event: PointerEvent): void => {
    const at = place(event);
    if (!pointers.has(event.pointerId)) {
      it.hover(at.x, at.y);
      return;
    }
    pointers.set(event.pointerId, at);
    if (pinch) spread(pinch);
    else if (press) drag(press, at.x);
  };

  const drag = (press: Press, x: number): void => {
    if (!press.moved && Math.abs(x - press.x) <= tremble) return;
    press.moved = true;
    it.leave();
    if (press.mode === "zoom") it.mark({ from: Math.min(press.x, x), to: Math.max(press.x, x) });
    else {
      const by = lengthOf(press.x - x);
      view.show({ from: press.window.from + by, to: press.window.to + by });
    }
  };

  const spread = ({ distance, time, length }: Pinch): void => {
    if (pointers.size < 2) return;
    const now = fingers(pointers);
    const { width, left, right } = it.frame();
    const longer = length * (distance / Math.max(now.distance, 1));
    const from = time - ((now.middle - left) / (width - left - right)) * longer;
    view.show({ from, to: from + longer });
  };

  const up = (event: PointerEvent): void => {
    const at = place(event);
    pointers.delete(event.pointerId);
    const done = press;
    press = undefined;
    if (pinch) {
      if (pointers.size === 0) pinch = undefined;
      return;
    }
    if (!done?.moved) {
      if (done) it.click(at.x, at.y);
      return;
    }
    if (done.mode !== "zoom") return;
    it.mark(undefined);
    const [from, to] = [Math.min(done.x, at.x), Math.max(done.x, at.x)];
    view.show({ from: timeAt(it.frame(), from), to: timeAt(it.frame(), to) });
  };

  const cancel = (event: PointerEvent): void => {
    pointers.delete(event.pointerId);
    press = undefined;
    if (pointers.size === 0) pinch = undefined;
    it.mark(undefined);
    it.leave();
  };

  const wheel = (event: WheelEvent): void => {
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      // A pinch on a touchpad comes as a wheel with ctrl and small steps.
      const step = Math.max(Math.min(event.deltaY * unit, 120), -120);
      view.zoom(
        Math.exp(-step * wheelStep * (Math.abs(step) < 15 ? 3 : 1)),
        timeAt(it.frame(), place(event).x),
      );
      it.leave();
    } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault();
      view.pan(lengthOf(event.deltaX * unit));
      it.leave();
    }
  };

  const twice = (): void => view.show(view.whole);
  const leave = (): void => {
    if (pointers.size === 0) it.leave();
  };

  const ending = new AbortController();
  const { signal } = ending;
  element.addEventListener("pointerdown", down, { signal });
  element.addEventListener("pointermove", move, { signal });
  element.addEventListener("pointerup", up, { signal });
  element.addEventListener("pointercancel", cancel, { signal });
  element.addEventListener("pointerleave", leave, { signal });
  element.addEventListener("dblclick", twice, { signal });
  element.addEventListener("wheel", wheel, { signal, passive: false });
  return () => ending.abort();
}

/** How far apart two fingers are, and the x between them. */
function fingers(pointers: ReadonlyMap<number, { x: number; y: number }>): {
  distance: number;
  middle: number;
} {
  const [a = { x: 0, y: 0 }, b = a] = pointers.values();
  return { distance: Math.hypot(a.x - b.x, a.y - b.y), middle: (a.x + b.x) / 2 };
}
