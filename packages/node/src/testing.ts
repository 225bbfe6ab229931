/**
 * `@eddy/node/testing`: a network in memory on which a unit test runs servers, without processes and without waiting.
 * The test moves the clock, and messages can be dropped, held and reordered.
 */
import { setImmediate } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { RPCError } from "./errors.ts";
import { toJSON } from "./json.ts";
import { type Message, parseMessage } from "./message.ts";
import { Node } from "./node.ts";
import type { Requests, Untyped } from "./protocol.ts";

/** Chooses messages. */
export type Which = (message: Message) => boolean;

/** A node that is not typed yet, and that fits a server of whatever protocol. */
export type AnyNode = Node & Node<never>;

/** A node on the network, as the network sees it. */
interface Member {
  readonly kind: "server" | "client" | "service";
  readonly name: string;
  readonly take: (line: string) => void;
  readonly stop: () => Promise<void>;
}

/** Something that will happen, at a time in ms. */
interface Event {
  readonly due: number;
  readonly run: () => void;
}

/** Sends `init`, and gets the answer. */
const initialiser = "c0";

const services: ReadonlyMap<string, (node: Node) => void> = new Map([
  ["lin-kv", keyValueStore],
  ["seq-kv", keyValueStore],
  ["lww-kv", keyValueStore],
  ["lin-tso", timestampOracle],
]);

/** Messages that {@link TestNetwork.hold} keeps back. */
export interface Held {
  /** Those that wait, in the order in which they were sent. */
  readonly messages: Message[];
  /** Lets some of them go, in the order given; more are still held. Throws when one is not held. */
  deliver(...messages: readonly Message[]): void;
  /** Lets all of them go, and holds no more. */
  release(): void;
}

/**
 * A network in memory. Messages arrive by themselves and at once, or between servers after `latency`; all promises that
 * one sets going are done before the next. Time stands still but for {@link TestNetwork.advance}. The services `lin-kv`,
 * `seq-kv`, `lww-kv` and `lin-tso` are there, and all of them linearizable.
 */
export class TestNetwork {
  /** All messages that were sent, in their order, but for `init` and its answer; those that were dropped or are held, too. */
  readonly messages: Message[] = [];
  readonly #latency: number;
  readonly #members = new Map<string, Member>();
  /** Names of all servers there are or were, in the order of their first start; and of all nodes that were stopped. */
  readonly #servers = new Set<string>();
  readonly #stopped = new Set<string>();
  /** Nodes that have nothing more to say. */
  readonly #silent = new Set<Member>();
  /** What catches messages; returns whether it did. */
  readonly #catches = new Set<Which>();
  /** What will happen, the first first. */
  readonly #agenda: Event[] = [];
  #now = 0;
  #clients = 0;
  #active = 0;
  #work = Promise.resolve();

  constructor(latency: number) {
    this.#latency = latency;
  }

  /** The time on this network, in ms since its beginning. */
  get now(): number {
    return this.#now;
  }

  /**
   * Starts a node, or starts one again that was stopped. It is given to `serve`, which registers its handlers and does
   * not call `run`. `init` comes when the test waits for something the next time, and names all servers there are by then.
   */
  start(name: string, serve: (node: AnyNode) => unknown): Node {
    // A method takes parameters that are narrower than declared: what the server's protocol is, is its own claim.
    const server: { serve(node: Node): unknown } = { serve };
    return this.#add("server", name, server.serve);
  }

  /** A client with a name of its own: a node that has had its `init`, for its `rpc` and `send`. */
  client<P extends Requests<P> = Untyped>(): Node<P> {
    this.#clients += 1;
    return this.#add<P>("client", `c${this.#clients}`, () => {});
  }

  /** Ends a node, as the end of its input does; what it is sent from now on is lost. Resolves when its handlers are done. */
  async stop(name: string): Promise<void> {
    const member = this.#members.get(name);
    if (member === undefined) throw new Error(`there is no node ${name} to stop`);
    this.#members.delete(name);
    this.#stopped.add(name);
    await member.stop();
    this.#silent.add(member);
  }

  /** Drops the messages that are chosen, until the function that it returns is called. */
  drop(which: Which): () => void {
    const caught = (message: Message): boolean => which(message);
    this.#catches.add(caught);
    return () => this.#catches.delete(caught);
  }

  /** Holds the messages that are chosen, to be delivered later, in any order. */
  hold(which: Which): Held {
    const messages: Message[] = [];
    const deliver = (...chosen: readonly Message[]): void => {
      for (const message of chosen) {
        const at = messages.indexOf(message);
        if (at === -1) throw new Error("a message that is not held cannot be delivered");
        messages.splice(at, 1);
        this.#deliver(message);
      }
    };
    const end = this.drop((message) => which(message) && messages.push(message) > 0);
    const release = (): void => {
      end();
      for (const message of messages.splice(0)) this.#deliver(message);
    };
    return { messages, deliver, release };
  }

