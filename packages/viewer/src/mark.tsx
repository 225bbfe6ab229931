/** The sign of eddy: a small whirl, in the page and in the browser's tab. */

const whirl =
  "M10.6 9.6a.9.9 0 1 0-.9 1.3c1.6.3 3-.9 3-2.6 0-2.1-1.8-3.6-3.9-3.4-2.6.2-4.5 2.5-4.2 5.2.3 3 3 5.1 6 4.8 3.6-.3 6.2-3.4 5.8-7.1";

export function Mark() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" fill="none" stroke="currentColor">
      <path d={whirl} stroke-width="1.7" stroke-linecap="round" />
    </svg>
  );
}

/** Shows it in the tab of the page. */
export function showIcon(page: Document): void {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="2 2 16 16"><path d="${whirl}" fill="none" stroke="#2a8fc8" stroke-width="2" stroke-linecap="round"/></svg>`;
  const link = page.createElement("link");
  link.rel = "icon";
  link.href = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  page.head.append(link);
}
