/** What goes into a reply: the body that a handler gives, or what it throws, on its way to JSON. */
import { RPCError } from "./errors.ts";
import { show } from "./log.ts";
import { isObject } from "./message.ts";

/** The least that the body of a reply has; the node adds `in_reply_to`. */
export interface ReplyBody {
  readonly type: string;
}

/** Whether a value can be the body of a reply. */
export function isReplyBody(value: unknown): value is ReplyBody {
  return isObject(value) && typeof value.type === "string";
}

/** Says that a value is no body of a reply. */
export function noReply(value: unknown): string {
  return `a reply is an object with a type, and ${show(value)} is none`;
}

/** What was thrown, if it is an RPCError. */
export function asRPCError(error: unknown): RPCError | undefined {
  try {
    return error instanceof RPCError ? error : undefined;
  } catch {
    // There are things that do not even tell what they are.
    return undefined;
  }
}

/** What an error says, whatever was thrown. */
export function explain(error: unknown): string {
  try {
    if (error instanceof Error && typeof error.message === "string") return error.message;
  } catch {
    // Even to look at it may fail.
  }
  return show(error);
}

/**
 * The body as JSON with `in_reply_to` added to the text, which is cheaper than a copy of the body.
 *
 * @throws {TypeError} when it cannot be written as JSON, or has no type then
 */
export function withReplyTo(body: ReplyBody, msgId: number): string {
  const text = JSON.stringify(body);
  if (Object.hasOwn(body, "type") && !("toJSON" in body || "in_reply_to" in body) && text.startsWith("{")) {
    return `${text.slice(0, -1)},"in_reply_to":${msgId}}`;
  }
  // An object of its own kind: what counts is what becomes of it.
  const plain: unknown = JSON.parse(text ?? "null");
  if (!isReplyBody(plain)) throw new TypeError(noReply(body));
  return JSON.stringify({ ...plain, in_reply_to: msgId });
}
