/** Says what is selected to those who hear the page. */
import { selectionText } from "./selection-text.ts";
import type { View } from "./view.ts";

export function Announcer({ view }: { view: View }) {
  const selected = view.selected.value;
  return (
    <p class="visually-hidden" role="status" aria-live="polite" data-announcer>
      {selected ? selectionText(view.run, selected) : ""}
    </p>
  );
}
