/**
 * The order of a log: which message stands where, as far as polls and acknowledged sends tell. Offsets may be sparse; what
 * counts is the index: how many of the offsets that are known to hold something are lower.
 */
import type { Log, Poll, Send } from "./log.ts";
import type { Message } from "./message.ts";

/** An offset that holds a message. */
export interface Slot extends Content {
  readonly offset: number;
  /** What else it was seen to hold: there should be nothing. */
  readonly others?: ReadonlyMap<Message, Content>;
}

/** What was seen at an offset. */
export interface Content {
  readonly message: Message;
  /** Who saw it there first. */
  readonly witness: Send | Poll;
}

/** All that an offset was seen to hold: what was polled before what was only sent. */
export function contentsOf(slot: Slot): readonly Content[] {
  return slot.others === undefined ? [slot] : [slot, ...slot.others.values()];
}

export class Order {
  /** By offset; the place in this list is the index. */
  readonly slots: readonly Slot[];
  /** Where each message was seen first and last in the log. */
  readonly first = new Map<Message, number>();
  readonly last = new Map<Message, number>();
  /** The indexes of each message that has several. */
  readonly places = new Map<Message, number[]>();
  readonly #index = new Map<Message, number>();

  /** @param happened whether a send has certainly had its effect */
  constructor(log: Log, happened: (send: Send) => boolean) {
    this.slots = slotsOf(log, happened);
    for (const [index, slot] of this.slots.entries()) {
      for (const { message } of contentsOf(slot)) {
        const before = this.last.get(message);
        if (before === undefined) this.first.set(message, index);
        else this.#again(message, before, index);
        this.last.set(message, index);
      }
      this.#index.set(slot.message, index);
    }
  }

  #again(message: Message, before: number, index: number): void {
    const places = this.places.get(message) ?? [before];
    places.push(index);
    this.places.set(message, places);
  }

  /** The index of a message: the last, if it has several; none, when another message stands for its offset. */
  index(message: Message): number | undefined {
    return this.#index.get(message);
  }

  /** How far apart two messages stand; 1, as it should be, when that is not known. */
  delta(from: Message | undefined, to: Message | undefined): number {
    const start = from === undefined ? undefined : this.index(from);
    const end = to === undefined ? undefined : this.index(to);
    return start === undefined || end === undefined ? 1 : end - start;
  }

  /** What stands between two messages, no more than the first `limit` of it. */
  between(from: Message, to: Message, limit: number): readonly Slot[] {
    const start = (this.index(from) ?? 0) + 1;
    const end = this.index(to) ?? 0;
    return this.slots.slice(start, Math.min(end, start + limit));
  }
}

function slotsOf(log: Log, happened: (send: Send) => boolean): readonly Slot[] {
  const slots = new Map<number, Slot & { others?: Map<Message, Content> }>();
  const found = (offset: number | undefined, message: Message, witness: Send | Poll): void => {
    if (offset === undefined) return;
    const slot = slots.get(offset);
    if (slot === undefined) slots.set(offset, { offset, message, witness });
    else if (slot.message !== message) {
      slot.others ??= new Map();
      if (!slot.others.has(message)) slot.others.set(message, { message, witness });
    }
  };
  for (const poll of log.polls)
    for (const [i, message] of poll.messages.entries()) found(poll.offsets[i], message, poll);
  for (const send of log.sends) if (happened(send)) found(send.offset, send.message, send);
  return [...slots.values()].sort((a, b) => a.offset - b.offset);
}
