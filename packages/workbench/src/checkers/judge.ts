/** The results of a run: what each checker said, and what that makes of the whole. */

import type { Operation } from "../history/operation.ts";
import type { JournalCounts } from "../network/journal.ts";
import { type Availability, AvailabilityChecker, type AvailabilityGoal } from "./availability.ts";
import type { Checker } from "./checker.ts";
import type { Drawn, Perf } from "./drawn.ts";
import { type Exceptions, ExceptionsChecker } from "./exceptions.ts";
import { countTraffic, type Net } from "./net.ts";
import type { Conduct } from "./nodes.ts";
import { type Stats, StatsChecker } from "./stats.ts";
import { type Validity, type Verdict, worst } from "./verdict.ts";

/** The parts that judged the run, in the original's order. A part that did not judge is absent. */
export interface Results {
  /** The pictures of the run, where they have been drawn. They judge nothing. */
  readonly perf?: Perf;
  readonly timeline?: Drawn;
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
  readonly #workload: Checker;
  #operations = 0;

  /** @param workload the workload's own checker */
  constructor(workload: Checker, goal: AvailabilityGoal) {
    this.#availability = new AvailabilityChecker(goal);
    this.#workload = workload;
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