  /** Lets so many ms pass, 0 or more, with all that happens in them, one thing after the other. */
  async advance(ms: number): Promise<void> {
    if (!(ms >= 0)) throw new RangeError(`time passes by 0 ms or more, not by ${ms}`);
    this.#active += 1;
    const work = this.#work
      .then(() => this.#pass(ms))
      .finally(() => {
        this.#active -= 1;
      });
    this.#work = work.catch(() => {});
    await work;
  }

  async #pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (;;) {
      // By the next turn of the event loop all promises that can be are settled.
      await setImmediate();
      const [event] = this.#agenda;
      if (event === undefined || event.due > until) break;
      this.#agenda.shift();
      this.#now = event.due;
      event.run();
    }
    this.#now = until;
  }

  #add<P extends Requests<P>>(
    kind: Member["kind"],
    name: string,
    serve: (node: Node<P>) => unknown,
  ): Node<P> {
    if (this.#members.has(name)) throw new Error(`there is a node ${name} already`);
    const node = new Node<P>();
    let take = (_: string): void => {};
    let end = (): void => {};
    const run = node.run({
      read: (receive) => {
        take = receive;
        return new Promise((resolve) => {
          end = resolve;
        });
      },
      write: (line) => this.#send(member, line),
      flush: async () => {},
      clock: { now: () => this.#now, after: (ms, work) => this.#schedule(ms, work) },
      random: () => 0.5,
    });
    const stop = (): Promise<void> => {
      end();
      return run;
    };
    const member = { kind, name, take, stop };
    serve(node);
    this.#members.set(name, member);
    if (kind === "server") this.#servers.add(name);
    const init = (): void => {
      const body = { type: "init", msg_id: 0, node_id: name, node_ids: [...this.#servers] };
      take(JSON.stringify({ src: initialiser, dest: name, body }));
    };
    if (kind === "server") this.#schedule(0, init);
    else init();
    return node;
  }

  #send(from: Member, line: string): void {
    const message = parseMessage(line);
    if (typeof message === "string")
      throw new Error(`${from.name} sent what is no message: ${message}: ${line}`);
    const { src, dest } = message;
    if (dest === initialiser) return;
    // A stopped node says what its handlers still have to say, but not in the name of the one that took its place.
    if (this.#silent.has(from) || (this.#members.get(src) ?? from) !== from) return;
    const service = services.get(dest);
    if (service !== undefined && !this.#members.has(dest) && !this.#stopped.has(dest))
      this.#add("service", dest, service);
    if (!this.#members.has(dest) && !this.#stopped.has(dest))
      throw new Error(`${src} sent a message to ${dest}, and there is no such node on the network`);
    this.messages.push(message);
    for (const caught of this.#catches) if (caught(message)) return;
    this.#deliver(message);
  }

  #deliver(message: Message): void {
    const { src, dest } = message;
    const receiver = this.#members.get(dest);
    const ofClient = receiver?.kind === "client" || this.#members.get(src)?.kind === "client";
    const line = toJSON(message) ?? "";
    this.#schedule(ofClient ? 0 : this.#latency, () => {
      if (this.#members.get(dest) === receiver) receiver?.take(line);
    });
  }

  #schedule(ms: number, run: () => void): () => void {
    const event = { due: this.#now + ms, run };
    this.#agenda.splice(this.#agenda.findLastIndex(({ due }) => due <= event.due) + 1, 0, event);
    if (this.#active === 0) void this.advance(0);
    return () => {
      const at = this.#agenda.indexOf(event);
      if (at !== -1) this.#agenda.splice(at, 1);
    };
  }
}

/** @param options.latency how long a message takes between servers, and to and from services, in ms; 0 unless given */
export function testNetwork({ latency = 0 }: { readonly latency?: number | undefined } = {}): TestNetwork {
  return new TestNetwork(latency);
}

function keyValueStore(node: Node): void {
  const values = new Map<unknown, unknown>();
  const read = (key: unknown): unknown => {
    if (values.has(key)) return values.get(key);
    throw RPCError.keyDoesNotExist(`there is no key ${key}`);
  };
  node.handle("read", ({ body }) => ({ type: "read_ok", value: read(body.key) }));
  node.handle("write", ({ body }) => {
    values.set(body.key, body.value);
    return { type: "write_ok" };
  });
  node.handle("cas", ({ body: { key, from, to, create_if_not_exists } }) => {
    const create = create_if_not_exists === true && !values.has(key);
    if (!create && !isDeepStrictEqual(read(key), from))
      throw RPCError.preconditionFailed(`the value of ${key} is another one`);
    values.set(key, to);
    return { type: "cas_ok" };
  });
}

function timestampOracle(node: Node): void {
  let ts = 0;
  node.handle("ts", () => ({ type: "ts_ok", ts: ts++ }));
}
