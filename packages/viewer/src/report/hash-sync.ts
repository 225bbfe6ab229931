/** Keeps the window and the selection in the address, and follows the address when somebody goes back or opens a link. */
import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { hashOf, placeOf } from "./place-in-hash.ts";
import type { View } from "./view.ts";

/** ms without change until the address is changed */
const settled = 300;

export function useHash(view: View): void {
  useEffect(() => {
    go(view);
    return follow(view);
  }, [view]);
}

/** Shows what the address says. */
function go(view: View): void {
  const { window = view.whole, selected } = placeOf(view.run, location.hash);
  view.selected.value = selected;
  view.show(window);
  if (selected && location.hash !== "" && !location.hash.includes("from=")) view.reveal(selected);
}

function follow(view: View): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let revealed = view.revealed.peek();
  const write = (): void => {
    clearTimeout(timer);
    // The way back leads to where somebody was before a link brought them elsewhere, and not through each step of a zoom.
    const jumped = view.revealed.peek() !== revealed;
    revealed = view.revealed.peek();
    const hash = hashOfView(view);
    if (hash === location.hash.replace(/^#/, "")) return;
    const href = hash === "" ? location.pathname + location.search : `#${hash}`;
    try {
      if (jumped) history.pushState(null, "", href);
      else history.replaceState(null, "", href);
    } catch {
      // A page in a sandbox has no address of its own.
    }
  };
  const stop = effect(() => {
    // Read, so that a change of either is seen.
    void [view.window.value, view.selected.value];
    clearTimeout(timer);
    if (view.revealed.value !== revealed) write();
    else timer = setTimeout(write, settled);
  });
  const moved = (): void => {
    clearTimeout(timer);
    go(view);
    revealed = view.revealed.peek();
  };
  addEventListener("popstate", moved);
  addEventListener("hashchange", moved);
  return () => {
    stop();
    clearTimeout(timer);
    removeEventListener("popstate", moved);
    removeEventListener("hashchange", moved);
  };
}

function hashOfView({ run, window, whole, selected }: View): string {
  const [now, selection] = [window.peek(), selected.peek()];
  const all = now.from === whole.from && now.to === whole.to;
  return hashOf(run, { ...(!all && { window: now }), ...(selection && { selected: selection }) });
}
