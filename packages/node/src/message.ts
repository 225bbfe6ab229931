/**
 * The protocol's shapes: what travels between nodes, one JSON object a line
 * (https://github.com/jepsen-io/maelstrom/blob/main/doc/protocol.md). Everything else builds on these.
 */
import { openEnvelope } from "./envelope.ts";
import { isObject, parseJSON } from "./json.ts";

/** The payload of a message. Only `type` is required of a body that asks for a reply or is one. */
export interface Body {
  /** What kind of message this is, e.g. `"echo"`. */
  readonly type: string;
  /** The sender's number for this request, any integer (0 too). A message without one asks for no reply. */
  readonly msg_id?: number;
  /** The `msg_id` of the request that this message answers. */
  readonly in_reply_to?: number;
  readonly [field: string]: unknown;
}

/** One message on the network. */
export interface Message<B = Body> {
  /** The node or client that sent it, e.g. `"c1"`. */
  readonly src: string;
  /** The node or client that it is for, e.g. `"n0"`. */
  readonly dest: string;
  readonly body: B;
}

/** The body of the first request each node gets: who it is, and who else is there. */
export interface Init {
  readonly type: "init";
  /** The name of the node that gets this message. */
  readonly node_id: string;
  /** The names of all nodes of the cluster, this one included; the same list in the same order on each node. */
  readonly node_ids: readonly string[];
}

/** Reads one line of input as a message. Returns what is wrong with it, in words, when it is none. */
export function parseMessage(line: string): Message | string {
  // To parse the body alone is cheaper than to parse it all.
  const opened = openEnvelope(line);
  if (opened !== undefined) {
    const { src, dest } = opened;
    const body = parseJSON(opened.body);
    if (isObject(body) && isBody(body)) return { src, dest, body };
  }
  return parseAnyMessage(line);
}

function parseAnyMessage(line: string): Message | string {
  const value = parseJSON(line);
  if (value === undefined) return "it is not JSON";
  if (!isObject(value)) return "it is not a JSON object";
  const { src, dest, body } = value;
  if (typeof src !== "string") return 'its "src" is not a string';
  if (typeof dest !== "string") return 'its "dest" is not a string';
  if (!isObject(body)) return 'its "body" is not an object';
  if (isBody(body)) return { src, dest, body };
  if (typeof body.type !== "string") return 'its body has no "type"';
  const { msg_id } = body;
  const wrong = msg_id === undefined || Number.isSafeInteger(msg_id) ? "in_reply_to" : "msg_id";
  return `"${wrong}" is not an integer, or beyond 2^53`;
}

/** So much of a line as a log should show. */
export function excerpt(line: string): string {
  return line.length <= 200 ? line : `${line.slice(0, 200)}… (${line.length} characters)`;
}

/** Whether a body carries what that of an `init` must. */
export function isInit(body: object): body is Init {
  if (!("node_id" in body && "node_ids" in body)) return false;
  const { node_id, node_ids } = body;
  return (
    typeof node_id === "string" &&
    Array.isArray(node_ids) &&
    node_ids.every((name) => typeof name === "string")
  );
}

function isBody(body: Record<string, unknown>): body is Record<string, unknown> & Body {
  const { type, msg_id, in_reply_to } = body;
  return (
    typeof type === "string" &&
    (msg_id === undefined || Number.isSafeInteger(msg_id)) &&
    (in_reply_to === undefined || Number.isSafeInteger(in_reply_to))
  );
}
