/** The log of one key, as clients saw it: who sent what to it, and who polled what from it. */
import type { Event } from "./event.ts";
import type { Message } from "./message.ts";
import type { Read } from "./micro-operations.ts";

/** A message that a client sent. */
export interface Send {
  readonly event: Event;
  readonly message: Message;
  /** The offset that the node says the message has; unknown when it did not answer. */
  readonly offset: number | undefined;
  /** What the same process sent to the same key before. */
  readonly previous: Send | undefined;
}

/** What one poll gave of the key. */
export interface Poll extends Omit<Read, "key"> {
  readonly event: Event;
  /** The poll from which the same process was to go on in this key, if there is one. */
  readonly previous: Poll | undefined;
}

export class Log {
  readonly key: string;
  readonly sends: Send[] = [];
  readonly polls: Poll[] = [];
  /** The send of each message; while it has not ended, how it began. */
  readonly writers = new Map<Message, Send>();
  /** The messages whose send failed. */
  readonly failed = new Set<Message>();

  constructor(key: string) {
    this.key = key;
  }

  /** Somebody begins to send a message. */
  attempt(message: Message, event: Event): void {
    if (!this.writers.has(message))
      this.writers.set(message, { event, message, offset: undefined, previous: undefined });
  }

  send(send: Send): void {
    this.writers.set(send.message, send);
    if (send.event.type === "fail") this.failed.add(send.message);
    this.sends.push(send);
  }

  poll(poll: Poll): void {
    this.polls.push(poll);
  }
}
