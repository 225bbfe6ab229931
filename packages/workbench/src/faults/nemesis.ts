/** The nemesis: what makes things go wrong, and when. Each fault has its own generator and its own streams of chance. */
import { type Generator, type Invocation, repeatedly } from "../clients/generator.ts";
import { any, onNemesis } from "../clients/routing.ts";
import { flipFlop, limit, sequence } from "../clients/sequence.ts";
import { stagger } from "../clients/timing.ts";
import type { Random } from "../time/random.ts";
import type { Fault, FaultMaker, System } from "./fault.ts";
import { kill } from "./kill.ts";
import { duplicate, loss, reorder, slow } from "./links.ts";
import { partition } from "./partition.ts";
import { pause } from "./pause.ts";

/** The faults by the names that `--nemesis` takes. */
const makers: ReadonlyMap<string, FaultMaker> = new Map([
  ["partition", partition],
  ["kill", kill],
  ["pause", pause],
  ["loss", loss],
  ["duplicate", duplicate],
  ["reorder", reorder],
  ["slow", slow],
]);

export const faultNames: readonly string[] = [...makers.keys()];

export interface NemesisOptions {
  /** Names of faults. */
  readonly faults: readonly string[];
  /** Mean time between what is done with a fault, ns: it starts, is mended, starts again, and so on. */
  readonly interval: number;
  readonly system: System;
  /** The stream of a name. */
  readonly random: (name: string) => Random;
}

export class Nemesis {
  /** What goes wrong, and is mended, without end. */
  readonly generator: Generator;
  /** Mends everything. */
  readonly heal: Generator;
  /** What is to be done for an operation. */
  readonly #actions = new WeakMap<Invocation, () => Promise<unknown>>();

  constructor({ faults, interval, system, random }: NemesisOptions) {
    const all = [...new Set(faults)].map((name) => {
      const maker = makers.get(name);
      if (maker === undefined)
        throw new Error(`there is no fault ${name}; there is ${faultNames.join(", ")}`);
      const fault = maker(system, random(`fault ${name}`));
      return { disturbance: this.#disturbance(fault), mending: this.#mending(fault), name };
    });
    const inTurn = all.map(({ disturbance, mending, name }) =>
      stagger(interval, random(`interval ${name}`), flipFlop(disturbance, mending)),
    );
    this.generator = onNemesis(any(...inTurn));
    this.heal = onNemesis(sequence(...all.map(({ mending }) => limit(1, mending))));
  }

  /** Does what an operation of its generators asks for. */
  async perform(invocation: Invocation): Promise<unknown> {
    const act = this.#actions.get(invocation);
    if (act === undefined) throw new Error(`the nemesis did not plan this ${invocation.f} itself`);
    return act();
  }

  #disturbance(fault: Fault): Generator {
    return repeatedly(() => {
      const { value, carryOut } = fault.plan();
      return this.#operation({ f: fault.start, value }, carryOut);
    });
  }

  #mending(fault: Fault): Generator {
    return repeatedly(() => this.#operation({ f: fault.stop, value: null }, () => fault.mend()));
  }

  #operation(invocation: Invocation, action: () => Promise<unknown>): Invocation {
    this.#actions.set(invocation, action);
    return invocation;
  }
}
