/** `@eddy/node`: what a server imports to be a node of a cluster, under eddy and under Maelstrom alike. */
export { errorCodes, isDefinite, RPCError } from "./errors.ts";
export type { Body, Init, Message } from "./message.ts";
export { type Handler, type InitHook, Node, type Untyped } from "./node.ts";
export type { ReplyBody } from "./reply.ts";
export type { Wire } from "./stdio.ts";
