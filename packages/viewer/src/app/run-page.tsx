/** `/runs/<workload>/<folder>`: the report of a run, or, while it goes on, what is known so far. */
import { visible } from "@eddy/workbench/pictures";
import { useEffect } from "preact/hooks";
import { Trouble, Waiting } from "../page.tsx";
import { Report } from "../report/report.tsx";
import { fetchRun } from "./client.ts";
import { LiveView } from "./live-view.tsx";
import { useLoaded } from "./loaded.ts";
import { navigate } from "./navigation.ts";
import { Retry } from "./retry.tsx";
import { filesHref, runHref } from "./route.ts";
import { RunBar } from "./run-bar.tsx";
import { entryOf, liveRuns, neighbours, runList } from "./run-store.ts";

export function RunPage({ id }: { id: string }) {
  const live = liveRuns.value.get(id);
  const running = entryOf(id)?.state === "running" || live !== undefined;
  useEffect(() => neighbourKeys(id), [id]);
  return (
    <>
      <RunBar id={id} />
      {running ? <LiveView id={id} run={live} /> : <Finished id={id} />}
    </>
  );
}

function Finished({ id }: { id: string }) {
  const loaded = useLoaded(id, (signal) => fetchRun(id, signal));
  if (loaded.state === "waiting") return <Waiting text="Reading the run …" />;
  if (loaded.state === "here") return <Report run={loaded.value} filesHref={filesHref(id)} />;
  const entry = entryOf(id);
  return (
    <Trouble title="This run cannot be shown" text={visible(loaded.text)}>
      {entry?.remark !== undefined && <p>{visible(entry.remark)}</p>}
      <Retry retry={loaded.retry} />
      <p>
        {entry && (
          <>
            <a href={filesHref(id)}>Its files</a> ·{" "}
          </>
        )}
        <a href="/">All runs</a>
      </p>
    </Trouble>
  );
}

/** `[` and `]` go to the run of the same workload before and after this one. */
function neighbourKeys(id: string): () => void {
  const pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target instanceof Element && event.target.closest("input, select, textarea, dialog")) return;
    const { older, newer } = neighbours(runList.value?.runs ?? [], id);
    const next = event.key === "[" ? older : event.key === "]" ? newer : undefined;
    if (!next) return;
    event.preventDefault();
    navigate(runHref(next.id));
    scrollTo(0, 0);
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}
