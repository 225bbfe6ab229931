/** A node of the cluster: takes messages off the wire, hands each to the handler of its type, and sends what they say. */
import { type Caller, Calls, call, type RPCOptions } from "./calls.ts";
import { type Clock, checkDuration, machineClock } from "./clock.ts";
import { Envelopes } from "./envelope.ts";
import { RPCError } from "./errors.ts";
import { Interval } from "./interval.ts";
import { toJSON } from "./json.ts";
import { log, show } from "./log.ts";
import { excerpt, type Init, isInit, type Message, parseMessage } from "./message.ts";
import type * as protocol from "./protocol.ts";
import { Incoming, isPromise, isTyped, notTyped, withNumber } from "./request.ts";
import { check, type Schema } from "./schema.ts";
import { stdio, type Wire } from "./stdio.ts";

/**
 * A handler of whatever type, as it is kept. Written as a method because those take parameters that are narrower than
 * declared: that bodies have the fields that the protocol promises is the server's claim, which only a schema checks.
 */
interface AnyHandler {
  handle(request: Incoming): unknown;
}

/** What there is from `run` on. */
interface Running {
  readonly wire: Wire;
  readonly clock: Clock;
  readonly calls: Calls;
}

/**
 * One node. Register handlers, then {@link Node.run} it:
 *
 * ```ts
 * const node = new Node();
 * node.handle("echo", ({ body }) => ({ type: "echo_ok", echo: body.echo }));
 * await node.run();
 * ```
 */
export class Node<P extends protocol.Requests<P> = protocol.Untyped> implements Caller {
  readonly #handlers = new Map<string, AnyHandler>();
  readonly #intervals = new Set<Interval>();
  #running: Running | undefined;
  /** What `init` told. */
  #self: Init | undefined;
  /** From the answer to `init` on, until the input ends, requests are handled. Before that they wait in `#early`. */
  #state: "early" | "ready" | "ended" = "early";
  readonly #early: Incoming[] = [];
  readonly #envelopes = new Envelopes();
  /** Handlers that are still at work. */
  #inFlight = 0;
  #whenIdle: () => void = () => {};

  /** This node's name, e.g. `"n0"`. Throws before `init` has told it. */
  get id(): string {
    return this.#known().node_id;
  }

  /** The names of all nodes of the cluster, this one included. Throws before `init` has told them. */
  get nodeIds(): readonly string[] {
    return this.#known().node_ids;
  }

