/** What a fault is: something that goes wrong for a while, and is mended again. The nemesis does both like operations of a client. */
import type { Network } from "../network/network.ts";
import type { Random } from "../time/random.ts";

/** What faults may lay hands on. */
export interface System {
  /** The names of all nodes. */
  readonly nodes: readonly string[];
  readonly network: Network;
  readonly processes: NodeControl;
}

/** The nodes as what runs. */
export interface NodeControl {
  /** Ends a node at once, with no time for last words. Resolves to false for one that does not run. */
  kill(name: string): Promise<boolean>;
  /** Starts a node that was killed; resolves when it has answered its init, to false when it was not started. */
  restart(name: string): Promise<boolean>;
  /** Stops a node in the middle of whatever it does. Returns false for one that does not run. */
  pause(name: string): boolean;
  /** Lets it go on. Returns false for one that does not run. */
  resume(name: string): boolean;
}

export interface Fault {
  /** What its operations are called in the history. */
  readonly start: string;
  readonly stop: string;
  /** What goes wrong the next time, by chance. */
  plan(): Plan;
  /** Mends it, also when nothing is wrong; resolves with what was done. */
  mend(): Promise<unknown>;
}

/** Something that is to go wrong. */
export interface Plan {
  /** What it is, for the history. */
  readonly value: unknown;
  /** Makes it go wrong; resolves with what was done. */
  carryOut(): Promise<unknown>;
}

/** Makes a fault of a run. */
export type FaultMaker = (system: System, random: Random) => Fault;
