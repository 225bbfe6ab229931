/** What the nodes wrote to stderr, beside the pictures at the same time: all logs as one, or some of them. */
import { type NodeLog, visible, withoutCommands } from "@eddy/workbench/pictures";
import { useComputed, useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { count, plural } from "../app/format.ts";
import { chosenRows, type LogRows, leftOutHere, logRows } from "./log-lines.ts";
import { LogList } from "./log-list.tsx";
import { LogTools } from "./log-tools.tsx";
import { finderOf, finds } from "./text-search.ts";
import type { View } from "./view.ts";

export function Logs({ view }: { view: View }) {
  const { logs } = view.run;
  const texts = useMemo(() => shownTexts(logs), [logs]);
  const hidden = useSignal<ReadonlySet<number>>(new Set());
  const search = useSignal("");
  const onlyFound = useSignal(false);
  const follows = useSignal(true);
  /** The row that somebody has chosen, to read it in full. */
  const active = useSignal<number | undefined>(undefined);
  const finder = useComputed(() => finderOf(search.value));
  const all = useComputed(() => logRows(logs, (log) => !hidden.value.has(log)));
  const textAt = (rows: LogRows, row: number): string =>
    texts(rows.logs[row] ?? -1, rows.lines[row] ?? leftOutHere);
  const found = useComputed(() => {
    const wanted = finder.value;
    if (!wanted) return undefined;
    const rows = all.value;
    const places: number[] = [];
    for (let row = 0; row < rows.lines.length; row++) if (finds(wanted, textAt(rows, row))) places.push(row);
    return places;
  });
  const rows = useComputed(() => {
    const places = onlyFound.value ? found.value : undefined;
    return places ? chosenRows(all.value, places) : all.value;
  });

  const stepFound = (by: 1 | -1): void => {
    const places = onlyFound.peek() ? found.peek()?.map((_, i) => i) : found.peek();
    if (!places || places.length === 0) return;
    const now = active.peek();
    const next =
      now === undefined
        ? places.at(by === 1 ? 0 : -1)
        : by === 1
          ? (places.find((row) => row > now) ?? places[0])
          : (places.findLast((row) => row < now) ?? places.at(-1));
    if (next !== undefined) active.value = next;
  };

  if (logs.every(({ lines, leftOut }) => lines.length === 0 && leftOut === 0)) {
    return (
      <p class="muted">{logs.length === 0 ? "There are no logs of nodes." : "The nodes wrote nothing."}</p>
    );
  }
  const chosen = active.value;
  return (
    <div class="logs">
      <LogTools
        logs={logs}
        hidden={hidden}
        search={search}
        onlyFound={onlyFound}
        follows={follows}
        found={found.value?.length}
        changed={() => {
          active.value = undefined;
        }}
        step={stepFound}
      />
      <WithoutTimes logs={logs.filter((_, log) => !hidden.value.has(log))} />
      <LogList
        view={view}
        rows={rows}
        textAt={(row) => textAt(rows.value, row)}
        finder={finder}
        follows={follows}
        active={active}
      />
      {chosen !== undefined && (
        <WholeLine logs={logs} rows={rows.value} row={chosen} text={textAt(rows.value, chosen)} />
      )}
    </div>
  );
}

/** Says whose lines cannot be put in their place. */
function WithoutTimes({ logs }: { logs: readonly NodeLog[] }) {
  const without = logs.filter(({ lines, times }) => lines.length > 0 && !times.some((time) => time >= 0));
  if (without.length === 0) return null;
  const names = visible(without.map(({ node }) => node).join(", "));
  const rest = without.length < logs.length ? ", before all others" : "";
  return <p class="muted">{`The lines of ${names} carry no times: they are shown as they stand${rest}.`}</p>;
}

/** Letters of one line that are shown when it is read in full. */
const longest = 50_000;

/** The chosen line, all of it. */
function WholeLine({
  logs,
  rows,
  row,
  text,
}: {
  logs: readonly NodeLog[];
  rows: LogRows;
  row: number;
  text: string;
}) {
  const [log = -1, line = leftOutHere] = [rows.logs[row], rows.lines[row]];
  if (line < 0) return null;
  return (
    <div class="log-whole panel">
      <p class="muted">
        {logs[log]?.node}, line {count(line + 1)}
        {text.length > longest && (
          <>
            : the first {count(longest)} of {plural(text.length, "letter")}
          </>
        )}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard is to scroll it, too */}
      <pre tabIndex={0}>{text.slice(0, longest).toWellFormed()}</pre>
    </div>
  );
}

/** Lines as they are shown; each is made once, when it is asked for. */
function shownTexts(logs: readonly NodeLog[]): (log: number, line: number) => string {
  const known = logs.map(() => new Map<number, string>());
  return (log, line) => {
    const raw = logs[log]?.lines[line];
    if (raw === undefined) return "";
    const shown = known[log]?.get(line);
    if (shown !== undefined) return shown;
    const text = visible(withoutCommands(raw));
    known[log]?.set(line, text === raw ? raw : text);
    return text;
  };
}
