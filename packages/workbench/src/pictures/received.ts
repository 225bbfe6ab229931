/** What everybody on the network has received so far, on a walk through the journal; what may have caused what they send next. */
import type { MessageColumns } from "./run-data.ts";

/**
 * ns. No process reads a message, thinks and writes another in less time: what it sends sooner than this after the last it
 * sent was written at once with that, though an answer may have come in between. In virtual time things take no time at all.
 */
export const reaction = 100_000;
/** ns. What is written at once is not longer. */
const longestBurst = 1_000_000;

/** What a node has sent without a pause. */
interface Burst {
  readonly start: number;
  readonly cause: number | undefined;
  last: number;
}

export class Received {
  readonly #messages: MessageColumns;
  /** The last row, by who received it. */
  readonly #last = new Map<number, number>();
  /** The last request with a number, by who sent it and who received it; and by who sent it alone. */
  readonly #requests = new Map<number, Map<number, number>>();
  readonly #bySender = new Map<number, Map<number, number>>();
  readonly #bursts = new Map<number, Burst>();

  constructor(messages: MessageColumns) {
    this.#messages = messages;
  }

  /** A message has arrived. */
  add(row: number): void {
    const { src, dest, msgId } = this.#messages;
    const [from = -1, to = -1, number = -1] = [src[row], dest[row], msgId[row]];
    this.#last.set(to, row);
    if (number < 0) return;
    numbersOf(this.#requests, this.#pair(from, to)).set(number, row);
    numbersOf(this.#bySender, from).set(number, row);
  }

  /** Takes note that a message is sent, and returns the last message that its sender can have had in mind. */
  before(row: number): number | undefined {
    const { src, sent, arrived } = this.#messages;
    const [sender = -1, now = 0] = [src[row], sent[row]];
    const last = this.#last.get(sender);
    const burst = this.#bursts.get(sender);
    const atOnce = burst && now - burst.last <= reaction && now - burst.start <= longestBurst;
    if (atOnce && !(last !== undefined && arrived[last] === now)) {
      burst.last = now;
      return burst.cause;
    }
    this.#bursts.set(sender, { start: now, last: now, cause: last });
    return last;
  }

  /** The latest request with this number. */
  request(sender: number, receiver: number, number: number): number | undefined {
    return this.#requests.get(this.#pair(sender, receiver))?.get(number);
  }

  /** A client counts its requests: one with the same number is the same one, and on its way again. */
  handedOn(client: number, number: number): number | undefined {
    return this.#bySender.get(client)?.get(number);
  }

  #pair(sender: number, receiver: number): number {
    return sender * this.#messages.names.length + receiver;
  }
}

/** The list of a key, which is made when there is none. */
export function numbersOf(all: Map<number, Map<number, number>>, key: number): Map<number, number> {
  const known = all.get(key);
  if (known) return known;
  const made = new Map<number, number>();
  all.set(key, made);
  return made;
}
