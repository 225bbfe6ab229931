/** A history from elsewhere, judged as one of a workload: by what it says, as nobody knows what the nodes did and sent. */
import type { AvailabilityGoal } from "../checkers/availability.ts";
import type { CheckerLimits } from "../checkers/checker.ts";
import { Judge, type Results } from "../checkers/judge.ts";
import type { Operation } from "../history/operation.ts";
import { readForeignHistory } from "../store/foreign-history.ts";
import { UnreadableFile } from "../store/json-lines.ts";
import type { Workload } from "../workloads/workload.ts";

/**
 * Judges the history in a file: `history.jsonl`, `history.edn`, or a log of Jepsen's.
 *
 * @throws {UnreadableFile} when it cannot be read, or holds no history of that workload
 */
export function judgeForeignRun(
  path: string,
  workload: Workload,
  availability: AvailabilityGoal,
  limits: CheckerLimits,
): Results {
  const history = readForeignHistory(path);
  const functions = new Set(history.filter(isOfClient).map(({ f }) => f));
  const known = Object.keys(workload.rpcs);
  if (!known.some((f) => functions.has(f))) {
    const found =
      functions.size === 0 ? "it holds no operations of clients" : `it holds ${[...functions].join(", ")}`;
    throw new UnreadableFile(path, `${found}, and nothing that ${workload.name} has: ${known.join(", ")}`);
  }
  const judge = new Judge(workload.checker(limits), availability);
  for (const operation of history) judge.add(operation);
  const ended = history.some((operation) => isOfClient(operation) && operation.type !== "invoke");
  return judge.results({ began: true, ...(!ended && { interrupted: "no operation has an end" }) });
}

function isOfClient({ process }: Operation): boolean {
  return process !== "nemesis";
}
