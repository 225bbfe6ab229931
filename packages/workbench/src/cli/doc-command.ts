/** `eddy doc`: prints what workloads are. */
import { workloadDoc, workloadDocs } from "../report/workload-doc.ts";
import { workloads } from "../workloads/catalogue.ts";
import { exitCodes } from "./exit-codes.ts";

/** Prints the documentation of one workload, or of all. Returns the exit code. */
export function docCommand(name: string | undefined): number {
  const workload = name === undefined ? undefined : workloads.get(name);
  if (name !== undefined && workload === undefined) {
    process.stderr.write(
      `error: there is no workload ${name}. There are: ${[...workloads.keys()].join(", ")}.\n`,
    );
    return exitCodes.badArguments;
  }
  process.stdout.write(
    workload === undefined ? workloadDocs(workloads.values()) : `${workloadDoc(workload)}\n`,
  );
  return exitCodes.valid;
}
