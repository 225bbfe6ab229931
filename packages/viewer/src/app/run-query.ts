/** Which runs are listed, and in which order: what stands in the address bar, so that it can be kept and sent to others. */
import type { RunEntry } from "@eddy/workbench/pictures";
import { timeOf } from "./format.ts";
import { type Standing, standingOf, standings } from "./standing.ts";

export const columns = [
  "verdict",
  "workload",
  "when",
  "duration",
  "operations",
  "nodes",
  "faults",
  "seed",
] as const;
export type Column = (typeof columns)[number];

export interface RunQuery {
  /** Words that all have to occur. */
  readonly text: string;
  readonly workload: string | undefined;
  readonly standing: Standing | undefined;
  readonly sort: Column;
  readonly descending: boolean;
}

export const newestFirst: RunQuery = {
  text: "",
  workload: undefined,
  standing: undefined,
  sort: "when",
  descending: true,
};

/** Never throws; what is not known is as if it were not there. */
export function queryOf(search: string): RunQuery {
  const parameters = new URLSearchParams(search);
  const sort = parameters.get("sort") ?? "";
  const name = sort.startsWith("-") ? sort.slice(1) : sort;
  const column = columns.find((one) => one === name);
  return {
    text: parameters.get("q") ?? "",
    workload: parameters.get("workload") ?? undefined,
    standing: standings.find((one) => one === parameters.get("verdict")),
    sort: column ?? newestFirst.sort,
    descending: column === undefined ? newestFirst.descending : sort.startsWith("-"),
  };
}

/** The same as part of an address: empty, or with `?`. */
export function searchOf({ text, workload, standing, sort, descending }: RunQuery): string {
  const parameters = new URLSearchParams();
  if (text !== "") parameters.set("q", text);
  if (workload !== undefined) parameters.set("workload", workload);
  if (standing !== undefined) parameters.set("verdict", standing);
  if (sort !== newestFirst.sort || descending !== newestFirst.descending)
    parameters.set("sort", `${descending ? "-" : ""}${sort}`);
  const search = parameters.toString();
  return search === "" ? "" : `?${search}`;
}

/** Those with the words and of the workload; their verdicts are chosen apart, so that each can be counted. */
export function found(runs: readonly RunEntry[], { text, workload }: RunQuery): readonly RunEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return runs.filter(
    (run) =>
      (workload === undefined || run.workload === workload) &&
      (words.length === 0 || words.every((word) => searched(run).includes(word))),
  );
}

/** All that one can see of a run in the list. */
const searched = (run: RunEntry): string =>
  [run.id, run.workload, standingOf(run), run.seed, run.nemesis?.join(" "), run.remark]
    .join("\n")
    .toLowerCase();

export function counted(runs: readonly RunEntry[]): ReadonlyMap<Standing, number> {
  const counts = new Map<Standing, number>();
  for (const run of runs) counts.set(standingOf(run), (counts.get(standingOf(run)) ?? 0) + 1);
  return counts;
}

type Key = number | string | undefined;

const keys: Readonly<Record<Column, (run: RunEntry) => Key>> = {
  verdict: (run) => standings.indexOf(standingOf(run)),
  workload: (run) => run.workload.toLowerCase(),
  when: (run) => timeOf(run.start),
  duration: (run) => run.duration,
  operations: (run) => run.operations,
  nodes: (run) => run.nodes,
  faults: (run) => (run.nemesis === undefined ? undefined : run.nemesis.join(" ").toLowerCase()),
  seed: (run) => run.seed,
};

/** In the order that is asked for. Runs that say nothing of it come last either way; those that say the same stay as they were. */
export function sorted(runs: readonly RunEntry[], { sort, descending }: RunQuery): readonly RunEntry[] {
  const key = keys[sort];
  const sign = descending ? -1 : 1;
  return runs
    .map((run) => ({ run, key: key(run) }))
    .sort((a, b) => {
      if (a.key === undefined || b.key === undefined)
        return Number(a.key === undefined) - Number(b.key === undefined);
      return sign * (a.key < b.key ? -1 : Number(a.key > b.key));
    })
    .map(({ run }) => run);
}

/** What a list shows. */
export function listed(runs: readonly RunEntry[], query: RunQuery): readonly RunEntry[] {
  const { standing } = query;
  const all = found(runs, query);
  return sorted(standing === undefined ? all : all.filter((run) => standingOf(run) === standing), query);
}
