/** The runs as a table, in blocks of rows: of thousands only those are made that one comes near. */
import type { RunEntry } from "@eddy/workbench/pictures";
import { useEffect, useRef } from "preact/hooks";
import { blockLength, RunBlock } from "./run-block.tsx";
import { type Column, columns, type RunQuery } from "./run-query.ts";
import { ticked } from "./selection.ts";

export const columnNames: Readonly<Record<Column, string>> = {
  verdict: "Verdict",
  workload: "Workload",
  when: "When",
  duration: "Duration",
  operations: "Operations",
  nodes: "Nodes",
  faults: "Faults",
  seed: "Seed",
};

const numeric: ReadonlySet<Column> = new Set(["duration", "operations", "nodes", "seed"]);
/** Where the largest is what one looks for first. */
const largestFirst: ReadonlySet<Column> = new Set(["when", "duration", "operations", "nodes"]);

interface Props {
  readonly runs: readonly RunEntry[];
  readonly query: RunQuery;
  readonly setQuery: (change: Partial<RunQuery>) => void;
  readonly clear: () => void;
}

export function RunTable({ runs, query, setQuery, clear }: Props) {
  if (runs.length === 0) {
    return (
      <p class="none muted" role="status">
        No run is like that.{" "}
        <button type="button" class="button" onClick={clear}>
          Show all runs
        </button>
      </p>
    );
  }
  const blocks = Array.from({ length: Math.ceil(runs.length / blockLength) }, (_, at) => at * blockLength);
  return (
    <>
      <table class="table runs" aria-rowcount={runs.length + 1}>
        <caption class="visually-hidden">Runs</caption>
        <colgroup>
          <col class="tick" />
          {columns.map((column) => (
            <col key={column} class={`column-${column}`} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" class="tick">
              <TickAll runs={runs} />
            </th>
            {columns.map((column) => (
              <Head key={column} column={column} query={query} setQuery={setQuery} />
            ))}
          </tr>
        </thead>
        {blocks.map((before) => (
          <RunBlock
            key={before}
            runs={runs.slice(before, before + blockLength)}
            before={before}
            ticked={ticked.value}
          />
        ))}
      </table>
      <p class="keys muted">
        <kbd>↑</kbd> <kbd>↓</kbd> choose · <kbd>Enter</kbd> opens · <kbd>x</kbd> selects · <kbd>/</kbd>{" "}
        filters
      </p>
    </>
  );
}

function Head({ column, query, setQuery }: { column: Column } & Pick<Props, "query" | "setQuery">) {
  const active = query.sort === column;
  const order = query.descending ? "descending" : "ascending";
  return (
    <th
      scope="col"
      class={`column-${column}${numeric.has(column) ? " number" : ""}`}
      aria-sort={active ? order : "none"}
    >
      <button
        type="button"
        class="sort"
        onClick={() =>
          setQuery({ sort: column, descending: active ? !query.descending : largestFirst.has(column) })
        }
      >
        {columnNames[column]}
        <span class="sort-sign" aria-hidden="true">
          {active ? (query.descending ? "↓" : "↑") : ""}
        </span>
      </button>
    </th>
  );
}

function TickAll({ runs }: Pick<Props, "runs">) {
  const some = runs.filter(({ id }) => ticked.value.has(id)).length;
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = some > 0 && some < runs.length;
  });
  return (
    <input
      type="checkbox"
      ref={box}
      aria-label="Select all runs that are listed"
      checked={some === runs.length}
      onChange={({ currentTarget }) => {
        ticked.value = new Set(currentTarget.checked ? runs.map(({ id }) => id) : []);
      }}
    />
  );
}
