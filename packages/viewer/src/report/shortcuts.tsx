/** The keys that work everywhere in a report, and the list of them; from operation to operation the timeline itself goes. */
import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Dialog } from "../app/dialog.tsx";
import { pressTimeKey } from "./time-keys.ts";
import type { View } from "./view.ts";

const shortcuts = [
  [["+", "-"], "show less time, more time"],
  [["0"], "show the whole run"],
  [["←", "→"], "earlier, later, in a picture (with Shift: by a whole window)"],
  [["n", "p"], "the next operation, the one before"],
  [["N", "P"], "the next one that did not end ok, the one before (with Shift)"],
  [["↑", "↓"], "the message before, the next one, in the diagram of messages"],
  [["C"], "the message that caused it, in the diagram of messages"],
  [["Enter"], "select it"],
  [["Esc"], "select nothing"],
  [["?"], "this list"],
] as const;

const gestures = [
  ["drag in a chart", "show that piece of time"],
  ["drag in the timeline, or in the messages", "earlier, later"],
  ["Shift + drag", "the other one of both"],
  ["Ctrl or ⌘ + wheel, or pinch", "show less time, more time"],
  ["double click", "show the whole run"],
  ["click on an operation or a message", "select it"],
] as const;

export function Shortcuts({ view }: { view: View }) {
  const open = useSignal(false);
  useEffect(() => listen(view, open), [view, open]);
  return (
    <>
      <button
        type="button"
        class="button quiet"
        aria-keyshortcuts="?"
        onClick={() => {
          open.value = true;
        }}
      >
        Keys <kbd>?</kbd>
      </button>
      {open.value && <List onClose={() => (open.value = false)} />}
    </>
  );
}

function List({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keys and gestures" onClose={onClose}>
      <table class="table shortcuts">
        <tbody>
          {shortcuts.map(([keys, what]) => (
            <tr key={what}>
              <th scope="row">
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </th>
              <td>{what}</td>
            </tr>
          ))}
          {gestures.map(([how, what]) => (
            <tr key={how}>
              <th scope="row">{how}</th>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="shortcuts-close">
        <button type="button" class="button" onClick={onClose}>
          Close
        </button>
      </p>
    </Dialog>
  );
}

function listen(view: View, open: Signal<boolean>): () => void {
  const pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target instanceof Element && event.target.closest("input, select, textarea, dialog")) return;
    if (event.key === "?") open.value = true;
    else if (event.key.startsWith("Arrow") || !pressTimeKey(view, event)) return;
    event.preventDefault();
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}
