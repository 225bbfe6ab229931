/** The results of a run: what each checker said, and what that makes of the whole. */
import { type Availability, checkAvailability } from "../checkers/availability.ts";
import { checkExceptions, type Exceptions } from "../checkers/exceptions.ts";
import { countTraffic, type Net } from "../checkers/net.ts";
import type { Conduct } from "../checkers/nodes.ts";
import { checkStats, type Stats } from "../checkers/stats.ts";
import { type Validity, type Verdict, worst } from "../checkers/verdict.ts";
import type { Operation } from "../history/operation.ts";
import type { JournalCounts } from "../network/journal.ts";
import type { Workload } from "../workloads/workload.ts";
import type { TestOptions } from "./options.ts";

/** The parts that judged the run, in the original's order. A part that did not judge is absent. */
export interface Results {
  readonly exceptions?: Exceptions;
  readonly stats?: Stats;
  readonly availability?: Availability;
  readonly net?: Net;
  /** What the nodes did wrong. The original has no such part. */
  readonly nodes: Conduct;
  readonly workload?: Verdict;
  /** Why the run ended early. Only then; the original has no such part. */
  readonly interrupted?: Interruption;
  readonly "valid?": Validity;
}

/** A run that ended early says nothing for sure. */
export interface Interruption extends Verdict {
  readonly reason: string;
}

/** What there is to judge. */
export interface Evidence {
  readonly history: readonly Operation[];
  readonly messages: JournalCounts;
  readonly conduct: Conduct;
  /** Whether the nodes were ready, so that clients could begin. */
  readonly began: boolean;
  /** Why the run was cut short from outside, if it was. */
  readonly interrupted: string | undefined;
}

/** Has every checker judge what was recorded. */
export function judge(options: TestOptions, workload: Workload, evidence: Evidence): Results {
  const { history, messages, conduct, began, interrupted } = evidence;
  const parts = {
    ...(began && {
      exceptions: checkExceptions(history),
      stats: checkStats(history),
      availability: checkAvailability(history, options.availability),
      net: countTraffic(history, messages),
    }),
    nodes: conduct,
    ...(began && { workload: workload.check(history) }),
    ...(interrupted !== undefined && { interrupted: { "valid?": "unknown" as const, reason: interrupted } }),
  };
  const verdicts: Verdict[] = Object.values(parts);
  return { ...parts, "valid?": worst(verdicts.map((verdict) => verdict["valid?"])) };
}
