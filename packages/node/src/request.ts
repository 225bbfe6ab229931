/** A request on its way in and its reply on the way out: who asked, the one answer, and the text of it. */
import { errorCodes, RPCError } from "./errors.ts";
import { parseJSON, toJSON } from "./json.ts";
import { log, show } from "./log.ts";
import type { Message } from "./message.ts";
import type { Request, TypedBody } from "./protocol.ts";

/** Sends the text of a body. */
type Send = (src: string, dest: string, body: string) => void;

/** A request that came in. Nobody gets two answers. */
export class Incoming implements Request<unknown> {
  readonly src: string;
  readonly dest: string;
  /** What a schema makes of it takes its place; so what is needed of it here is kept apart. */
  body: unknown;
  readonly type: string;
  readonly #msgId: number | undefined;
  readonly #send: Send;
  #answered = false;

  constructor({ src, dest, body }: Message, send: Send) {
    this.src = src;
    this.dest = dest;
    this.body = body;
    this.type = body.type;
    this.#msgId = body.msg_id;
    this.#send = send;
  }

  /** @throws {TypeError} when the body is none, or cannot be written as JSON; then the request has not been answered */
  answer(body: unknown): void {
    if (!isTyped(body)) throw new TypeError(notTyped("a reply", body));
    if (this.#msgId === undefined) return;
    if (this.#answered) {
      log(`did not send "${body.type}" to ${this.src}: its request ${this.#msgId} has been answered already`);
      return;
    }
    // Under the name that the request was sent to, which is the node's own; before `init` it knows no other.
    this.#send(this.dest, this.src, withNumber(body, "in_reply_to", this.#msgId));
    this.#answered = true;
  }

  /** Answers with an error; what has had its answer, or wants none, leaves only a line in the log. */
  refuse(error: unknown): void {
    const refusal = asRPCError(error);
    if (refusal === undefined || this.#msgId === undefined || this.#answered)
      log(`"${this.type}" from ${this.src} failed:`, refusal === undefined ? error : explain(refusal));
    if (!this.#answered)
      this.answer({ type: "error", code: refusal?.code ?? errorCodes.crash, text: explain(error) });
  }
}

/** Whether a value can be the body of a request or reply. */
export function isTyped(value: unknown): value is TypedBody {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** Says that a value is no body of a request or reply. */
export function notTyped(what: string, value: unknown): string {
  return `${what} is an object with a type, and ${show(value)} is none`;
}

export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/** What was thrown, if it is an RPCError. */
function asRPCError(error: unknown): RPCError | undefined {
  try {
    return error instanceof RPCError ? error : undefined;
  } catch {
    // There are things that do not even tell what they are.
    return undefined;
  }
}

/** What an error says, whatever was thrown. */
function explain(error: unknown): string {
  try {
    if (error instanceof Error && typeof error.message === "string") return error.message;
  } catch {
    // Even to look at it may fail.
  }
  return show(error);
}

/**
 * The body as JSON with a number added to the text, which is cheaper than a copy of the body.
 *
 * @throws {TypeError} when it cannot be written as JSON, or has no type then
 */
export function withNumber(body: TypedBody, field: "msg_id" | "in_reply_to", number: number): string {
  const text = toJSON(body);
  const plain = Object.hasOwn(body, "type") && !("toJSON" in body) && !(field in body);
  // Not `${number}`: V8 keeps such strings in a cache, and to move them about cost half of the garbage collector's time.
  if (plain && text?.startsWith("{")) return `${text.slice(0, -1)},"${field}":${JSON.stringify(number)}}`;
  // An object of its own kind: what counts is what becomes of it.
  const written = parseJSON(text ?? "null");
  if (!isTyped(written)) throw new TypeError(notTyped("the body of a request or reply", body));
  return toJSON({ ...written, [field]: number }) ?? "";
}
