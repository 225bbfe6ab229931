/** The lines themselves: only those in sight are in the page. The list moves with the window and with the pointer's time. */
import type { ReadonlySignal, Signal } from "@preact/signals";
import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { type LogRows, nearestRow, rowAtTime, rowsInSight } from "./log-lines.ts";
import { LogRow } from "./log-row.tsx";
import type { View } from "./view.ts";

/** px; the same as in the style sheet. */
const rowHeight = 22;
/** Rows that the list shows at most without scrolling. */
const tallest = 16;

export interface LogListProps {
  readonly view: View;
  readonly rows: ReadonlySignal<LogRows>;
  readonly textAt: (row: number) => string;
  readonly finder: ReadonlySignal<RegExp | undefined>;
  readonly follows: ReadonlySignal<boolean>;
  /** The row that somebody has chosen; it comes into sight. */
  readonly active: Signal<number | undefined>;
}

export function LogList({ view, rows, textAt, finder, follows, active }: LogListProps) {
  const { logs } = view.run;
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const scroll = useSignal(0);
  /** Whether the pointer is over this list: then the list is not to move under it. */
  const pointing = useRef(false);
  const nearest = useComputed(() =>
    view.pointed.value === undefined ? undefined : nearestRow(rows.value, view.pointed.value),
  );
  const length = rows.value.lines.length;
  const height = Math.min(Math.max(length, 3), tallest) * rowHeight;

  const show = (row: number, where: "top" | "middle"): void => {
    const element = box.current;
    if (!element) return;
    const y = row * rowHeight;
    if (where === "middle" && y >= element.scrollTop && y + rowHeight <= element.scrollTop + height) return;
    element.scrollTop = where === "top" ? y : y - height / 2 + rowHeight / 2;
  };

  // The list is long or short by now, and can be scrolled to where it is to be.
  useLayoutEffect(() => {
    scroll.value = box.current?.scrollTop ?? 0;
  });
  const timed = useComputed(() => (rows.value.times.at(-1) ?? -1) >= 0);
  useSignalEffect(() => {
    const { from } = view.window.value;
    if (!pointing.current && timed.value) show(rowAtTime(rows.value, from), "top");
  });
  useSignalEffect(() => {
    // Read, so that a list that has become another one begins anew.
    if (rows.value.lines.length > 0 && !timed.value) show(0, "top");
  });
  useSignalEffect(() => {
    const row = nearest.value;
    if (row !== undefined && follows.value && !pointing.current) show(row, "middle");
  });

  useSignalEffect(() => {
    if (active.value !== undefined) show(active.value, "middle");
  });

  const rowOf = (target: EventTarget | null): number | undefined => {
    const row = target instanceof Element ? target.closest("[data-row]") : null;
    return row instanceof HTMLElement ? Number(row.dataset.row) : undefined;
  };
  const timeOf = (row: number | undefined): number | undefined => {
    const time = row === undefined ? -1 : (rows.peek().times[row] ?? -1);
    return time < 0 ? undefined : time;
  };
  /** Changes what the pictures show, and leaves the list where it is. */
  const still = (change: () => void): void => {
    const before = pointing.current;
    pointing.current = true;
    change();
    pointing.current = before;
  };
  const centre = (row: number): void => {
    const time = timeOf(row);
    if (time === undefined) return;
    const { from, to } = view.window.peek();
    still(() => view.show({ from: time - (to - from) / 2, to: time + (to - from) / 2 }));
  };
  const press = (event: KeyboardEvent): void => {
    const now = active.peek() ?? nearest.peek() ?? rowAtTime(rows.peek(), view.window.peek().from);
    const next = keyTarget(event, active.peek() === undefined ? now - 1 : now, length);
    if (event.key === "Enter" && active.peek() !== undefined) centre(now);
    else if (next === undefined) return;
    else {
      still(() => {
        view.pointed.value = timeOf(next);
      });
      active.value = next;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const { first, after } = rowsInSight(length, { scroll: scroll.value, height, rowHeight });
  const { from, to } = view.window.value;
  return (
    <div
      class="log-list"
      ref={box}
      role="listbox"
      tabIndex={0}
      aria-label="Lines of the nodes' logs. Arrow keys choose a line, Enter moves the window to its time."
      aria-activedescendant={active.value === undefined ? undefined : `${id}-${active.value}`}
      style={{ height: `${height}px` }}
      onScroll={({ currentTarget }) => {
        scroll.value = currentTarget.scrollTop;
      }}
      onKeyDown={press}
      onPointerMove={(event) => {
        pointing.current = true;
        view.pointed.value = timeOf(rowOf(event.target));
      }}
      onPointerLeave={() => {
        pointing.current = false;
        view.pointed.value = undefined;
      }}
      onClick={(event) => {
        const row = rowOf(event.target);
        if (row === undefined) return;
        active.value = row;
        centre(row);
      }}
    >
      <div class="log-sheet" role="presentation" style={{ height: `${length * rowHeight}px` }}>
        {length === 0 && <p class="muted">No line.</p>}
        {Array.from({ length: after - first }, (_, i) => {
          const row = first + i;
          const [log = -1, line = -1] = [rows.value.logs[row], rows.value.lines[row]];
          const place = rows.value.times[row] ?? -1;
          return (
            <LogRow
              key={row}
              id={`${id}-${row}`}
              row={row}
              count={length}
              top={row * rowHeight}
              log={log}
              line={line}
              of={logs[log]}
              time={timeText(logs[log]?.times[line] ?? -1)}
              text={textAt(row)}
              finder={finder.value}
              outside={place >= 0 && (place < from || place > to)}
              nearest={row === nearest.value}
              active={row === active.value}
            />
          );
        })}
      </div>
    </div>
  );
}

/** s, to the millisecond: more than that no log says. */
function timeText(time: number): string {
  return time < 0 ? "" : (time / 1e9).toFixed(3);
}

/** The row that a key leads to; undefined: it leads nowhere. */
function keyTarget({ key }: KeyboardEvent, now: number, length: number): number | undefined {
  const within = (row: number): number => Math.min(Math.max(row, 0), length - 1);
  if (length === 0) return undefined;
  if (key === "ArrowDown") return within(now + 1);
  if (key === "ArrowUp") return within(now - 1);
  if (key === "PageDown") return within(now + tallest);
  if (key === "PageUp") return within(now - tallest);
  if (key === "Home") return 0;
  return key === "End" ? length - 1 : undefined;
}
