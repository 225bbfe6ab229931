/** Requests and their replies: what a workload's RPC looks like, and what is wrong with a reply that does not. */
import { type Body, isObject } from "../network/message.ts";
import { excerpt } from "../nodes/problem.ts";

/**
 * What a field of a body may hold: any JSON, an integer, a string; an array of as many as there are; an array of just so
 * many, each of its own type; an object with any keys.
 */
export type FieldType =
  | "any"
  | "integer"
  | "string"
  | { readonly array: FieldType }
  | { readonly tuple: readonly FieldType[] }
  | { readonly map: FieldType };

/** A field that may be missing. */
export interface OptionalField {
  readonly optional: FieldType;
}

/** An RPC of a workload: the shape of what is asked and of what has to come back. */
export interface Rpc {
  /** What it does, for the documentation. */
  readonly doc: string;
  readonly request: Shape;
  readonly reply: Shape;
  /** The request's `type` comes before its fields, as the original has it for some. Others have it after them. */
  readonly typeFirst?: boolean;
}

/** A body: its type, and its fields beside `type`, `msg_id` and `in_reply_to`. */
export interface Shape {
  readonly type: string;
  readonly fields: Readonly<Record<string, FieldType | OptionalField>>;
  /** Other fields may come with them. */
  readonly open?: boolean;
}

/** The shape of a request in words, as it looks on the wire; what may be missing has a question mark. */
export function describeRequest(shape: Shape): string {
  return describeBody(shape, "msg_id");
}

/** The shape of a reply in words, as it looks on the wire; what may be missing has a question mark. */
export function describeReply(shape: Shape): string {
  return describeBody(shape, "in_reply_to");
}

function describeBody({ type, fields }: Shape, id: "msg_id" | "in_reply_to"): string {
  const parts = Object.entries(fields).map(([name, field]) =>
    isOptional(field) ? `"${name}"?: ${describe(field.optional)}` : `"${name}": ${describe(field)}`,
  );
  return `{${[`"type": "${type}"`, ...parts, `"${id}": integer`].join(", ")}}`;
}

function describe(field: FieldType): string {
  if (typeof field === "string") return field;
  if ("array" in field) return `[${describe(field.array)}, …]`;
  if ("tuple" in field) return `[${field.tuple.map(describe).join(", ")}]`;
  return `{string: ${describe(field.map)}, …}`;
}

/** What is wrong with a body that should have this shape, or undefined when nothing is. */
export function mismatch({ type, fields, open }: Shape, body: Body): string | undefined {
  if (!Object.hasOwn(body, "type")) return 'it has no "type"';
  if (body.type !== type) return `its "type" is ${excerpt(JSON.stringify(body.type))}, not "${type}"`;
  for (const [name, field] of Object.entries(fields)) {
    const present = Object.hasOwn(body, name);
    if (!present && !isOptional(field)) return `it has no "${name}"`;
    const wrong = present && misfit(isOptional(field) ? field.optional : field, body[name], `"${name}"`);
    if (wrong) return `its ${wrong}`;
  }
  if (body.msg_id !== undefined && !Number.isInteger(body.msg_id)) return 'its "msg_id" is not an integer';
  if (open) return undefined;
  for (const name of Object.keys(body)) {
    if (name === "type" || name === "msg_id" || name === "in_reply_to" || Object.hasOwn(fields, name))
      continue;
    return `it has a field "${excerpt(name)}", which such a reply does not have`;
  }
  return undefined;
}

function isOptional(field: FieldType | OptionalField): field is OptionalField {
  return typeof field === "object" && "optional" in field;
}

/** What in a value is not of its type, with the way to it: `"msgs"["k"][0] is 1: not an array`. */
function misfit(field: FieldType, value: unknown, path: string): string | undefined {
  const not = (what: string): string => `${path} is ${excerpt(JSON.stringify(value))}: not ${what}`;
  if (field === "any") return undefined;
  if (field === "integer") return Number.isInteger(value) ? undefined : not("an integer");
  if (field === "string") return typeof value === "string" ? undefined : not("a string");
  if ("map" in field) {
    if (!isObject(value)) return not("an object");
    return first(Object.entries(value), ([key, item]) =>
      misfit(field.map, item, `${path}[${excerpt(JSON.stringify(key))}]`),
    );
  }
  if (!Array.isArray(value)) return not("an array");
  const items: readonly unknown[] = value;
  if ("array" in field) {
    const { array: type } = field;
    // A read may list very many.
    if (type === "any") return undefined;
    return first(items.entries(), ([i, item]) => misfit(type, item, `${path}[${i}]`));
  }
  if (items.length !== field.tuple.length) return not(`an array of ${field.tuple.length}`);
  return first(field.tuple.entries(), ([i, type]) => misfit(type, items[i], `${path}[${i}]`));
}

function first<T>(things: Iterable<T>, find: (thing: T) => string | undefined): string | undefined {
  for (const thing of things) {
    const found = find(thing);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a body is an error reply that can be understood: it has a code, and the text, if any, is one. */
export function isErrorBody(body: Body): body is Body & { readonly code: number; readonly text?: string } {
  return (
    isObject(body) &&
    body.type === "error" &&
    Number.isInteger(body.code) &&
    (body.text === undefined || typeof body.text === "string")
  );
}
