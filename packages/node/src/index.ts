/** `@eddy/node`: what a server imports to be a node of a cluster, under eddy and under Maelstrom alike. */
export type { Backoff, Caller, RPCOptions } from "./calls.ts";
export type { Clock } from "./clock.ts";
export { errorCodes, isDefinite, RPCError } from "./errors.ts";
export { type Key, LinKV, LWWKV, type OnceOptions, SeqKV } from "./kv.ts";
export type { Body, Init, Message } from "./message.ts";
export { Node } from "./node.ts";
export type {
  AnyBody,
  ErrorBody,
  Handler,
  InitHook,
  Request,
  Requests,
  TypedBody,
  Untyped,
} from "./protocol.ts";
export type { Schema } from "./schema.ts";
export type { Wire } from "./stdio.ts";
export { LinTSO } from "./tso.ts";
