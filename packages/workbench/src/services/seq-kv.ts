/**
 * The service `seq-kv`: a sequentially consistent key-value store. Clients may see old states, but none goes back behind
 * a state that it has seen.
 */
import type { Random } from "../time/random.ts";
import { applyKv, parseKv } from "./kv-operation.ts";
import { RecentStates } from "./recent-states.ts";
import type { Reply, Request, Service } from "./service.ts";

/** States that are kept, as many as in the original. */
const kept = 32;

/** An operation that changes nothing runs on any state from the one that its client saw last; others on the newest. */
export class SeqKv implements Service {
  readonly #random: Random;
  readonly #states = new RecentStates(kept);
  /** The state that each client saw last. */
  readonly #seen = new Map<string, number>();

  /** @param random says which state an operation sees */
  constructor(random: Random) {
    this.#random = random;
  }

  handle(request: Request): Reply {
    const operation = parseKv(request);
    if (operation.type === "error") return operation;
    const { key } = operation;
    const states = this.#states;
    // What a client saw last may be kept no more; then all that is kept is newer.
    const oldest = Math.max(this.#seen.get(request.client) ?? 0, states.oldest);
    const state = oldest + this.#random.integer(states.newest - oldest + 1);
    const past = applyKv(operation, states.get(state, key));
    if (past.written === undefined) {
      // It fits into the past, between what made this state and what made the next.
      this.#seen.set(request.client, state);
      return past.reply;
    }
    const { reply, written } = applyKv(operation, states.get(states.newest, key));
    if (written !== undefined) states.set(key, written);
    this.#seen.set(request.client, states.newest);
    return reply;
  }
}
