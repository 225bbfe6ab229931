/** The network: takes messages from clients and nodes, keeps each as long as its latency, and hands it over. */
import { type Clock, millisecond } from "../time/clock.ts";
import type { Random } from "../time/random.ts";
import type { Journal } from "./journal.ts";
import { drawLatency, type LatencyDistribution } from "./latency.ts";
import type { Draft, Message } from "./message.ts";
import { isClient } from "./names.ts";

/** Takes a message that has arrived. */
export type Receiver = (message: Message) => void;

export interface NetworkOptions {
  /** Of messages between servers, in ms. What a client sends or gets has no latency. */
  readonly latency: { readonly mean: number; readonly distribution: LatencyDistribution };
  readonly clock: Clock;
  readonly random: Random;
  readonly journal: Journal;
  /** Is shown each message that is sent, or received. */
  readonly sent?: (message: Message) => void;
  readonly received?: (message: Message) => void;
}

/** The one network of a run. */
export class Network {
  readonly #options: NetworkOptions;
  readonly #receivers = new Map<string, Receiver>();
  /** Everybody who was ever here: to send to one who has left is no mistake, to send to nobody is. */
  readonly #known = new Set<string>();
  #messages = 0;

  constructor(options: NetworkOptions) {
    this.#options = options;
  }

  /** Connects somebody under a name. */
  attach(name: string, receiver: Receiver): void {
    if (this.#receivers.has(name)) throw new Error(`there are two of ${name} on the network`);
    this.#receivers.set(name, receiver);
    this.#known.add(name);
  }

  /** Disconnects; messages that are still under way to that name are lost. */
  detach(name: string): void {
    this.#receivers.delete(name);
  }

  /** Whether anybody of that name is, or ever was, on the network. */
  knows(name: string): boolean {
    return this.#known.has(name);
  }

  /** Sends a message. Messages overtake each other when a later one draws a shorter latency. */
  send(draft: Draft): void {
    const { clock, random, journal, latency } = this.#options;
    const message: Message = { id: this.#messages++, ...draft };
    const now = clock.now();
    journal.send(now, message);
    this.#options.sent?.(message);
    if (isClient(message.src) || isClient(message.dest)) {
      this.#deliver(message);
      return;
    }
    const delay = drawLatency(latency.distribution, latency.mean, random) * millisecond;
    clock.schedule(now + Math.round(delay), () => this.#deliver(message));
  }

  #deliver(message: Message): void {
    const receiver = this.#receivers.get(message.dest);
    if (receiver === undefined) return;
    const { clock, journal, received } = this.#options;
    journal.receive(clock.now(), message);
    received?.(message);
    receiver(message);
  }
}
