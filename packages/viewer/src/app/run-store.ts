/**
 * All that the pages know of the store: the list of runs, and the runs that are going on, kept new by what the server sends
 * by itself.
 */
import type { LiveRun, RunEntry, RunList } from "@eddy/workbench/pictures";
import { batch, signal } from "@preact/signals";
import { fetchRuns, inWords } from "./client.ts";
import { isLiveRun, isRunList, parsed } from "./served-shape.ts";

/** undefined until the first list has come. */
export const runList = signal<RunList | undefined>(undefined);
export const liveRuns = signal<ReadonlyMap<string, LiveRun>>(new Map());
/** Why there is no list, in words. */
export const listTrouble = signal<string | undefined>(undefined);
/** Whether the server can be heard. */
export const connection = signal<"waiting" | "heard" | "lost">("waiting");

/** ms until one who was hung up on calls again. */
const patience = 2000;

/**
 * Listens for as long as the page can be seen. Browsers have six connections for one server, and each page that listens
 * holds one: pages in the background must not use them up.
 */
export function listenWhileSeen(): () => void {
  let events: EventSource | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  const hangUp = (): void => {
    clearTimeout(again);
    events?.close();
    events = undefined;
  };
  const call = (): void => {
    hangUp();
    events = listen(() => {
      again = setTimeout(call, patience);
    });
  };
  const seen = (): void => {
    if (document.visibilityState === "hidden") hangUp();
    else if (!events) call();
  };
  call();
  document.addEventListener("visibilitychange", seen);
  return () => {
    document.removeEventListener("visibilitychange", seen);
    hangUp();
  };
}

function listen(refused: () => void): EventSource {
  const events = new EventSource("/api/events");
  events.addEventListener("open", () => {
    connection.value = "heard";
    // What happened while nobody listened.
    void loadRuns();
  });
  events.addEventListener("error", () => {
    connection.value = "lost";
    // The browser calls again by itself, unless it was refused.
    if (events.readyState === EventSource.CLOSED) refused();
  });
  events.addEventListener("runs", ({ data }: MessageEvent<unknown>) => {
    const list = parsed(String(data), isRunList);
    if (list) takeList(list);
  });
  events.addEventListener("live", ({ data }: MessageEvent<unknown>) => {
    const run = parsed(String(data), isLiveRun);
    if (run) liveRuns.value = new Map(liveRuns.value).set(run.id, run);
  });
  return events;
}

export async function loadRuns(): Promise<void> {
  try {
    takeList(await fetchRuns());
  } catch (error) {
    listTrouble.value = inWords(error);
  }
}

function takeList(list: RunList): void {
  batch(() => {
    runList.value = { ...list, runs: renewed(runList.value?.runs ?? [], list.runs) };
    listTrouble.value = undefined;
    liveRuns.value = stillLive(liveRuns.value, list.runs);
  });
}

/** The new list, with the old entry wherever nothing has changed: what is shown of it need not be drawn anew. */
export function renewed(old: readonly RunEntry[], now: readonly RunEntry[]): readonly RunEntry[] {
  const known = new Map(old.map((run) => [run.id, run]));
  return now.map((run) => {
    const before = known.get(run.id);
    return before !== undefined && JSON.stringify(before) === JSON.stringify(run) ? before : run;
  });
}

/** Without those that have come to their end. */
export function stillLive(
  live: ReadonlyMap<string, LiveRun>,
  runs: readonly RunEntry[],
): ReadonlyMap<string, LiveRun> {
  const running = new Set(runs.filter(({ state }) => state === "running").map(({ id }) => id));
  return new Map([...live].filter(([id]) => running.has(id)));
}

export const entryOf = (id: string): RunEntry | undefined => runList.value?.runs.find((run) => run.id === id);

/** What stands on either side of a run among those of its workload, by their beginnings. */
export function neighbours(
  runs: readonly RunEntry[],
  id: string,
): { readonly older: RunEntry | undefined; readonly newer: RunEntry | undefined } {
  const workload = runs.find((run) => run.id === id)?.workload;
  // The list has the newest first.
  const alike = runs.filter((run) => run.workload === workload);
  const at = alike.findIndex((run) => run.id === id);
  return at < 0
    ? { older: undefined, newer: undefined }
    : { older: alike[at + 1], newer: at === 0 ? undefined : alike[at - 1] };
}
