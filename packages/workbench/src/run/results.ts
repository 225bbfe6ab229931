/** The results of a run: what each checker said, and what that makes of the whole. */
import { type Availability, AvailabilityChecker, type AvailabilityGoal } from "../checkers/availability.ts";
import type { CheckerLimits } from "../checkers/checker.ts";
import { type Exceptions, ExceptionsChecker } from "../checkers/exceptions.ts";
import { countTraffic, type Net } from "../checkers/net.ts";
import type { Conduct } from "../checkers/nodes.ts";
import { type Stats, StatsChecker } from "../checkers/stats.ts";
import { type Validity, type Verdict, worst } from "../checkers/verdict.ts";
import type { Operation } from "../history/operation.ts";
import type { JournalCounts } from "../network/journal.ts";
import type { Workload } from "../workloads/workload.ts";

/** The parts that judged the run, in the original's order. A part that did not judge is absent. */
export interface Results {
  readonly exceptions?: Exceptions;
  readonly stats?: Stats;
  readonly availability?: Availability;
  readonly net?: Net;
  /** What the nodes did wrong. The original has no such part; a history alone says nothing of it. */
  readonly nodes?: Conduct;
  readonly workload?: Verdict;
  /** Why the run ended early. Only then; the original has no such part. */
  readonly interrupted?: Interruption;
  readonly "valid?": Validity;
}

/** A run that ended early says nothing for sure. */
export interface Interruption extends Verdict {
  readonly reason: string;
}

/** What there is to judge beside the history. */
export interface Evidence {
  /** Absent when there is no journal. */
  readonly messages?: JournalCounts;
  /** Absent when nobody watched. */
  readonly conduct?: Conduct;
  /** Whether the nodes were ready, so that clients could begin. */
  readonly began: boolean;
  /** Why the run was cut short from outside, if it was. */
  readonly interrupted?: string | undefined;
}

/** All checkers of a run: take its history, one operation after the other, and then give the results. */
export class Judge {
  readonly #exceptions = new ExceptionsChecker();
  readonly #stats = new StatsChecker();
  readonly #availability: AvailabilityChecker;
  readonly #workload;
  #operations = 0;

  constructor(workload: Workload, goal: AvailabilityGoal, limits?: CheckerLimits) {
    this.#availability = new AvailabilityChecker(goal);
    this.#workload = workload.checker(limits);
  }

  add(operation: Operation): void {
    if (operation.type === "invoke") this.#operations++;
    this.#exceptions.add(operation);
    this.#stats.add(operation);
    this.#availability.add(operation);
    this.#workload.add(operation);
  }

  results({ messages, conduct, began, interrupted }: Evidence): Results {
    const parts = {
      ...(began && {
        exceptions: this.#exceptions.verdict(),
        stats: this.#stats.verdict(),
        availability: this.#availability.verdict(),
        ...(messages && { net: countTraffic(this.#operations, messages) }),
      }),
      ...(conduct && { nodes: conduct }),
      ...(began && { workload: this.#workload.verdict(interrupted !== undefined) }),
      ...(interrupted !== undefined && {
        interrupted: { "valid?": "unknown" as const, reason: interrupted },
      }),
    };
    const verdicts: Verdict[] = Object.values(parts);
    return { ...parts, "valid?": worst(verdicts.map((verdict) => verdict["valid?"])) };
  }
}
