/** What stands over the list: filter, verdicts with their counts, and what can be done with the runs that are ticked. */
import { type RunEntry, visible } from "@eddy/workbench/pictures";
import type { RefObject } from "preact";
import { count } from "./format.ts";
import { navigate } from "./navigation.ts";
import { compareHref } from "./route.ts";
import { type Column, columns, counted, found, newestFirst, type RunQuery } from "./run-query.ts";
import { columnNames } from "./run-table.tsx";
import { ticked } from "./selection.ts";
import { marks, standings } from "./standing.ts";

interface Props {
  readonly runs: readonly RunEntry[];
  readonly query: RunQuery;
  readonly setQuery: (change: Partial<RunQuery>) => void;
  readonly filter: RefObject<HTMLInputElement | null>;
  readonly chosen: readonly string[];
  readonly onDelete: () => void;
}

export function ListTools({ runs, query, setQuery, filter, chosen, onDelete }: Props) {
  return (
    <div class="list-tools">
      <search class="list-filters">
        <label class="visually-hidden" for="filter">
          Filter runs
        </label>
        <input
          id="filter"
          class="input"
          type="search"
          placeholder="Filter ( / )"
          autocomplete="off"
          spellcheck={false}
          ref={filter}
          value={query.text}
          onInput={({ currentTarget }) => setQuery({ text: currentTarget.value })}
        />
        <Workloads runs={runs} query={query} setQuery={setQuery} />
        <SortChoice query={query} setQuery={setQuery} />
      </search>
      <Verdicts runs={runs} query={query} setQuery={setQuery} />
      {chosen.length > 0 && <Chosen chosen={chosen} onDelete={onDelete} />}
    </div>
  );
}

type Filtering = Pick<Props, "runs" | "query" | "setQuery">;

function Workloads({ runs, query, setQuery }: Filtering) {
  const names = new Set(runs.map(({ workload }) => workload));
  if (query.workload !== undefined) names.add(query.workload);
  return (
    <select
      class="input"
      aria-label="Workload"
      value={query.workload ?? ""}
      onChange={({ currentTarget }) => setQuery({ workload: currentTarget.value || undefined })}
    >
      <option value="">All workloads</option>
      {[...names]
        .filter(Boolean)
        .sort()
        .map((name) => (
          <option key={name} value={name}>
            {visible(name)}
          </option>
        ))}
    </select>
  );
}

/** For narrow screens, where most columns are hidden, and their heads with them. */
function SortChoice({ query, setQuery }: Omit<Filtering, "runs">) {
  const pick = (value: string): void => {
    const sort = columns.find((column) => value === column || value === `-${column}`);
    if (sort) setQuery({ sort, descending: value.startsWith("-") });
  };
  const option = (sort: Column, descending: boolean, text: string) => (
    <option value={`${descending ? "-" : ""}${sort}`}>{text}</option>
  );
  return (
    <select
      class="input sort-choice"
      aria-label="Sort by"
      value={`${query.descending ? "-" : ""}${query.sort}`}
      onChange={({ currentTarget }) => pick(currentTarget.value)}
    >
      {option("when", true, "Newest first")}
      {option("when", false, "Oldest first")}
      {columns
        .filter((column) => column !== newestFirst.sort)
        .flatMap((column) => [
          option(column, false, `${columnNames[column]} ↑`),
          option(column, true, `${columnNames[column]} ↓`),
        ])}
    </select>
  );
}

function Verdicts({ runs, query, setQuery }: Filtering) {
  const matching = found(runs, query);
  const counts = counted(matching);
  const present = standings.filter((standing) => counts.has(standing) || standing === query.standing);
  return (
    <fieldset class="verdicts">
      <legend class="visually-hidden">Verdict</legend>
      <button
        type="button"
        class="button quiet"
        aria-pressed={query.standing === undefined}
        onClick={() => setQuery({ standing: undefined })}
      >
        all <span class="muted">{count(matching.length)}</span>
      </button>
      {present.map((standing) => (
        <button
          key={standing}
          type="button"
          class={`button quiet standing-${standing}`}
          aria-pressed={query.standing === standing}
          onClick={() => setQuery({ standing: query.standing === standing ? undefined : standing })}
        >
          <span class="standing-mark" aria-hidden="true">
            {marks[standing]}
          </span>
          {standing} <span class="muted">{count(counts.get(standing) ?? 0)}</span>
        </button>
      ))}
    </fieldset>
  );
}

function Chosen({ chosen, onDelete }: Pick<Props, "chosen" | "onDelete">) {
  const [a, b] = chosen;
  const two = chosen.length === 2 && a !== undefined && b !== undefined;
  return (
    <fieldset class="chosen" aria-label="Selected runs">
      <span role="status">{count(chosen.length)} selected</span>
      <button
        type="button"
        class="button"
        disabled={!two}
        title={two ? undefined : "Two runs can be compared"}
        onClick={() => two && navigate(compareHref(a, b))}
      >
        Compare
      </button>
      <button type="button" class="button danger" onClick={onDelete}>
        Delete …
      </button>
      <button
        type="button"
        class="button quiet"
        onClick={() => {
          ticked.value = new Set();
        }}
      >
        Clear
      </button>
    </fieldset>
  );
}
