/** A stored journal, read again: how often messages of which kind were sent and received. */
import { type JournalCounts, MessageCounter } from "../network/journal.ts";
import { isObject } from "../network/message.ts";
import { readLines, UnreadableFile } from "./json-lines.ts";

/**
 * Counts the messages of a `messages.jsonl`. A last line that was cut off is passed over.
 *
 * @throws {UnreadableFile} when the file cannot be read, or has a line that belongs in no journal
 */
export function countMessages(path: string): JournalCounts {
  const counter = new MessageCounter();
  for (const { value, number } of readLines(path)) {
    const { event, src, dest, body } = isObject(value) ? value : {};
    if (typeof src !== "string" || typeof dest !== "string")
      throw new UnreadableFile(path, `line ${number} is no event of a message`);
    if (event === "send") counter.send({ src, dest }, isObject(body) ? body.type : undefined);
    else if (event === "recv") counter.receive({ src, dest });
  }
  return counter;
}
