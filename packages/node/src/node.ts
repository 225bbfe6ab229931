/** A node of the cluster: takes messages off the wire, hands each to the handler of its type, and sends what they say. */
import { errorCodes, RPCError } from "./errors.ts";
import { log, show } from "./log.ts";
import { type Body, type Init, isInit, isObject, type Message, parseMessage } from "./message.ts";
import { asRPCError, explain, isReplyBody, noReply, type ReplyBody, withReplyTo } from "./reply.ts";
import { stdio, type Wire } from "./stdio.ts";

/**
 * What a server understands when nothing more is said: any request type, any fields.
 *
 * A protocol of your own names the request types; each is a function from the request's body to the reply's:
 *
 * ```ts
 * interface Echo {
 *   echo(request: { echo: unknown }): { type: "echo_ok"; echo: unknown };
 * }
 * const node = new Node<Echo>();
 * ```
 */
export interface Untyped {
  [type: string]: (request: object) => ReplyBody & { readonly [field: string]: unknown };
}

type Requests<P> = { [T in keyof P]: (request: never) => ReplyBody };
type RequestOf<P extends Requests<P>, T extends keyof P> = Body & Parameters<P[T]>[0];
type ReplyOf<P extends Requests<P>, T extends keyof P> = ReturnType<P[T]>;

/**
 * Handles the requests of one type. It returns the reply's body, at once or later, or returns nothing and calls
 * {@link Node.reply} itself, or never replies. What it throws is sent as an error.
 */
export type Handler<Request, Reply> = (
  message: Message<Request>,
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler without a return statement is a handler too
) => Reply | void | Promise<Reply | void>;

/** Runs when the node has learned its name, before `init` is answered. If it throws, so is `init` refused. */
export type InitHook = (message: Message<Body & Init>) => void | Promise<void>;

/**
 * A handler of whatever type, as it is kept. Written as a method because those take parameters that are narrower than
 * declared: that bodies have the fields that the protocol promises is the server's claim, which nothing checks here.
 */
interface AnyHandler {
  handle(message: Message): unknown;
}

/** A message that came in, and whether it has had its reply: nobody gets two. */
class Incoming implements Message {
  readonly src: string;
  readonly dest: string;
  readonly body: Body;
  answered = false;

  constructor({ src, dest, body }: Message) {
    this.src = src;
    this.dest = dest;
    this.body = body;
  }
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
export class Node<P extends Requests<P> = Untyped> {
  readonly #handlers = new Map<string, AnyHandler>();
  #wire: Wire | undefined;
  #self: { readonly id: string; readonly nodeIds: readonly string[] } | undefined;
  /** `init` has been answered. Until then other requests wait in `#early`: the server is not ready for them. */
  #ready = false;
  readonly #early: Incoming[] = [];
  /** Handlers that are still at work. */
  readonly #inFlight = new Set<Promise<void>>();

  /** This node's name, e.g. `"n0"`. Throws before `init` has told it. */
  get id(): string {
    return this.#known().id;
  }

  /** The names of all nodes of the cluster, this one included. Throws before `init` has told them. */
  get nodeIds(): readonly string[] {
    return this.#known().nodeIds;
  }

