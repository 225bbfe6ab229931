/** Dragging on the strip of the whole run: an end of the piece that is shown, the piece itself, or a new one. */
import { type Frame, timeAt } from "@eddy/workbench/pictures";
import type { View } from "./view.ts";

/** px that a hand may tremble in a click */
const tremble = 4;

/** Follows the pointer that was pressed until it is released. */
export function brushWith(event: PointerEvent, view: View, frame: Frame): void {
  const strip = event.currentTarget;
  if (event.button !== 0 || !(strip instanceof HTMLElement) || !(event.target instanceof HTMLElement)) return;
  event.preventDefault();
  const { window, whole } = view;
  const before = window.peek();
  const all = before.to - before.from >= whole.to - whole.from;
  const at = ({ clientX }: PointerEvent): number => clientX - strip.getBoundingClientRect().left;
  const time = (moved: PointerEvent): number =>
    Math.min(Math.max(timeAt(frame, at(moved)), whole.from), whole.to);
  const start = time(event);
  const pressed = event.target.dataset.brush;
  if (pressed === "from" || pressed === "to") event.target.focus({ preventScroll: true });
  let dragged = false;

  const move = (moved: PointerEvent): void => {
    if (moved.pointerId !== event.pointerId) return;
    if (!dragged && Math.abs(moved.clientX - event.clientX) <= tremble) return;
    dragged = true;
    const now = time(moved);
    if (pressed === "from" || pressed === "to") {
      const fixed = pressed === "from" ? before.to : before.from;
      view.show({ from: Math.min(now, fixed), to: Math.max(now, fixed) });
    } else if (pressed === "window" && !all) {
      view.show({ from: before.from + now - start, to: before.to + now - start });
    } else {
      view.show({ from: Math.min(start, now), to: Math.max(start, now) });
    }
  };
  const end = (released: PointerEvent): void => {
    if (released.pointerId !== event.pointerId) return;
    ending.abort();
    if (dragged || all || pressed !== undefined) return;
    // A click beside the piece brings it there.
    const half = (before.to - before.from) / 2;
    view.show({ from: start - half, to: start + half });
  };
  const ending = new AbortController();
  const { signal } = ending;
  strip.setPointerCapture(event.pointerId);
  strip.addEventListener("pointermove", move, { signal });
  strip.addEventListener("pointerup", end, { signal });
  strip.addEventListener("pointercancel", () => ending.abort(), { signal });
}
