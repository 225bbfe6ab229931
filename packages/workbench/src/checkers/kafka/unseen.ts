/** Unseen messages: acknowledged to whoever sent them, and never polled by anybody. */
import type { Send } from "./log.ts";
import { byOrder, jsonOf } from "./message.ts";

export interface Unseen {
  /** When the last send or poll ended ok, ns. */
  readonly time: number;
  /** For each key, how many there are. */
  readonly unseen: Readonly<Record<string, number>>;
  /** For each key the messages; the first of them, if there are very many. */
  readonly messages: Readonly<Record<string, readonly unknown[]>>;
}

/** Messages that are kept of each key. */
const kept = 32;

/** The entry of the results, or undefined when everything was polled. */
export function unseenOf(unseen: ReadonlyMap<string, readonly Send[]>, time: number): Unseen | undefined {
  const some = [...unseen].filter(([, sends]) => sends.length > 0);
  if (some.length === 0) return undefined;
  const messages = some.map(([key, sends]) => {
    const sorted = sends.map(({ message }) => message).toSorted(byOrder);
    return [key, sorted.slice(0, kept).map(jsonOf)] as const;
  });
  const counts = some.map(([key, sends]) => [key, sends.length] as const);
  return { time, unseen: Object.fromEntries(counts), messages: Object.fromEntries(messages) };
}
