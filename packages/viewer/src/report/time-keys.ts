/** What keys do in a picture that shows a piece of time. */
import { spanOf, type View } from "./view.ts";

/** How much one press zooms. */
export const zoomStep = 1.6;

/** Does what the key says. @returns whether it says anything */
export function pressTimeKey(view: View, event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const { from, to } = view.window.peek();
  const step = (to - from) * (event.shiftKey ? 1 : 0.125);
  switch (event.key) {
    case "ArrowLeft":
      view.pan(-step);
      return true;
    case "ArrowRight":
      view.pan(step);
      return true;
    case "+":
    case "=":
      view.zoom(zoomStep, centre(view));
      return true;
    case "-":
    case "_":
      view.zoom(1 / zoomStep, centre(view));
      return true;
    case "0":
      view.show(view.whole);
      return true;
    case "Escape":
      if (!view.selected.peek()) return false;
      view.select(undefined);
      return true;
    default:
      return false;
  }
}

/** What stays where it is when a key or a button zooms: the time under the pointer, what is selected, or else the middle. */
export function centre(view: View): number {
  const { from, to } = view.window.peek();
  const selected = view.selected.peek();
  const times = [view.pointed.peek(), selected && spanOf(view.run, selected)?.from];
  return times.find((time) => time !== undefined && time >= from && time <= to) ?? (from + to) / 2;
}
