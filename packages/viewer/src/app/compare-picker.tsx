/** Which run is this one to be compared with? Those of the same workload, the newest first. */
import { visible } from "@eddy/workbench/pictures";
import { useState } from "preact/hooks";
import { Dialog } from "./dialog.tsx";
import { count } from "./format.ts";
import { compareHref } from "./route.ts";
import { found, newestFirst } from "./run-query.ts";
import { entryOf, runList } from "./run-store.ts";
import { standingOf } from "./standing.ts";
import { StandingMark } from "./standing-mark.tsx";
import { When } from "./when.tsx";

/** Runs that are shown at once; the filter finds the others. */
const most = 100;

export function ComparePicker({ id, onClose }: { id: string; onClose: () => void }) {
  const [text, setText] = useState("");
  const workload = entryOf(id)?.workload;
  const runs = (runList.value?.runs ?? []).filter(
    (run) => run.workload === workload && run.id !== id && run.state !== "damaged" && run.state !== "foreign",
  );
  const matching = found(runs, { ...newestFirst, text });
  return (
    <Dialog title="Compare with …" onClose={onClose}>
      {runs.length === 0 ? (
        <p>There is no other run of this workload in the store. Test it again, and come back.</p>
      ) : (
        <>
          <input
            class="input"
            type="search"
            aria-label="Filter runs"
            placeholder="Filter"
            autofocus
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
          <ul class="picker">
            {matching.slice(0, most).map((run) => (
              <li key={run.id}>
                <a href={compareHref(id, run.id)}>
                  <StandingMark standing={standingOf(run)} />
                  <When start={run.start} />
                  <span class="muted">
                    {run.operations === undefined ? "" : `${count(run.operations)} operations`}
                    {run.nemesis?.length ? `, ${visible(run.nemesis.join(", "))}` : ""}
                  </span>
                  <span class="mono muted">{run.seed}</span>
                </a>
              </li>
            ))}
            {matching.length === 0 && <li class="muted">No run is like that.</li>}
            {matching.length > most && <li class="muted">and {count(matching.length - most)} more</li>}
          </ul>
        </>
      )}
      <div class="dialog-actions">
        <button type="button" class="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </Dialog>
  );
}