  /** Registers what runs when `init` comes. The node itself answers it, when the hook is done. */
  handle(type: "init", hook: InitHook): void;
  /**
   * Registers the handler of a request type. Handlers of different messages run at once: an `await` in one lets the
   * others go on.
   *
   * @throws {Error} when the type has a handler already
   */
  handle<T extends keyof P & string>(type: T, handler: Handler<RequestOf<P, T>, ReplyOf<P, T>>): void;
  handle(type: string, handler: (message: Message<never>) => unknown): void {
    if (this.#handlers.has(type)) throw new Error(`a handler for "${type}" is registered already`);
    this.#handlers.set(type, { handle: handler });
  }

  /**
   * Answers a request. The first answer counts: a second one is logged and not sent. A message without a `msg_id`
   * asked for none and gets none.
   *
   * @throws {TypeError} when the body has no type, or cannot be written as JSON
   */
  reply<B extends ReplyBody>(request: Message, body: B): void {
    if (!isReplyBody(body)) throw new TypeError(noReply(body));
    if (request.body.type === "init" && this.#handlers.has("init") && !this.#ready) {
      log(
        `the init hook sent "${body.type}": not sent, because the node answers init itself when the hook is done`,
      );
      return;
    }
    this.#answer(request, body);
  }

  /**
   * Sends a message that expects no reply.
   *
   * @throws {TypeError} when `dest` is not a string, or the body is not an object that can be written as JSON
   */
  send(dest: string, body: object): void {
    const text: string | undefined = JSON.stringify(body);
    if (typeof dest !== "string")
      throw new TypeError(`the name of a node is a string, and ${show(dest)} is none`);
    if (!text?.startsWith("{"))
      throw new TypeError(`the body of a message is an object, and ${show(body)} is none`);
    this.#transmit(this.id, dest, text);
  }

  /**
   * Reads messages from stdin and hands them out until stdin ends; resolves when every handler is done and every
   * reply is written. From its start on, whatever else would reach stdout (`console.log`) goes to stderr.
   *
   * @throws {Error} when the node runs already
   */
  async run(wire: Wire = stdio()): Promise<void> {
    if (this.#wire !== undefined) throw new Error("the node runs already: call run() once");
    this.#wire = wire;
    await wire.read((line) => this.#receive(line));
    while (this.#inFlight.size > 0) await Promise.all(this.#inFlight);
    if (this.#early.length > 0)
      log(`the input ended before init: ${this.#early.length} messages were not handled`);
    await wire.flush();
  }

  #known(): { readonly id: string; readonly nodeIds: readonly string[] } {
    if (this.#self === undefined)
      throw new Error("a node has no id and no peers before init: ask in a handler");
    return this.#self;
  }

  #receive(line: string): void {
    if (line === "") return;
    const message = parseMessage(line);
    if (typeof message === "string") {
      log(`skipped a line: ${message}: ${excerpt(line)}`);
      return;
    }
    const { type, in_reply_to } = message.body;
    if (in_reply_to !== undefined)
      log(`skipped a reply to a request that is not waited for: ${excerpt(line)}`);
    else if (type === "init") this.#track(this.#init(new Incoming(message)));
    else if (this.#ready) this.#dispatch(new Incoming(message));
    else {
      if (this.#self === undefined && this.#early.length === 0)
        log(`waiting for init: until then, "${type}" from ${message.src} has to wait, too`);
      this.#early.push(new Incoming(message));
    }
  }

  async #init(request: Incoming): Promise<void> {
    const { body } = request;
    if (this.#self !== undefined) {
      const text = `this node is ${this.#self.id} already, init comes once`;
      this.#refuse(request, new RPCError(errorCodes.malformedRequest, text));
      return;
    }
    if (!isInit(body)) {
      const text = "init needs node_id, a string, and node_ids, a list of strings";
      this.#refuse(request, new RPCError(errorCodes.malformedRequest, text));
      return;
    }
    this.#self = { id: body.node_id, nodeIds: body.node_ids };
    try {
      await this.#handlers.get("init")?.handle.call(undefined, request);
    } catch (error) {
      this.#self = undefined;
      this.#refuse(request, error);
      return;
    }
    this.#ready = true;
    this.#answer(request, { type: "init_ok" });
    for (const early of this.#early.splice(0)) this.#dispatch(early);
  }

  #dispatch(request: Incoming): void {
    const { type } = request.body;
    const handler = this.#handlers.get(type);
    if (handler === undefined) {
      const text = `this node has no handler for "${type}"`;
      this.#refuse(request, new RPCError(errorCodes.notSupported, text));
      return;
    }
    try {
      const { handle } = handler;
      const reply = handle(request);
      // Waiting costs a turn even for what is there already, so only a promise is waited for.
      if (isPromise(reply)) this.#track(this.#replyLater(request, reply));
      else this.#replyWith(request, reply);
    } catch (error) {
      this.#refuse(request, error);
    }
  }

  async #replyLater(request: Incoming, reply: PromiseLike<unknown>): Promise<void> {
    try {
      this.#replyWith(request, await reply);
    } catch (error) {
      this.#refuse(request, error);
    }
  }

  #track(work: Promise<void>): void {
    const done = work.finally(() => this.#inFlight.delete(done));
    this.#inFlight.add(done);
  }

  #replyWith(request: Incoming, reply: unknown): void {
    if (reply === undefined) return;
    if (!isReplyBody(reply)) throw new TypeError(noReply(reply));
    this.#answer(request, reply);
  }

  /** @throws {TypeError} when the body cannot be written as JSON; then the request has not been answered */
  #answer(request: Message, body: ReplyBody): void {
    const { msg_id } = request.body;
    if (msg_id === undefined) return;
    if (request instanceof Incoming && request.answered) {
      log(`did not send "${body.type}" to ${request.src}: its request ${msg_id} has been answered already`);
      return;
    }
    // Under the name that the message was sent to: before init there is no other.
    this.#transmit(this.#self?.id ?? request.dest, request.src, withReplyTo(body, msg_id));
    if (request instanceof Incoming) request.answered = true;
  }

  /** Answers with an error; what has had its answer, or wants none, leaves only a line in the log. */
  #refuse(request: Incoming, error: unknown): void {
    const { src, body } = request;
    const refusal = asRPCError(error);
    if (refusal === undefined || body.msg_id === undefined || request.answered) {
      log(`"${body.type}" from ${src} failed:`, refusal === undefined ? error : explain(refusal));
    }
    if (request.answered) return;
    const code = refusal?.code ?? errorCodes.crash;
    const text = explain(error);
    const reply = { type: "error", code, text };
    this.#answer(request, reply);
  }

  #transmit(src: string, dest: string, body: string): void {
    if (this.#wire === undefined) throw new Error("the node does not run yet: call run() before sending");
    this.#wire.write(`{"src":${JSON.stringify(src)},"dest":${JSON.stringify(dest)},"body":${body}}`);
  }
}

/** So much of a line as a log should show. */
function excerpt(line: string): string {
  return line.length <= 200 ? line : `${line.slice(0, 200)}… (${line.length} characters)`;
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return value instanceof Promise || (isObject(value) && typeof value.then === "function");
}
