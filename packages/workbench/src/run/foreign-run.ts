/** A history from elsewhere, judged as one of a workload: by what it says, as nobody knows what the nodes did and sent. */
import type { AvailabilityGoal } from "../checkers/availability.ts";
import type { CheckerLimits } from "../checkers/checker.ts";
import { readForeignHistory } from "../store/foreign-history.ts";
import type { Workload } from "../workloads/workload.ts";
import { Judge, type Results } from "./results.ts";

/**
 * Judges the history in a file: `history.jsonl`, `history.edn`, or a log of Jepsen's.
 *
 * @throws {UnreadableFile} when it cannot be read, or holds no history
 */
export function judgeForeignRun(
  path: string,
  workload: Workload,
  availability: AvailabilityGoal,
  limits: CheckerLimits,
): Results {
  const judge = new Judge(workload, availability, limits);
  for (const operation of readForeignHistory(path)) judge.add(operation);
  return judge.results({ began: true });
}
