/** The order of a run: clients at the rate that was asked for while things go wrong, then healing, then the final phase. */
import { type Generator, nothing } from "../clients/generator.ts";
import { any, onClients } from "../clients/routing.ts";
import { phases } from "../clients/sequence.ts";
import { note, sleep, stagger, timeLimit } from "../clients/timing.ts";
import type { Nemesis } from "../faults/nemesis.ts";
import { second } from "../time/clock.ts";
import type { Random } from "../time/random.ts";
import type { Workload, WorkloadContext } from "../workloads/workload.ts";
import type { TestOptions } from "./options.ts";

/** ns that nodes have for themselves between the healing and the final phase */
const recovery = 10 * second;

/** The generator of a whole run. */
export function schedule(
  { rate, timeLimit: limit }: TestOptions,
  workload: Workload,
  context: WorkloadContext,
  nemesis: Nemesis | undefined,
  random: (name: string) => Random,
): Generator {
  const operations =
    rate === 0
      ? sleep(limit * second)
      : onClients(
          stagger(second / rate, random("stagger"), workload.generator(random("operations"), context)),
        );
  const main = timeLimit(limit * second, nemesis ? any(operations, nemesis.generator) : operations);
  const heal = nemesis?.heal ?? nothing;
  const final = workload.final?.(random("final operations"), context);
  if (final === undefined) return phases(main, heal);
  return phases(main, heal, note("Waiting for recovery..."), sleep(recovery), onClients(final));
}