  /** Registers what runs when `init` comes. The node itself answers it, when the hook is done. */
  handle(type: "init", hook: protocol.InitHook): void;
  /**
   * Registers the handler of a request type. Handlers of different messages run at once: an `await` in one lets the
   * others go on. With a schema the handler gets what the schema makes of the body, and a body that does not fit is
   * refused with error 12; the schema sees all of it, `type` and `msg_id` too.
   *
   * @throws {Error} when the type has a handler already
   */
  handle<T extends keyof P & string, Output>(
    type: T,
    handler: protocol.Handler<Output, protocol.ReplyOf<P, T>>,
    options: { readonly schema: Schema<Output> },
  ): void;
  handle<T extends keyof P & string>(
    type: T,
    handler: protocol.Handler<protocol.RequestOf<P, T>, protocol.ReplyOf<P, T>>,
  ): void;
  handle(
    type: string,
    handler: (request: never) => unknown,
    { schema }: { readonly schema?: Schema<unknown> } = {},
  ): void {
    if (this.#handlers.has(type)) throw new Error(`a handler for "${type}" is registered already`);
    const plain: AnyHandler = { handle: handler };
    if (schema === undefined) this.#handlers.set(type, plain);
    else this.#handlers.set(type, { handle: (request) => check(schema, request, plain.handle) });
  }

  /**
   * Answers a request. The first answer counts: a second one is logged and not sent. A message without a `msg_id`
   * asked for none and gets none.
   *
   * @throws {TypeError} when the body has no type, or cannot be written as JSON
   */
  reply<R extends protocol.TypedBody = protocol.AnyBody>(
    request: protocol.Request<unknown, R>,
    body: (R & {}) | protocol.ErrorBody,
  ): void {
    if (!(request instanceof Incoming))
      throw new TypeError("reply() is for a request that a handler was given");
    request.answer(body);
  }

  /**
   * Sends a message that expects no reply: one of the protocol, or any object without a type.
   *
   * @throws {TypeError} when `dest` is not a string, or the body is not an object that can be written as JSON
   */
  send<T extends keyof P & string>(dest: string, body: protocol.Question<P, T> | protocol.Typeless): void {
    const text = toJSON(body);
    if (!text?.startsWith("{"))
      throw new TypeError(`the body of a message is an object, and ${show(body)} is none`);
    this.#transmit(this.id, dest, text);
  }

  /**
   * Sends a request and waits for its reply's body. Many can wait at once.
   *
   * @throws {RPCError} what came back as an error; or 0, timeout, which is indefinite: the request may have been handled
   * @throws the signal's reason, when it is aborted
   */
  rpc<T extends keyof P & string>(
    dest: string,
    body: protocol.Question<P, T>,
    options?: RPCOptions,
  ): Promise<protocol.ReplyOf<P, T>> {
    return this[call](dest, body, options);
  }

  [call]<Reply>(dest: string, body: protocol.SomeBody, options?: RPCOptions): Promise<Reply>;
  [call](dest: string, body: protocol.TypedBody, options: RPCOptions = {}): Promise<unknown> {
    let text: string | undefined;
    const send = (msgId: number): void => {
      text ??= withNumber(body, "msg_id", msgId);
      this.#transmit(this.id, dest, text);
    };
    try {
      if (!isTyped(body)) throw new TypeError(notTyped("a request", body));
      return this.#runs().calls.call(`"${body.type}" from ${show(dest)}`, send, options);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /**
   * Does something every so many milliseconds, such as gossip: the first time so long after `init`, the last time
   * before the input ends. While one time is not over, the next are left out. What goes wrong is logged, and it goes on.
   *
   * @returns what ends it
   * @throws {RangeError} when `ms` is not above 0 and at most 2^31 - 1
   */
  every(ms: number, work: () => void | Promise<void>): () => void {
    checkDuration("the interval of every()", ms);
    const interval = new Interval(ms, work);
    this.#intervals.add(interval);
    if (this.#state === "ready") interval.start(this.#runs().clock);
    return () => {
      this.#intervals.delete(interval);
      void interval.stop();
    };
  }

  /** Writes a line to the node's log, which is stderr. What is not a string is shown as `console.log` would. */
  readonly log = log;

  /**
   * Reads messages from stdin and hands them out until stdin ends; resolves when every handler is done and every
   * reply is written. From its start on, whatever else would reach stdout (`console.log`) goes to stderr. On SIGTERM
   * the process writes what it has to write, and exits with code 0.
   *
   * @throws {Error} when the node runs already
   */
  async run(given?: Wire): Promise<void> {
    if (this.#running !== undefined) throw new Error("the node runs already: call run() once");
    const wire = given ?? stdio();
    const { clock = machineClock, random = Math.random } = wire;
    const calls = new Calls(clock, random);
    this.#running = { wire, clock, calls };
    await wire.read(this.#receive);
    this.#state = "ended";
    calls.end();
    const intervals = [...this.#intervals].map((interval) => interval.stop());
    const handlers = new Promise<void>((resolve) => {
      this.#whenIdle = resolve;
      if (this.#inFlight === 0) resolve();
    });
    await Promise.race([Promise.all([...intervals, handlers]), wire.stuck?.() ?? new Promise(() => {})]);
    if (this.#inFlight > 0) log(`handlers that wait for what will never come: ${this.#inFlight}`);
    if (this.#early.length > 0)
      log(`the input ended before init: ${this.#early.length} messages were not handled`);
    await wire.flush();
  }

  #known(): Init {
    if (this.#self !== undefined) return this.#self;
    throw new Error("a node has no id and no peers before init: ask in a handler");
  }

  #runs(): Running {
    if (this.#running !== undefined) return this.#running;
    throw new Error("the node does not run yet: call run() before sending");
  }

  readonly #receive = (line: string): void => {
    if (line === "") return;
    const message = parseMessage(line);
    if (typeof message === "string") {
      log(`skipped a line: ${message}: ${excerpt(line)}`);
      return;
    }
    const { body, src } = message;
    if (body.in_reply_to !== undefined) {
      const asked = this.#runs().calls.settle(body.in_reply_to, body);
      if (!asked) log(`skipped a reply to a request that was never sent: ${excerpt(line)}`);
      return;
    }
    const request = new Incoming(message, this.#transmit);
    if (body.type === "init") void this.#answerLater(request, this.#init(message));
    else if (this.#state === "ready") this.#dispatch(request);
    else {
      if (this.#self === undefined && this.#early.length === 0)
        log(`waiting for init: until then, "${body.type}" from ${src} has to wait, too`);
      this.#early.push(request);
    }
  };

  async #init(message: Message): Promise<protocol.TypedBody> {
    const { body } = message;
    if (this.#self !== undefined)
      throw RPCError.malformedRequest(`this node is ${this.id} already, init comes once`);
    if (!isInit(body))
      throw RPCError.malformedRequest("init needs a node_id, and a list of node_ids, all of them strings");
    this.#self = body;
    const drop = (_src: string, _dest: string, body: string): void =>
      log(`the init hook sent ${body}: dropped, because the node answers init itself when the hook is done`);
    try {
      await this.#handlers.get("init")?.handle.call(undefined, new Incoming(message, drop));
      return { type: "init_ok" };
    } catch (error) {
      this.#self = undefined;
      throw error;
    }
  }

  /** Handles all that has waited for `init`, no faster than the answers are read, and from then on what comes at once. */
  async #begin(): Promise<void> {
    const { wire, clock } = this.#runs();
    for (const early of this.#early) {
      if (wire.full) await wire.flush();
      this.#dispatch(early);
    }
    this.#early.length = 0;
    if (this.#state === "ended") return;
    this.#state = "ready";
    for (const interval of this.#intervals) interval.start(clock);
  }

  #dispatch(request: Incoming): void {
    const handler = this.#handlers.get(request.type);
    if (handler === undefined) {
      request.refuse(RPCError.notSupported(`this node has no handler for "${request.type}"`));
      return;
    }
    try {
      const { handle } = handler;
      const reply = handle(request);
      // Waiting costs a turn even for what is there already, so only a promise is waited for.
      if (isPromise(reply)) void this.#answerLater(request, reply);
      else if (reply !== undefined) request.answer(reply);
    } catch (error) {
      request.refuse(error);
    }
  }

  async #answerLater(request: Incoming, promise: PromiseLike<unknown>): Promise<void> {
    this.#inFlight += 1;
    try {
      const reply = await promise;
      if (reply !== undefined) request.answer(reply);
      if (request.type === "init") await this.#begin();
    } catch (error) {
      request.refuse(error);
    }
    this.#inFlight -= 1;
    if (this.#inFlight === 0) this.#whenIdle();
  }

  readonly #transmit = (src: string, dest: string, body: string): void => {
    if (typeof dest !== "string")
      throw new TypeError(`the name of a node is a string, and ${show(dest)} is none`);
    this.#runs().wire.write(`${this.#envelopes.start(src, dest)}${body}}`);
  };
}
