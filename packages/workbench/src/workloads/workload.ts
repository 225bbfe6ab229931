/** What a workload is: which RPCs there are, what clients do with them, and how the history is judged. */
import type { Checker } from "../checkers/checker.ts";
import type { Client } from "../clients/client.ts";
import type { Generator, Invocation } from "../clients/generator.ts";
import type { Rpc } from "../clients/rpc.ts";
import type { Random } from "../time/random.ts";

export interface Workload {
  readonly name: string;
  readonly rpcs: Readonly<Record<string, Rpc>>;
  /** What clients do, one operation after the other, as fast as they can; the rate is put upon it. */
  generator(random: Random): Generator;
  /** What clients do at the very end, when all is healed and the nodes have had 10 s to recover. */
  final?(random: Random): Generator;
  /** Does one operation; resolves with the value that it ended ok with. */
  perform(client: Client, invocation: Invocation): Promise<unknown>;
  /** The functions that change nothing: when one of them is not answered, it has simply failed. */
  readonly idempotent: ReadonlySet<string>;
  /** A client whose request was not answered may be used again; otherwise its worker gets a new one. */
  readonly reusableClients?: boolean;
  /** Who judges a history. */
  checker(): Checker;
  /** What a valid history means, in words. */
  readonly meaning: string;
}
