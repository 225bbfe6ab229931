/** Asks before folders are deleted, names them, deletes them, and says which could not be. */
import { visible } from "@eddy/workbench/pictures";
import { useState } from "preact/hooks";
import { deleteRun, inWords, NotDone } from "./client.ts";
import { Dialog } from "./dialog.tsx";
import { count, plural } from "./format.ts";
import { loadRuns } from "./run-store.ts";

/** Names that are shown; there may be thousands. */
const named = 12;

interface Failure {
  readonly id: string;
  readonly text: string;
}

interface Props {
  readonly ids: readonly string[];
  /** Called at the end, with those that are gone. */
  readonly onClose: (gone: readonly string[]) => void;
}

export function DeleteDialog({ ids, onClose }: Props) {
  const [left, setLeft] = useState(ids);
  const [gone, setGone] = useState<readonly string[]>([]);
  const [failures, setFailures] = useState<readonly Failure[]>([]);
  const [busy, setBusy] = useState(false);
  const remove = async (): Promise<void> => {
    setBusy(true);
    const result = await deleteAll(left, (id) => setGone((before) => [...before, id]));
    setBusy(false);
    void loadRuns();
    const all = [...gone, ...result.gone];
    if (result.failures.length === 0) onClose(all);
    else {
      setGone(all);
      setFailures(result.failures);
      setLeft(result.failures.map(({ id }) => id));
    }
  };
  const title =
    failures.length === 0 ? `Delete ${plural(left.length, "run")}?` : "Not everything was deleted";
  return (
    <Dialog title={title} onClose={() => onClose(gone)}>
      {failures.length === 0 ? (
        <p>
          {left.length === 1 ? "Its folder is" : "Their folders are"} removed from the disk, with all files.
          This cannot be undone.
        </p>
      ) : (
        <p role="alert">{plural(failures.length, "run is", "runs are")} still there:</p>
      )}
      <ul class="dialog-list">
        {left.slice(0, named).map((id) => (
          <li key={id}>
            <span class="mono">{visible(id)}</span>
            {failures.find((failure) => failure.id === id)?.text !== undefined && (
              <span class="dialog-failure">{failures.find((failure) => failure.id === id)?.text}</span>
            )}
          </li>
        ))}
        {left.length > named && <li class="muted">and {count(left.length - named)} more</li>}
      </ul>
      <div class="dialog-actions">
        <button type="button" class="button" autofocus onClick={() => onClose(gone)}>
          {failures.length === 0 ? "Keep" : "Close"}
        </button>
        <button type="button" class="button danger" disabled={busy} onClick={() => void remove()}>
          {busy ? `Deleting … ${count(gone.length)}` : failures.length === 0 ? "Delete" : "Try again"}
        </button>
      </div>
    </Dialog>
  );
}

/** One after the other, so that a server with a slow disk is not flooded. What was gone already is gone. */
async function deleteAll(ids: readonly string[], deleted: (id: string) => void) {
  const gone: string[] = [];
  const failures: Failure[] = [];
  for (const id of ids) {
    try {
      await deleteRun(id);
    } catch (error) {
      if (!(error instanceof NotDone && error.status === 404)) {
        failures.push({ id, text: inWords(error) });
        continue;
      }
    }
    gone.push(id);
    deleted(id);
  }
  return { gone, failures };
}
