/** What the pages ask of `eddy serve`, and what it answers. */
import type { Bins, FaultSpan, RunState } from "./run-data.ts";

/**
 * - `GET /api/runs`: `RunList`
 * - `GET /api/runs/<workload>/<folder>`: `RunData`; 404 with `Refusal` when there is none
 * - `GET /api/runs/<workload>/<folder>/files`: `FileEntry[]`
 * - `GET /files/<workload>/<folder>/<path>`: the file, as text or as something to save; `?download` saves it
 * - `GET /zip/<workload>/<folder>`: the folder
 * - `DELETE /api/runs/<workload>/<folder>`: 204
 * - `GET /latest`, `GET /current`: lead to the page of the run that the link of this name in the store leads to
 * - `GET /api/events`: server-sent events: `runs` with a `RunList` whenever it has changed, `live` with a `LiveRun` twice a
 *   second for each run that is going on
 *
 * Names in paths are encoded as in any URL. All else answers with the page.
 */
export interface RunList {
  /** The folder that is shown. */
  readonly store: string;
  /** Newest first. */
  readonly runs: readonly RunEntry[];
}

/** A folder in the store. */
export interface RunEntry {
  /** `<workload>/<folder>` */
  readonly id: string;
  readonly workload: string;
  /**
   * What it is: a run of eddy's in one of its states; `damaged` when its files do not say what they should; `foreign` when eddy
   * did not write it.
   */
  readonly state: RunState | "damaged" | "foreign";
  readonly valid?: true | false | "unknown";
  /** ISO 8601 */
  readonly start?: string;
  /** ns */
  readonly duration?: number;
  /** Operations that clients began. */
  readonly operations?: number;
  readonly seed?: number;
  readonly nodes?: number;
  /** Names of faults. */
  readonly nemesis?: readonly string[];
  /** What is wrong with it, or where it comes from, in words. */
  readonly remark?: string;
}

export interface FileEntry {
  /** Path in the run's folder, with `/`. */
  readonly path: string;
  /** bytes */
  readonly size: number;
  /**
   * Why it is not shown: a link, no plain file, unreadable. Of a folder (its path; "" is the run's), that there is more in it
   * than is listed.
   */
  readonly remark?: string;
}

/** Why something was not done, in words. */
export interface Refusal {
  readonly error: string;
}

/** A run that is going on. */
export interface LiveRun {
  readonly id: string;
  readonly workload: string;
  /** ns since its start */
  readonly now: number;
  /** s; what `--time-limit` says */
  readonly timeLimit: number;
  readonly counts: {
    readonly ok: number;
    readonly fail: number;
    readonly info: number;
    readonly open: number;
  };
  /** The whole run so far. */
  readonly bins: Bins;
  readonly faults: readonly FaultSpan[];
  /** The newest errors first, twenty at most. */
  readonly errors: readonly LiveError[];
  /** What nodes did that the protocol forbids. */
  readonly problems: readonly string[];
}

export interface LiveError {
  readonly time: number;
  readonly process: number;
  readonly f: string;
  readonly node?: string;
  readonly ending: "f" | "i";
  readonly text: string;
}
