/** The protocol's shapes: what travels between nodes, one JSON object a line. Everything else builds on these. */
import { parseJSON } from "./json.ts";

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

/**
 * The beginning of a line as the workbenches and this library write it. What follows is the body, and a brace. A name of
 * more than 12 characters would be a view of the line, and whoever remembers the name would keep all of the line.
 */
const envelope = /^\{(?:"id":(?:0|[1-9]\d*),)?"src":"([\w-]{1,12})","dest":"([\w-]{1,12})","body":(?=\{)/;

/** Reads one line of input as a message. Returns what is wrong with it, in words, when it is none. */
export function parseMessage(line: string): Message | string {
  const found = envelope.exec(line);
  if (found !== null && line.endsWith("}")) {
    // To parse the body alone takes two thirds of the time of parsing it all.
    const [start, src = "", dest = ""] = found;
    const body = parseJSON(line.slice(start.length, -1));
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

/** The beginnings of lines that a node writes, up to the body. They are few, and to make one costs as much as a short body. */
export class Envelopes {
  readonly #starts = new Map<string, string>();
  #src = "";

  start(src: string, dest: string): string {
    const known = this.#starts.get(dest);
    if (known !== undefined && src === this.#src) return known;
    // Names can be any, and as many: those of a usual cluster are kept.
    if (src !== this.#src || this.#starts.size >= 1000) this.#starts.clear();
    this.#src = src;
    const start = `{"src":${JSON.stringify(src)},"dest":${JSON.stringify(dest)},"body":`;
    this.#starts.set(dest, start);
    return start;
  }
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

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isBody(body: Record<string, unknown>): body is Record<string, unknown> & Body {
  const { type, msg_id, in_reply_to } = body;
  return (
    typeof type === "string" &&
    (msg_id === undefined || Number.isSafeInteger(msg_id)) &&
    (in_reply_to === undefined || Number.isSafeInteger(in_reply_to))
  );
}
