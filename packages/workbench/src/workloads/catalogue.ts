/** All workloads by name: those that are built, and those of the original that are still to come. */
import { echo } from "./echo.ts";
import type { Workload } from "./workload.ts";

export const workloads: ReadonlyMap<string, Workload> = new Map([[echo.name, echo]]);

/** The workloads of the original that eddy does not have yet. */
export const plannedWorkloads: readonly string[] = [
  "broadcast",
  "g-counter",
  "g-set",
  "kafka",
  "lin-kv",
  "pn-counter",
  "txn-list-append",
  "txn-rw-register",
  "unique-ids",
];
