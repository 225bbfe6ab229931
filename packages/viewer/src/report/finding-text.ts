/** A finding in pieces: plain text, and what names an operation, a message or a moment, which can be shown. */
import { mentions, operationFinder, type RunData } from "@eddy/workbench/pictures";
import type { Selection } from "./view.ts";

export interface Piece {
  readonly text: string;
  /** What it names, when that is among the data. */
  readonly selection?: Selection;
  /** The moment that it tells, ns. */
  readonly time?: number;
}

/** What takes findings apart; made once for a run, since it looks through all operations. */
export function findingReader({ operations, messages }: RunData): (text: string) => readonly Piece[] {
  const find = operationFinder(operations);
  const rowOfMessage = new Map<number, number>();
  for (const [row, id] of messages.id.entries()) if (!rowOfMessage.has(id)) rowOfMessage.set(id, row);

  return (text) => {
    const pieces: Piece[] = [];
    let end = 0;
    for (const mention of mentions(text)) {
      if (mention.from > end) pieces.push({ text: text.slice(end, mention.from) });
      const row = find(mention);
      const time = mention.time * 1e9;
      const [who, ...ids] = splitIds(text.slice(mention.from, mention.to), rowOfMessage);
      pieces.push(
        row === undefined ? { text: who, time } : { text: who, time, selection: { kind: "operation", row } },
      );
      pieces.push(...ids);
      end = mention.to;
    }
    if (end < text.length) pieces.push({ text: text.slice(end) });
    return pieces;
  };
}

/** "process 3, at 1.250 s", and then, in ", messages 17 and 18", the ids: each names a message of its own. */
function splitIds(text: string, rows: ReadonlyMap<number, number>): readonly [string, ...(readonly Piece[])] {
  const start = text.search(/, messages? \d/);
  if (start < 0) return [text];
  const pieces: Piece[] = [];
  let end = start;
  for (const { index, 0: id } of text.slice(start).matchAll(/\d+/g)) {
    const row = rows.get(Number(id));
    if (row === undefined) continue;
    pieces.push({ text: text.slice(end, start + index) });
    pieces.push({ text: id, selection: { kind: "message", row } });
    end = start + index + id.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return [text.slice(0, start), ...pieces];
}
