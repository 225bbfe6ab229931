/** Integers in a reply that a `number` cannot hold, kept digit for digit on their way into the history. */
import { fromBytes } from "../network/bytes.ts";
import { jsonFields } from "../network/json-fields.ts";
import type { Message } from "../network/message.ts";

/**
 * A field of a message's body; integers beyond 2^53 in it become strings of their digits. In a history, which is JSON that
 * JSON.parse reads, two of them that differ would else be one and the same number.
 */
export function exactField({ text, body }: Message, name: string): unknown {
  if (!/\d{16}/.test(text)) return body[name];
  const json = jsonFields(text).get(name);
  return json === undefined ? undefined : JSON.parse(fromBytes(json).replaceAll(stringOrNumber, quoteLarge));
}

const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

function quoteLarge(token: string): string {
  return /^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token;
}
