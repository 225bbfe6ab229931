/** What the arrows of the space-time diagram mean: no two of them differ by their colour alone. */
import type { ComponentChildren } from "preact";

export function SpaceTimeLegend() {
  return (
    <ul class="space-time-legend" aria-label="What the arrows mean">
      <Entry words="from or to a client">
        <line x1="1" y1="6" x2="20" y2="6" class="arrow-client" />
        <path d="M26 6 L18 2.5 L18 9.5 Z" class="tip-client" />
      </Entry>
      <Entry words="among servers">
        <line x1="1" y1="6" x2="20" y2="6" class="arrow-server" />
        <path d="M26 6 L19 3 L19 9 Z" class="tip-server" />
      </Entry>
      <Entry words="error">
        <line x1="1" y1="6" x2="20" y2="6" class="arrow-error" />
        <path d="M26 6 L18 2.5 L18 9.5 Z M10 2 L14 6 L10 10 L6 6 Z" class="tip-error" />
      </Entry>
      <Entry words="lost">
        <path d="M1 6 L22 6 M18 2 L26 10 M26 2 L18 10" class="arrow-lost" />
      </Entry>
      <Entry words="under way at the end">
        <line x1="1" y1="6" x2="27" y2="6" class="arrow-open" />
      </Entry>
    </ul>
  );
}

function Entry({ words, children }: { words: string; children: ComponentChildren }) {
  return (
    <li>
      <svg width="28" height="12" viewBox="0 0 28 12" aria-hidden="true">
        {children}
      </svg>
      {words}
    </li>
  );
}
