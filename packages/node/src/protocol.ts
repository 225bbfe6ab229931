/** The types of a server's protocol: what the compiler knows of its requests, handlers and replies. */
import type { Body, Init, Message } from "./message.ts";

/** The least that the body of a request or reply has; the node adds `msg_id` or `in_reply_to`. */
export interface TypedBody {
  readonly type: string;
}

/** A body of which nothing is known but its type. */
export type AnyBody = TypedBody & { readonly [field: string]: unknown };

/** A body with a type, and any fields or none. */
export type SomeBody = TypedBody | AnyBody;

/** The body that refuses a request; see {@link RPCError}, which a handler can throw instead. */
export type ErrorBody = { readonly type: "error"; readonly code: number; readonly text: string };

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
  [type: string]: (request: { readonly [field: string]: unknown }) => AnyBody;
}

/** The shape of a protocol. A request that has no reply returns nothing. */
// biome-ignore lint/suspicious/noConfusingVoidType: so an interface declares a method that returns nothing
export type Requests<P> = { [T in keyof P]: (request: never) => TypedBody | void };
export type Asked<Request> = Request extends (body: infer B) => unknown ? B : never;
/** What is sent to ask for something. */
export type Question<P extends Requests<P>, T extends keyof P> = { readonly type: T } & Asked<P[T]>;
/** A message that is no request of any protocol. */
export type Typeless = { readonly type?: never; readonly [field: string]: unknown };
export type RequestOf<P extends Requests<P>, T extends keyof P> = Body & Asked<P[T]>;
export type ReplyOf<P extends Requests<P>, T extends keyof P> = ReturnType<P[T]>;

declare const answer: unique symbol;

/** A request as its handler gets it. `Reply` is what answers it; it is there for the compiler only. */
export interface Request<B = Body, Reply = AnyBody> extends Message<B> {
  readonly [answer]?: Reply;
}

/**
 * Handles the requests of one type. It returns the reply's body, at once or later, or returns nothing and calls
 * {@link Node.reply} itself, or never replies. What it throws is sent as an error.
 */
export type Handler<B, Reply> = (
  request: Request<B, Reply>,
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler without a return statement is a handler too
) => Reply | void | Promise<Reply | void>;

/** Runs when the node has learned its name, before `init` is answered. If it throws, so is `init` refused. */
export type InitHook = (message: Message<Body & Init>) => void | Promise<void>;
