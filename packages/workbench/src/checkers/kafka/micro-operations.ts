/**
 * Micro-operations: what a value of a `send` or `poll` in a history says. It is a list, since Jepsen has transactions of
 * several; Maelstrom's have one.
 */
import { isObject } from "../../network/message.ts";
import { type Message, messageOf } from "./message.ts";

export type MicroOperation =
  /** `["send", key, message]` or, with the offset that it was given, `["send", key, [offset, message]]` */
  | {
      readonly kind: "send";
      readonly key: string;
      readonly message: Message;
      readonly offset: number | undefined;
    }
  /** `["poll", {key: [[offset, message], …], …}]`; an invocation is only `["poll"]` */
  | { readonly kind: "poll"; readonly reads: readonly Read[] };

/** What a poll gave of one key: messages in the order in which they came, and the offset of each. */
export interface Read {
  readonly key: string;
  readonly offsets: readonly number[];
  readonly messages: readonly Message[];
}

/** Reads the value of an operation. What is no micro-operation is passed over. */
export function microOperations(value: unknown): readonly MicroOperation[] {
  return Array.isArray(value) ? value.flatMap(microOperation) : [];
}

function microOperation(item: unknown): readonly MicroOperation[] {
  if (!Array.isArray(item)) return [];
  const [kind, subject, content]: readonly unknown[] = item;
  if (kind === "poll")
    return [{ kind, reads: entriesOf(subject).map(([key, pairs]) => readOf(String(key), pairs)) }];
  if (kind !== "send") return [];
  const [offset, message]: readonly unknown[] = Array.isArray(content) ? content : [undefined, content];
  const known = typeof offset === "number" ? offset : undefined;
  return [{ kind, key: String(subject), message: messageOf(message), offset: known }];
}

function entriesOf(value: unknown): readonly (readonly [unknown, unknown])[] {
  if (value instanceof Map) return [...value];
  return isObject(value) ? Object.entries(value) : [];
}

function readOf(key: string, pairs: unknown): Read {
  const offsets: number[] = [];
  const messages: Message[] = [];
  for (const pair of Array.isArray(pairs) ? pairs : []) {
    if (!Array.isArray(pair)) continue;
    const [offset, message]: readonly unknown[] = pair;
    if (typeof offset !== "number") continue;
    offsets.push(offset);
    messages.push(messageOf(message));
  }
  return { key, offsets, messages };
}

/** The keys that an operation `assign` or `subscribe` names. */
export function assignedKeys(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
