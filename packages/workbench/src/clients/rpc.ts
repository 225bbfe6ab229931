/** Requests and their replies: what a workload's RPC looks like, and what is wrong with a reply that does not. */
import { type Body, isObject } from "../network/message.ts";
import { excerpt } from "../nodes/problem.ts";

/** What a field of a body may hold. */
export type FieldType = "any" | "integer" | "string";

/** An RPC of a workload: the shape of what is asked and of what has to come back. */
export interface Rpc {
  /** What it does, for the documentation. */
  readonly doc: string;
  readonly request: Shape;
  readonly reply: Shape;
  /** The request's `type` comes before its fields, as the original has it for some. Others have it after them. */
  readonly typeFirst?: boolean;
}

/** A body: its type, and its fields beside `type`, `msg_id` and `in_reply_to`, all of them required. */
export interface Shape {
  readonly type: string;
  readonly fields: Readonly<Record<string, FieldType>>;
  /** Other fields may come with them. */
  readonly open?: boolean;
}

/** The shape of a reply in words, as it looks on the wire. */
export function describeReply({ type, fields }: Shape): string {
  const parts = Object.entries(fields).map(([name, field]) => `"${name}": ${field}`);
  return `{${[`"type": "${type}"`, ...parts, '"in_reply_to": integer'].join(", ")}}`;
}

/** What is wrong with a body that should have this shape, or undefined when nothing is. */
export function mismatch({ type, fields, open }: Shape, body: Body): string | undefined {
  if (!Object.hasOwn(body, "type")) return 'it has no "type"';
  if (body.type !== type) return `its "type" is ${excerpt(JSON.stringify(body.type))}, not "${type}"`;
  for (const [name, field] of Object.entries(fields)) {
    if (!Object.hasOwn(body, name)) return `it has no "${name}"`;
    if (!fits(field, body[name]))
      return `its "${name}" is ${excerpt(JSON.stringify(body[name]))}: not ${article(field)}`;
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

function fits(field: FieldType, value: unknown): boolean {
  switch (field) {
    case "any":
      return true;
    case "integer":
      return Number.isInteger(value);
    case "string":
      return typeof value === "string";
  }
}

function article(field: FieldType): string {
  return field === "integer" ? "an integer" : `a ${field}`;
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
