/**
 * Where somebody is in a report, as the part of the address after `#`, so that a place can be sent to others:
 * `from=3.2&to=5.1&operation=12&message=7`. Times are s; an operation is named by its place in the history, a message by its
 * id in the journal, so that a report that is drawn anew still finds them.
 */
import type { RunData, Span } from "@eddy/workbench/pictures";
import type { Selection } from "./view.ts";

export interface PlaceInRun {
  /** Absent: the whole run. */
  readonly window?: Span;
  readonly selected?: Selection;
}

/** Without the `#`; empty when nothing is selected and all is shown. */
export function hashOf(run: RunData, { window, selected }: PlaceInRun): string {
  const parts: string[] = [];
  if (window) parts.push(`from=${seconds(window.from)}`, `to=${seconds(window.to)}`);
  const name = selected && nameOf(run, selected);
  if (name !== undefined) parts.push(name);
  return parts.join("&");
}

/** What does not name a place is passed over: it may have been written by hand, or for another run. */
export function placeOf(run: RunData, hash: string): PlaceInRun {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const [from, to] = [time(parameters.get("from")), time(parameters.get("to"))];
  const selected = selectionOf(run, parameters);
  return {
    ...(from !== undefined && to !== undefined && from < to && { window: { from, to } }),
    ...(selected && { selected }),
  };
}

/** A message that arrived twice has two rows: the second is named `7.2`. */
function nameOf({ operations, messages }: RunData, { kind, row }: Selection): string | undefined {
  if (kind === "operation") {
    const index = operations.index[row];
    return index === undefined ? undefined : `operation=${index}`;
  }
  const id = messages.id[row];
  if (id === undefined) return undefined;
  let copy = 1;
  for (let before = messages.id.indexOf(id); before < row; before = messages.id.indexOf(id, before + 1))
    copy++;
  return copy === 1 ? `message=${id}` : `message=${id}.${copy}`;
}

function selectionOf({ operations, messages }: RunData, parameters: URLSearchParams): Selection | undefined {
  const operation = parameters.get("operation");
  if (operation !== null) {
    const row = operation === "" ? -1 : operations.index.indexOf(Number(operation));
    return row < 0 ? undefined : { kind: "operation", row };
  }
  const [, id, copy = "1"] = /^(\d{1,15})(?:\.(\d{1,9}))?$/.exec(parameters.get("message") ?? "") ?? [];
  if (id === undefined) return undefined;
  let row = messages.id.indexOf(Number(id));
  for (let n = 1; row >= 0 && n < Number(copy); n += 1) row = messages.id.indexOf(Number(id), row + 1);
  return row < 0 ? undefined : { kind: "message", row };
}

/** Of ns, to a ns. */
const seconds = (ns: number): string => (ns / 1e9).toFixed(9).replace(/\.?0+$/, "");

function time(text: string | null): number | undefined {
  if (text === null || !/^\d{1,9}(\.\d{1,9})?$/.test(text)) return undefined;
  return Math.round(Number(text) * 1e9);
}
