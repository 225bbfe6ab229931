/** What a message says, in few words: for labels of arrows, lists and tables. */
import type { Fate, MessageColumns } from "./run-data.ts";
import { shortened, visible } from "./visible.ts";

/** Fields that every message may have, and which its arrow tells already. */
const envelope = new Set(["type", "msg_id", "in_reply_to"]);

/** The type of a message, or what is said where it has none. */
export function typeText({ type, types }: MessageColumns, row: number): string {
  return visible(shortened(types[type[row] ?? -1] || "(no type)", 60));
}

/**
 * What a body holds beside its type and its ids: `key 0, from 1, to 2`; of a single field, the value alone. A body that was cut
 * off is shown as it is.
 *
 * @param length so many characters at most
 */
export function bodyText({ body }: Pick<MessageColumns, "body">, row: number, length: number): string {
  const text = body[row] ?? "";
  const fields = fieldsOf(text)?.filter(([name]) => !envelope.has(name));
  const values = fields?.map(([name, value]) => ({ name, value: JSON.stringify(value) ?? "" }));
  const single = values?.length === 1;
  const said = values?.map(({ name, value }) => (single ? value : `${name} ${value}`)).join(", ") ?? text;
  return visible(shortened(said, length));
}

function fieldsOf(text: string): [string, unknown][] | undefined {
  // JavaScript would round such a number: it is shown as it was written.
  if (/\d{16}/.test(text)) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? Object.entries(parsed) : undefined;
  } catch {
    return undefined;
  }
}

/** What became of a message, in words. */
export function fateText(fate: string | undefined): string {
  return (fate && fates.get(fate)) || "nobody knows what became of it";
}

const inWords: Readonly<Record<Fate, string>> = {
  a: "arrived",
  l: "lost on the way",
  p: "lost: a partition lay between",
  d: "lost: its receiver did not run",
  f: "lost: too much waited for its receiver",
  u: "still under way when the run ended",
};
const fates: ReadonlyMap<string, string> = new Map(Object.entries(inWords));
