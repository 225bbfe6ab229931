/** `/`: the runs of the store, the newest first, and above them those that are going on. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Trouble, Waiting } from "../page.tsx";
import { DeleteDialog } from "./delete-dialog.tsx";
import { EmptyStore } from "./empty-store.tsx";
import { plural } from "./format.ts";
import { listKeys } from "./list-keys.ts";
import { ListTools } from "./list-tools.tsx";
import { LiveCard } from "./live-card.tsx";
import { navigate, place } from "./navigation.ts";
import { Retry } from "./retry.tsx";
import { listed, queryOf, type RunQuery, searchOf } from "./run-query.ts";
import { listTrouble, liveRuns, loadRuns, runList } from "./run-store.ts";
import { RunTable } from "./run-table.tsx";
import { ticked, untick } from "./selection.ts";

export function ListPage() {
  const list = runList.value;
  const query = queryOf(place.value.query);
  const setQuery = (change: Partial<RunQuery>): void =>
    navigate(`/${searchOf({ ...query, ...change })}`, { replace: true });
  const filter = useRef<HTMLInputElement>(null);
  const [deleting, setDeleting] = useState<readonly string[] | undefined>();
  useEffect(() => listKeys(filter), []);
  if (!list) {
    if (listTrouble.value === undefined) return <Waiting text="Looking for runs …" />;
    return (
      <Trouble title="The runs cannot be listed" text={listTrouble.value}>
        <Retry retry={() => void loadRuns()} />
      </Trouble>
    );
  }
  const shown = listed(list.runs, query);
  const known = new Set(list.runs.map(({ id }) => id));
  const chosen = [...ticked.value].filter((id) => known.has(id));
  return (
    <>
      <div class="list-title">
        <h1>Runs</h1>
        <span class="muted">{plural(list.runs.length, "run")}</span>
      </div>
      {[...liveRuns.value.values()].map((run) => (
        <LiveCard key={run.id} run={run} />
      ))}
      {list.runs.length === 0 ? (
        <EmptyStore store={list.store} />
      ) : (
        <>
          <ListTools
            runs={list.runs}
            query={query}
            setQuery={setQuery}
            filter={filter}
            chosen={chosen}
            onDelete={() => setDeleting(chosen)}
          />
          <RunTable
            runs={shown}
            query={query}
            setQuery={setQuery}
            clear={() => navigate("/", { replace: true })}
          />
        </>
      )}
      {deleting && (
        <DeleteDialog
          ids={deleting}
          onClose={(gone) => {
            untick(...gone);
            setDeleting(undefined);
          }}
        />
      )}
    </>
  );
}
