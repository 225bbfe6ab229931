/** A client: bound to one node, asks one thing at a time and waits for the answer, or for the end of its patience. */
import type { OperationError } from "../history/operation.ts";
import { fromBytes } from "../network/bytes.ts";
import { type Body, draft, type Message } from "../network/message.ts";
import type { Network } from "../network/network.ts";
import { excerpt, type Problem } from "../nodes/problem.ts";
import { type Clock, type Scheduled, second } from "../time/clock.ts";
import { errorCode } from "./errors.ts";
import { describeReply, isErrorBody, mismatch, type Rpc } from "./rpc.ts";

/** A request did not get the answer it should have. */
export class RequestFailed extends Error {
  readonly reason: OperationError;
  /** Whether it certainly did not happen. */
  readonly definite: boolean;

  constructor(reason: OperationError, definite = false) {
    super(reason.message);
    this.name = "RequestFailed";
    this.reason = reason;
    this.definite = definite;
  }
}

/** A client was made to crash, to see what becomes of what it had in hand: its operation ends `info`, and nothing is wrong. */
export class ClientCrash extends Error {}

/** How to open a client. */
export interface ClientOptions {
  readonly name: string;
  /** The node that it talks to. */
  readonly node: string;
  readonly network: Network;
  readonly clock: Clock;
  /** Is told of replies that no protocol allows: to nothing that was asked, or a second time. */
  readonly problem: (problem: Problem) => void;
}

interface Waiting {
  readonly msgId: number;
  readonly answer: (reply: Message) => void;
  readonly giveUp: (failure: RequestFailed) => void;
  readonly timer: Scheduled;
}

/** One client. It stays on the network to the end of the run, also when it asks nothing any more: a reply too many may still come. */
export class Client {
  readonly name: string;
  readonly node: string;
  readonly #options: ClientOptions;
  #lastId = 0;
  /** Why nothing is to be asked any more. */
  #interrupted: OperationError | undefined;
  #waiting: Waiting | undefined;
  /** The ids of the messages that it sent and got since they were taken last. */
  #messages: number[] = [];
  /** Requests that were given up; their replies may still come, once. */
  readonly #givenUp = new Set<number>();

  constructor(options: ClientOptions) {
    this.name = options.name;
    this.node = options.node;
    this.#options = options;
    options.network.attach(this.name, { receive: (message) => this.#receive(message) });
  }

  /**
   * Asks the node and resolves with the reply's body.
   *
   * @param fields of the request, beside `type` and `msg_id`
   * @param timeout ns
   * @throws {RequestFailed} when the node answers with an error or with something else, or not in time
   */
  async request(rpc: Rpc, fields: Readonly<Record<string, unknown>>, timeout: number): Promise<Body> {
    return (await this.exchange(rpc, fields, timeout)).body;
  }

  /** Asks as `request` does, and resolves with the whole reply, whose text is as the node wrote it. */
  async exchange(rpc: Rpc, fields: Readonly<Record<string, unknown>>, timeout: number): Promise<Message> {
    if (this.#interrupted !== undefined) throw new RequestFailed(this.#interrupted);
    if (this.#waiting !== undefined) throw new Error(`${this.name} asks one thing at a time`);
    const { type } = rpc.request;
    const msg_id = ++this.#lastId;
    const body = rpc.typeFirst ? { type, ...fields, msg_id } : { ...fields, type, msg_id };
    const reply = await this.#roundTrip(body, timeout);
    if (reply.body.type === "error") throw this.#errorReply(body, reply.body);
    const wrong = mismatch(rpc.reply, reply.body);
    if (wrong !== undefined) throw this.#malformed(body, reply.body, describeReply(rpc.reply), wrong);
    return reply;
  }

  /** The ids, in the journal, of the requests and replies since this was asked last. */
  takeMessages(): readonly number[] {
    const messages = this.#messages;
    this.#messages = [];
    return messages;
  }

  /** Gives up on the request that is under way, if there is one, and on all that follow. */
  interrupt(reason: string): void {
    this.#interrupted = { kind: "interrupted", message: reason };
    this.#giveUp(this.#interrupted);
  }

  #roundTrip(body: Body & { readonly msg_id: number }, timeout: number): Promise<Message> {
    const { network, clock } = this.#options;
    return new Promise((answer, giveUp) => {
      const timer = clock.schedule(clock.now() + timeout, () => {
        const message = `${this.node} did not answer within ${timeout / second} s`;
        this.#giveUp({ kind: "net-timeout", message });
      });
      this.#waiting = { msgId: body.msg_id, answer, giveUp, timer };
      // What it gets for an answer may come at once, and then its id is to stand behind that of the question.
      const answered = this.#messages.length;
      this.#messages.splice(answered, 0, network.send(draft(this.name, this.node, body)));
    });
  }

  #receive(message: Message): void {
    const waiting = this.#waiting;
    if (waiting !== undefined && message.body.in_reply_to === waiting.msgId) {
      this.#waiting = undefined;
      waiting.timer.cancel();
      this.#messages.push(message.id);
      waiting.answer(message);
    } else this.#stray(message);
  }

  #stray({ src, body, text }: Message): void {
    const { in_reply_to } = body;
    const asked =
      typeof in_reply_to === "number" &&
      Number.isInteger(in_reply_to) &&
      in_reply_to >= 1 &&
      in_reply_to <= this.#lastId;
    // Late is not wrong.
    if (asked && this.#givenUp.delete(in_reply_to)) return;
    const what = excerpt(JSON.stringify(in_reply_to) ?? "");
    let did = `answered request ${what} of ${this.name}, which had been answered`;
    if (in_reply_to === undefined || in_reply_to === null)
      did = `sent ${this.name} a reply without "in_reply_to": nobody can tell what it answers`;
    else if (!asked) did = `answered request ${what} of ${this.name}, which was never sent`;
    this.#options.problem({
      node: src,
      kind: asked ? "second-reply" : "unasked-reply",
      time: this.#options.clock.now(),
      message: `${src} ${did}`,
      evidence: [excerpt(fromBytes(text))],
      advice: "Each request is answered exactly once, with its msg_id as in_reply_to.",
    });
  }

  #giveUp(reason: OperationError): void {
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    this.#waiting = undefined;
    waiting.timer.cancel();
    this.#givenUp.add(waiting.msgId);
    waiting.giveUp(new RequestFailed(reason));
  }

  #errorReply(body: Body, reply: Body): RequestFailed {
    if (!isErrorBody(reply)) {
      const form = '{"type": "error", "code": integer, "text": string, "in_reply_to": integer}';
      return this.#malformed(body, reply, form, 'its "code" is not an integer or its "text" not a string');
    }
    const { name, definite } = errorCode(reply.code);
    const message =
      reply.text === undefined ? `${this.node} answered with error ${reply.code}` : excerpt(reply.text);
    return new RequestFailed({ kind: "rpc-error", message, code: reply.code, name }, definite);
  }

  #malformed(request: object, reply: object, expected: string, wrong: string): RequestFailed {
    const lines = [
      `${this.node} gave a malformed reply: ${wrong}`,
      `  asked     ${excerpt(JSON.stringify(request))}`,
      `  answered  ${excerpt(JSON.stringify(reply))}`,
      `  expected  ${expected}`,
    ];
    return new RequestFailed({ kind: "malformed-reply", message: lines.join("\n") });
  }
}
