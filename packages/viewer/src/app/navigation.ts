/** Where one is: the address bar as a signal, and links that change it without loading the page anew. */
import { signal } from "@preact/signals";
import { routeOf } from "./route.ts";

export interface Place {
  readonly path: string;
  readonly query: string;
}

const here = (): Place => ({ path: location.pathname, query: location.search });

export const place = signal<Place>(here());

let listQuery = "";
place.subscribe(({ path, query }) => {
  if (path === "/") listQuery = query;
});

/** The list of runs as one left it, with its filter. */
export const backToList = (): string => `/${listQuery}`;

/** Goes to a page of this site. With `replace` the way back does not lead here. */
export function navigate(href: string, options: { replace?: boolean } = {}): void {
  const url = new URL(href, location.href);
  try {
    if (options.replace) history.replaceState(null, "", url);
    else history.pushState(null, "", url);
  } catch {
    // Browsers refuse when the address changes too often, as it may while somebody types: it is the page that counts.
  }
  place.value = { path: url.pathname, query: url.search };
}

/** Plain clicks on links that lead to pages stay in this page; all others (new tab, download, files) are the browser's. */
export function followLinks(): () => void {
  const clicked = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!(link instanceof HTMLAnchorElement) || link.target !== "" || link.hasAttribute("download")) return;
    if (link.origin !== location.origin || routeOf(link.pathname, link.search).page === "missing") return;
    // A place within this page: the browser scrolls there.
    if (link.hash !== "" && link.pathname === location.pathname && link.search === location.search) return;
    event.preventDefault();
    navigate(link.href);
    scrollTo(0, 0);
  };
  const moved = (): void => {
    const now = here();
    if (now.path !== place.value.path || now.query !== place.value.query) place.value = now;
  };
  document.addEventListener("click", clicked);
  addEventListener("popstate", moved);
  return () => {
    document.removeEventListener("click", clicked);
    removeEventListener("popstate", moved);
  };
}
