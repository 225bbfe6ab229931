/** The journal: every send and every receive of the run, with its time, as JSON lines and as counts. */
import type { Message } from "./message.ts";
import { isClient } from "./names.ts";

/** How often messages of some kind were sent and received. */
export interface MessageCount {
  readonly sent: number;
  readonly received: number;
  /** Sent messages by the type of their bodies, in the order in which the types appeared. */
  readonly byType: ReadonlyMap<string, number>;
}

/** The counts of a whole run: messages that a client sent or got, and messages between servers. */
export interface JournalCounts {
  readonly clients: MessageCount;
  readonly servers: MessageCount;
}

class Count implements MessageCount {
  sent = 0;
  received = 0;
  readonly byType = new Map<string, number>();

  add(type: string): void {
    this.sent++;
    const kind = this.byType.has(type) || this.byType.size < maxTypes ? type : otherTypes;
    this.byType.set(kind, (this.byType.get(kind) ?? 0) + 1);
  }
}

/** A node that invents a type for each message must not fill our memory. */
const maxTypes = 1000;
const otherTypes = "(other types)";

/** The type of a body for counting; bodies between servers need not have one. */
const untyped = "(no type)";

/** Writes down what the network does. A send carries the body; a receive refers to it by the message's id. */
export class Journal {
  readonly #write: (line: string) => void;
  readonly #clients = new Count();
  readonly #servers = new Count();

  /** @param write takes the journal's lines, each with its line end */
  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  get counts(): JournalCounts {
    return { clients: this.#clients, servers: this.#servers };
  }

  /** @param time ns since the start of the run */
  send(time: number, message: Message): void {
    const count = this.#countOf(message);
    const type = typeof message.body.type === "string" ? message.body.type.slice(0, 100) : untyped;
    count.add(type);
    this.#write(`${head(time, "send", message)},"body":${message.text}}\n`);
  }

  /** @param time ns since the start of the run */
  receive(time: number, message: Message): void {
    this.#countOf(message).received++;
    this.#write(`${head(time, "recv", message)}}\n`);
  }

  #countOf({ src, dest }: Message): Count {
    return isClient(src) || isClient(dest) ? this.#clients : this.#servers;
  }
}

function head(time: number, event: "send" | "recv", { id, src, dest }: Message): string {
  return `{"time":${time},"event":"${event}","id":${id},"src":${JSON.stringify(src)},"dest":${JSON.stringify(dest)}`;
}
