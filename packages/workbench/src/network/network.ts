/** The network: takes messages from clients and nodes, keeps each as long as its latency, and hands it over - or loses it. */
import { type Clock, millisecond } from "../time/clock.ts";
import type { Random } from "../time/random.ts";
import type { DropReason, Journal } from "./journal.ts";
import { drawLatency } from "./latency.ts";
import { type Link, Links } from "./link.ts";
import type { Draft, Message } from "./message.ts";
import { isClient } from "./names.ts";
import { Partition } from "./partition.ts";

/** Somebody on the network. */
export interface Receiver {
  /** Takes a message that has arrived. */
  receive(message: Message): void;
  /** Whether it can take no more for now; then messages to it are lost. */
  full?(): boolean;
}

export interface NetworkOptions {
  /** The links between servers. What a client sends or gets has no latency and is never lost on the way. */
  readonly link: Link;
  readonly clock: Clock;
  /** The stream of a name: latency, loss, … draw from one each, so that none of them changes what another gets. */
  readonly random: (name: string) => Random;
  readonly journal: Journal;
  /** Is shown each message that is sent, or received. */
  readonly sent?: (message: Message) => void;
  readonly received?: (message: Message) => void;
  /** Is shown each message that does not arrive. */
  readonly dropped?: (message: Message, why: DropReason) => void;
}

/** Bytes of messages that may be under way at once; what is sent beyond them is lost. */
export const maxUnderWay = 256 * 1024 * 1024;
/** Bytes that a message takes beside its body, about. */
const overhead = 1000;
/** ms for which a message that is reordered is held back at most, if the link's latency is less than half of it. */
const holdBack = 10;

/** The one network of a run. */
export class Network {
  readonly links: Links;
  readonly partition = new Partition();
  readonly #options: NetworkOptions;
  readonly #random: Readonly<Record<"latency" | "loss" | "duplication" | "reordering", Random>>;
  readonly #receivers = new Map<string, Receiver>();
  /** Everybody who was ever here: to send to one who has left is no mistake, to send to nobody is. */
  readonly #known = new Set<string>();
  #messages = 0;
  #underWay = 0;
  /** Messages that have arrived while another was being handed over. */
  readonly #arrived: { readonly message: Message; readonly receiver: Receiver | undefined }[] = [];
  #handingOver = false;

  constructor(options: NetworkOptions) {
    this.#options = options;
    this.links = new Links(options.link);
    const { random } = options;
    this.#random = {
      latency: random("latency"),
      loss: random("loss"),
      duplication: random("duplication"),
      reordering: random("reordering"),
    };
  }

  /** Connects somebody under a name. */
  attach(name: string, receiver: Receiver): void {
    if (this.#receivers.has(name)) throw new Error(`there are two of ${name} on the network`);
    this.#receivers.set(name, receiver);
    this.#known.add(name);
  }

  /** Disconnects; messages that are still under way to that name are lost, also when another comes under the same. */
  detach(name: string): void {
    this.#receivers.delete(name);
  }

  /** Whether anybody of that name is, or ever was, on the network. */
  knows(name: string): boolean {
    return this.#known.has(name);
  }

  /** Sends a message, and returns its id. Messages overtake each other when a later one draws a shorter latency. */
  send(draft: Draft): number {
    const message: Message = { id: this.#messages++, ...draft };
    this.#transmit(message);
    return message.id;
  }

  #transmit(message: Message): void {
    const { src, dest } = message;
    const { clock, journal, sent } = this.#options;
    journal.send(clock.now(), message);
    sent?.(message);
    const receiver = this.#receivers.get(dest);
    if (isClient(src) || isClient(dest)) {
      this.#arrive(message, receiver);
      return;
    }
    const link = this.links.between(src, dest);
    if (chance(link.loss, this.#random.loss)) {
      this.#drop(message, "loss");
      return;
    }
    this.#carry(message, receiver, link);
    if (chance(link.duplication, this.#random.duplication)) this.#carry(message, receiver, link);
  }

  #carry(message: Message, receiver: Receiver | undefined, { latency, reordering }: Link): void {
    const { clock } = this.#options;
    let delay = drawLatency(latency.distribution, latency.mean, this.#random.latency);
    if (chance(reordering, this.#random.reordering))
      delay += Math.max(holdBack, 2 * latency.mean) * this.#random.reordering.float();
    if (delay === 0) {
      this.#arrive(message, receiver);
      return;
    }
    const size = message.text.length + overhead;
    if (this.#underWay + size > maxUnderWay) {
      this.#drop(message, "full");
      return;
    }
    this.#underWay += size;
    clock.schedule(clock.now() + Math.round(delay * millisecond), () => {
      this.#underWay -= size;
      this.#arrive(message, receiver);
    });
  }

  /** Hands a message over, after those that arrived before: who takes one may send others, which arrive at once. */
  #arrive(message: Message, receiver: Receiver | undefined): void {
    this.#arrived.push({ message, receiver });
    if (this.#handingOver) return;
    this.#handingOver = true;
    try {
      for (let i = 0; i < this.#arrived.length; i++) {
        const next = this.#arrived[i];
        if (next !== undefined) this.#handOver(next.message, next.receiver);
      }
    } finally {
      this.#arrived.length = 0;
      this.#handingOver = false;
    }
  }

  #handOver(message: Message, receiver: Receiver | undefined): void {
    const { clock, journal, received } = this.#options;
    if (this.partition.separates(message.src, message.dest)) this.#drop(message, "partition");
    else if (receiver === undefined || this.#receivers.get(message.dest) !== receiver)
      this.#drop(message, "down");
    else if (receiver.full?.()) this.#drop(message, "full");
    else {
      journal.receive(clock.now(), message);
      received?.(message);
      receiver.receive(message);
    }
  }

  #drop(message: Message, why: DropReason): void {
    this.#options.journal.drop(this.#options.clock.now(), message, why);
    this.#options.dropped?.(message, why);
  }
}

/** Whether what happens to a part of all happens now. Where it never does, nothing is drawn. */
function chance(part: number, random: Random): boolean {
  return part > 0 && random.float() < part;
}
