/** The journal: every send and every receive of the run, with its time, as JSON lines and as counts. */
import { detached } from "./bytes.ts";
import type { Message } from "./message.ts";
import { isClient, quoted } from "./names.ts";

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

/**
 * Why a message does not arrive.
 *
 * - `loss`: the link lost it
 * - `partition`: those two are cut off from each other
 * - `down`: its receiver does not run, or not any more the one that it was sent to
 * - `full`: its receiver reads too slowly, and too much waits for it; or too much is under way
 */
export type DropReason = "loss" | "partition" | "down" | "full";

/** Counts messages by kind and type; journals that are read again count with it, too. */
export class MessageCounter implements JournalCounts {
  readonly clients = new Count();
  readonly servers = new Count();

  send({ src, dest }: Pick<Message, "src" | "dest">, type: unknown): void {
    this.#countOf(src, dest).add(typeof type === "string" ? shortened(type) : untyped);
  }

  receive({ src, dest }: Pick<Message, "src" | "dest">): void {
    this.#countOf(src, dest).received++;
  }

  #countOf(src: string, dest: string): Count {
    return isClient(src) || isClient(dest) ? this.clients : this.servers;
  }
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

function shortened(type: string): string {
  return type.length <= 100 ? type : detached(type.slice(0, 100));
}

/** The type of a body for counting; bodies between servers need not have one. */
const untyped = "(no type)";

/** Writes down what the network does. A send carries the body; what becomes of it refers to it by the message's id. */
export class Journal {
  readonly #write: (line: string) => void;
  readonly #counter = new MessageCounter();

  /** @param write takes the journal's lines as bytes, each with its line end */
  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  get counts(): JournalCounts {
    return this.#counter;
  }

  /** @param time ns since the start of the run */
  send(time: number, message: Message): void {
    this.#counter.send(message, message.body.type);
    this.#write(`${head(time, "send", message)},"body":${message.text}}\n`);
  }

  /** @param time ns since the start of the run */
  receive(time: number, message: Message): void {
    this.#counter.receive(message);
    this.#write(`${head(time, "recv", message)}}\n`);
  }

  /** @param time ns since the start of the run */
  drop(time: number, message: Message, why: DropReason): void {
    this.#write(`${head(time, "drop", message)},"why":"${why}"}\n`);
  }
}

function head(time: number, event: "send" | "recv" | "drop", { id, src, dest }: Message): string {
  return `{"time":${time},"event":"${event}","id":${id},"src":${quoted(src)},"dest":${quoted(dest)}`;
}
