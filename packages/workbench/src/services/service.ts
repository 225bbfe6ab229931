/**
 * What a service is: it takes a request and answers it at once. It knows nothing of the network; `host.ts` stands between.
 * All JSON here is bytes, one character each, as messages carry it.
 */

/** A request to a service. */
export interface Request {
  /** The name of who asks. */
  readonly client: string;
  readonly type: string;
  /** The fields of the body, each value as the JSON that was sent. */
  readonly fields: ReadonlyMap<string, string>;
}

/** What a service answers. */
export type Reply = OkReply | ErrorReply;

/** It was done. */
export interface OkReply {
  readonly type: `${string}_ok`;
  /** The other fields of the body, each value as JSON. */
  readonly fields: Readonly<Record<string, string>>;
}

/** It was not done; all errors of services are definite. */
export interface ErrorReply {
  readonly type: "error";
  readonly code: number;
  /** For people, in bytes. */
  readonly text: string;
}

/** One service. It holds all of its state. */
export interface Service {
  handle(request: Request): Reply;
}

/** The codes, of those that the protocol defines, with which services answer. */
export const codes = {
  notSupported: 10,
  malformedRequest: 12,
  keyDoesNotExist: 20,
  preconditionFailed: 22,
} as const;

/** An error for a request. */
export function error(code: number, text: string): ErrorReply {
  return { type: "error", code, text };
}

/** Says that a service knows no such type, and which it does know. */
export function notSupported({ fields }: Request, known: string): ErrorReply {
  return error(codes.notSupported, `${known}, but not to ${shown(fields.get("type") ?? "")}`);
}

const longest = 100;

/** JSON as it is shown in the text of an error: its beginning, when it is long. */
export function shown(json: string): string {
  if (json.length <= longest) return json;
  let end = longest;
  // Not in the middle of a character: bytes 10xxxxxx continue one.
  while ((json.charCodeAt(end) & 0xc0) === 0x80) end--;
  return `${json.slice(0, end)}...`;
}
