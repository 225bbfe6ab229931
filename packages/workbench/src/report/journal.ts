/** Which messages of a journal are shown: all, or those of slices, of the operations that findings name, and of what went on meanwhile. */
import type { MessageColumns, Span } from "../pictures/run-data.ts";
import type { LineReader } from "../store/line-reader.ts";
import { journalHeads, readMessages } from "./messages.ts";
import type { NamedMessages } from "./named.ts";
import { merged, pieceOf, slicesOf } from "./slices.ts";
import { Texts } from "./texts.ts";

export interface JournalLimits {
  readonly messages: number;
  /** Of the journal, that are read to their end. */
  readonly bytes: number;
  readonly slices: number;
  /** Characters of bodies together. */
  readonly text: number;
}

/** Operations that findings name of which all is shown that was said meanwhile; and which part of all messages each may have. */
const [watched, partOfEach] = [20, 0.01];

/**
 * @param end of the run, ns
 * @param duplicates whether messages may arrive twice
 * @param path for the error
 * @throws {UnreadableFile}
 */
export function readJournal(
  reader: LineReader,
  path: string,
  end: number,
  named: NamedMessages,
  duplicates: boolean,
  limits: JournalLimits,
): MessageColumns {
  const headOf = journalHeads(reader, path);
  // Messages are numbered as they are sent.
  const lastSent = reader.last((line) => {
    const { event, id } = headOf(line);
    return event === "send" ? id : undefined;
  });
  const total = lastSent === undefined ? 0 : lastSent + 1;
  const texts = new Texts(limits.text);
  const selection = { total, named: named.ids, duplicates, texts };
  if (total <= limits.messages && reader.size <= limits.bytes) return readMessages(reader, path, selection);

  const most = Math.min(limits.messages, Math.floor((limits.bytes / reader.size) * total));
  const timeOf = (line: Buffer): number => headOf(line).time;
  function* sendTimes(from: number): IterableIterator<number> {
    reader.seek(reader.find(timeOf, from));
    for (let line = reader.read(); line !== undefined; line = reader.read()) {
      const { event, time } = headOf(line);
      if (event === "send") yield time;
    }
  }
  // How many messages a slice has, nobody knows before it is read; its bytes tell about how many.
  const starts = slicesOf(
    end,
    0,
    Array.from({ length: limits.slices }, () => 1),
  ).map(({ from }) => from);
  const offsets = [...starts.map((from) => reader.find(timeOf, from)), reader.size];
  const counts = starts.map((_, i) => (((offsets[i + 1] ?? 0) - (offsets[i] ?? 0)) / reader.size) * total);
  const during = merged(named.during).slice(0, watched);
  const spared = most * (1 - partOfEach * during.length);
  const share = Math.max(1, Math.floor(most * partOfEach));
  const pieces: Span[] = [
    ...slicesOf(end, spared, counts),
    ...during.map((span) => ({ ...span, share })),
  ].map((slice) => pieceOf(slice, sendTimes(slice.from)).span);
  return readMessages(reader, path, { ...selection, spans: merged(pieces) });
}
