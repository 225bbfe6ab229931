/**
 * What the key-value services have in common: what a request asks of a key, and what comes of it. Which value the key has
 * meanwhile, and where the new one goes, is for each service to say.
 */
import { canonical, sameValue } from "./canonical.ts";
import { codes, type ErrorReply, error, notSupported, type Reply, type Request, shown } from "./service.ts";

/** A request to a key-value service. Values are JSON as it was sent, and go back like this, byte for byte. */
export type KvOperation = Read | Write | Cas;

interface OfKey {
  /** The key in its normal form: equal keys have the same. */
  readonly key: string;
  /** The key as it was sent. */
  readonly sentKey: string;
}

interface Read extends OfKey {
  readonly type: "read";
}

interface Write extends OfKey {
  readonly type: "write";
  readonly value: string;
}

interface Cas extends OfKey {
  readonly type: "cas";
  readonly from: string;
  readonly to: string;
  /** Whether to write `to` also where there is no such key. */
  readonly create: boolean;
}

/** What comes of an operation. */
export interface Outcome {
  readonly reply: Reply;
  /** What the key's value becomes; left out when nothing changes. */
  readonly written?: string;
}

/** The fields that each type must have. */
const needed: ReadonlyMap<string, readonly string[]> = new Map([
  ["read", ["key"]],
  ["write", ["key", "value"]],
  ["cas", ["key", "from", "to"]],
]);

/** Reads a request; what cannot be done is answered with an error. */
export function parseKv(request: Request): KvOperation | ErrorReply {
  const { type, fields } = request;
  const missing = needed.get(type)?.find((name) => !fields.has(name));
  if (missing !== undefined) return error(codes.malformedRequest, `a ${type} needs a "${missing}"`);
  const json = (name: string): string => fields.get(name) ?? "";
  const sentKey = json("key");
  switch (type) {
    case "read":
      return { type, key: canonical(sentKey), sentKey };
    case "write":
      return { type, key: copy(canonical(sentKey)), sentKey, value: copy(json("value")) };
    case "cas": {
      // null is what some languages write for a field that is not there.
      const create = fields.get("create_if_not_exists") ?? "null";
      if (!["true", "false", "null"].includes(create))
        return error(codes.malformedRequest, `"create_if_not_exists" is ${shown(create)}, not true or false`);
      return {
        type,
        key: copy(canonical(sentKey)),
        sentKey,
        from: json("from"),
        to: copy(json("to")),
        create: create === "true",
      };
    }
    default:
      return notSupported(request, "a key-value service answers to read, write and cas");
  }
}

/** Does an operation on a key that has this value, or none. */
export function applyKv(operation: KvOperation, current: string | undefined): Outcome {
  switch (operation.type) {
    case "read":
      if (current === undefined) return noSuchKey(operation);
      return { reply: { type: "read_ok", fields: { value: current } } };
    case "write":
      return written({ type: "write_ok", fields: {} }, current, operation.value);
    case "cas": {
      const { sentKey, from, to, create } = operation;
      if (current === undefined && !create) return noSuchKey(operation);
      if (current !== undefined && !sameValue(current, from)) {
        const text = `the value of key ${shown(sentKey)} is ${shown(current)}, not ${shown(from)}`;
        return { reply: error(codes.preconditionFailed, text) };
      }
      return written({ type: "cas_ok", fields: {} }, current, to);
    }
  }
}

function noSuchKey({ sentKey }: KvOperation): Outcome {
  return { reply: error(codes.keyDoesNotExist, `there is no key ${shown(sentKey)}`) };
}

/** To write what is there already changes nothing; an equal value that is written otherwise does. */
function written(reply: Reply, current: string | undefined, value: string): Outcome {
  return current === value ? { reply } : { reply, written: value };
}

/** A part that was cut out of a message keeps all of it in memory, and what is stored may stay for long. */
function copy(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("latin1");
}
