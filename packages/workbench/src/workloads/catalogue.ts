/** All workloads by name: those that are built, and those of the original that are still to come. */
import { broadcast } from "./broadcast.ts";
import { echo } from "./echo.ts";
import { gCounter } from "./g-counter.ts";
import { gSet } from "./g-set.ts";
import { kafka } from "./kafka.ts";
import { linKv } from "./lin-kv.ts";
import { pnCounter } from "./pn-counter.ts";
import { uniqueIds } from "./unique-ids.ts";
import type { Workload } from "./workload.ts";

/** In the order of their names. */
const all: readonly Workload[] = [broadcast, echo, gCounter, gSet, kafka, linKv, pnCounter, uniqueIds];

export const workloads: ReadonlyMap<string, Workload> = new Map(
  all.map((workload) => [workload.name, workload]),
);

/** The workloads of the original that eddy does not have yet. */
export const plannedWorkloads: readonly string[] = ["txn-list-append", "txn-rw-register"];
