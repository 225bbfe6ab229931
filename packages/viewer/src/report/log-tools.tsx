/** Which nodes' lines are shown, and what is looked for in them. */
import { type NodeLog, visible } from "@eddy/workbench/pictures";
import type { Signal } from "@preact/signals";
import { count, plural } from "../app/format.ts";
import { nodeColour } from "./log-row.tsx";

export interface LogToolsProps {
  readonly logs: readonly NodeLog[];
  readonly hidden: Signal<ReadonlySet<number>>;
  readonly search: Signal<string>;
  readonly onlyFound: Signal<boolean>;
  readonly follows: Signal<boolean>;
  /** Lines that hold what is looked for; undefined: nothing is looked for. */
  readonly found: number | undefined;
  /** Other rows are shown than before. */
  readonly changed: () => void;
  readonly step: (by: 1 | -1) => void;
}

export function LogTools(props: LogToolsProps) {
  const { logs, search, onlyFound, follows, found, changed, step } = props;
  return (
    <div class="log-tools">
      {logs.length > 1 && <Nodes logs={logs} hidden={props.hidden} changed={changed} />}
      <span class="log-search">
        <input
          class="input"
          type="search"
          placeholder="search"
          aria-label="Search in the lines"
          title="Enter goes to the next line that holds it, Shift + Enter to the one before"
          value={search.value}
          onInput={({ currentTarget }) => {
            changed();
            search.value = currentTarget.value;
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            step(event.shiftKey ? -1 : 1);
          }}
        />
        <span class="muted" role="status">
          {found === undefined ? "" : found === 0 ? "no line" : plural(found, "line")}
        </span>
      </span>
      {found !== undefined && (
        <Check
          label="only these"
          checked={onlyFound.value}
          set={(checked) => {
            changed();
            onlyFound.value = checked;
          }}
        />
      )}
      <Check
        label="follow the pointer"
        checked={follows.value}
        set={(checked) => {
          follows.value = checked;
        }}
      />
    </div>
  );
}

function Check(props: { label: string; checked: boolean; set: (checked: boolean) => void }) {
  return (
    <label class="log-check">
      <input
        type="checkbox"
        checked={props.checked}
        onChange={({ currentTarget }) => props.set(currentTarget.checked)}
      />
      {props.label}
    </label>
  );
}

function Nodes({ logs, hidden, changed }: Pick<LogToolsProps, "logs" | "hidden" | "changed">) {
  const shown = (log: number): boolean => !hidden.value.has(log);
  const all = hidden.value.size === 0;
  const set = (next: ReadonlySet<number>): void => {
    changed();
    hidden.value = next;
  };
  /** From all nodes to this one; from there, one more or less; and from none to all. */
  const press = (log: number): void => {
    const next = all ? new Set(logs.keys()) : new Set(hidden.value);
    if (all || !shown(log)) next.delete(log);
    else next.add(log);
    set(next.size === logs.length ? new Set() : next);
  };
  return (
    <fieldset class="log-nodes">
      <legend class="visually-hidden">Nodes whose lines are shown</legend>
      <button type="button" class="button" aria-pressed={all} onClick={() => set(new Set())}>
        all nodes
      </button>
      {logs.map(({ node, lines, leftOut }, log) => (
        <button
          key={node}
          type="button"
          class="button"
          aria-pressed={!all && shown(log)}
          title={plural(lines.length + leftOut, "line")}
          data-log={node}
          onClick={() => press(log)}
        >
          <span class="log-node-sign" style={{ background: nodeColour(log) }} aria-hidden="true" />
          {visible(node)} <span class="muted">{count(lines.length + leftOut)}</span>
        </button>
      ))}
    </fieldset>
  );
}
