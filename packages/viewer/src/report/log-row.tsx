/** A line of a log as it stands in the list. */
import { type NodeLog, visible } from "@eddy/workbench/pictures";
import { plural } from "../app/format.ts";
import { foundPieces } from "./text-search.ts";

/** Letters of a line that stand in the list; all of them are shown when it is chosen. */
const longest = 600;

const colours = ["ok", "info", "fail", "p50", "lost", "open"] as const;

/** Beside a node's name, which is always there. */
export function nodeColour(log: number): string {
  return `var(--${colours[log % colours.length] ?? "open"})`;
}

export interface LogRowProps {
  readonly id: string;
  readonly row: number;
  readonly count: number;
  /** px from the top of the list */
  readonly top: number;
  readonly log: number;
  readonly line: number;
  readonly of: NodeLog | undefined;
  /** When it was written, s; empty when nobody knows. */
  readonly time: string;
  readonly text: string;
  readonly finder: RegExp | undefined;
  readonly outside: boolean;
  readonly nearest: boolean;
  readonly active: boolean;
}

export function LogRow(props: LogRowProps) {
  const { id, row, count, top, log, line, of, time, text, finder, outside, nearest, active } = props;
  const style = { transform: `translateY(${top}px)` };
  const node = of?.node ?? "?";
  if (line < 0) {
    return (
      // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and says which row is active
      <div
        class="log-row log-remark"
        role="option"
        aria-selected={active}
        id={id}
        style={style}
        data-row={row}
      >
        {plural(of?.leftOut ?? 0, "line")} of {visible(node)} are left out here; the whole log is in
        node-logs.
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and says which row is active
    <div
      class="log-row"
      role="option"
      aria-selected={active}
      aria-posinset={row + 1}
      aria-setsize={count}
      id={id}
      style={style}
      data-row={row}
      data-outside={outside}
      data-nearest={nearest}
    >
      <span class="log-time">{time}</span>
      <span class="log-node">
        <span class="log-node-sign" style={{ background: nodeColour(log) }} aria-hidden="true" />
        {visible(node)}
      </span>
      <span class="log-text">
        {foundPieces(finder, text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text).map(
          (piece, i) => (piece.found ? <mark key={i}>{piece.text}</mark> : piece.text),
        )}
      </span>
    </div>
  );
}
