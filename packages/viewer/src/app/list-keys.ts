/** The keyboard in the list: up and down go from run to run, Enter opens (it is a link), x ticks, / goes to the filter. */
import type { RefObject } from "preact";

/** What the rows' links and boxes are found by. */
export const rowLink = "a.run-link";
export const rowTick = "input.run-tick";

/** Listens until it is called back. */
export function listKeys(filter: RefObject<HTMLInputElement | null>): () => void {
  const pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const { target, key } = event;
    if (target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement) return;
    const typing = target === filter.current;
    const done = typing ? inFilter(key, filter.current) : inList(key, target, filter.current);
    if (done) event.preventDefault();
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}

function inFilter(key: string, filter: HTMLInputElement | null): boolean {
  if (key === "ArrowDown") return go(undefined, 1);
  if (key !== "Escape" || filter?.value !== "") return false;
  filter.blur();
  return true;
}

function inList(key: string, target: EventTarget | null, filter: HTMLInputElement | null): boolean {
  const row = target instanceof Element ? target.closest("tr") : null;
  switch (key) {
    case "/":
      filter?.focus();
      filter?.select();
      return true;
    case "ArrowDown":
    case "j":
      return go(row, 1);
    case "ArrowUp":
    case "k":
      return go(row, -1);
    case "x": {
      const box = row?.querySelector(rowTick);
      if (!(box instanceof HTMLInputElement)) return false;
      box.click();
      return true;
    }
    default:
      return false;
  }
}

/** To the run that many rows further, or to the first. */
function go(row: Element | null | undefined, by: number): boolean {
  const links = [...document.querySelectorAll<HTMLAnchorElement>(rowLink)];
  const at = links.findIndex((link) => row?.contains(link));
  const next = links[at < 0 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return next !== undefined;
}
