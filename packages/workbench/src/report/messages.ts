/** The messages of a journal as columns: all of them, or those sent in some pieces of time, and those that matter most. */
import type { Fate, MessageColumns, Span } from "../pictures/run-data.ts";
import type { Line, LineReader } from "../store/line-reader.ts";
import { headOf, type JournalHead, type Sent, sentOf } from "./journal-lines.ts";
import { isIn } from "./slices.ts";
import { sweep } from "./sweep.ts";
import { cut, type Texts } from "./texts.ts";

export interface MessageSelection {
  /** How many there are in all. */
  readonly total: number;
  /** Pieces of time, in order, that do not overlap; absent when all messages are to be there. */
  readonly spans?: readonly Span[];
  /** The ids of messages that are there in any case. */
  readonly named: ReadonlySet<number>;
  /** Whether messages may arrive twice: then one is never over. */
  readonly duplicates: boolean;
  readonly texts: Texts;
}

/** A message as it becomes known. */
interface Row {
  readonly id: number;
  readonly src: string;
  readonly dest: string;
  readonly type: string;
  readonly msgId: number;
  readonly inReplyTo: number;
  /** The number of its text. */
  readonly body: number;
  readonly sent: number;
  readonly sentOrder: number;
  arrived: number;
  arrivedOrder: number;
  fate: Fate;
}

/** Reads what is at the beginning of any line of a journal. */
export function journalHeads(reader: LineReader, path: string): (line: Line) => JournalHead {
  return (line) => headOf(line, path, reader.start);
}

/** Where a message stands in the journal, as a piece of time; undefined when it is not there. */
function pieceOf(id: number, reader: LineReader, tell: (line: Line) => JournalHead): Span | undefined {
  const sendOf = (line: Line): number | undefined => {
    const head = tell(line);
    return head.event === "send" ? head.id : undefined;
  };
  reader.seek(reader.find(sendOf, id));
  const line = reader.read();
  if (line === undefined) return undefined;
  const { time } = tell(line);
  return { from: time, to: time };
}

/**
 * Reads messages from a journal, and no more of it than it must.
 *
 * @param path for the error
 * @throws {UnreadableFile}
 */
export function readMessages(reader: LineReader, path: string, selection: MessageSelection): MessageColumns {
  const { spans, named, duplicates, texts } = selection;
  const rows: Row[] = [];
  const sent = new Map<number, Row>();
  /** Twins of rows that have arrived once by then. */
  let [underWay, order, twins] = [0, 0, false];
  const heads = journalHeads(reader, path);
  const pieces =
    spans &&
    [...spans, ...[...named].map((id) => pieceOf(id, reader, heads))].filter((piece) => piece !== undefined);
  const events = sweep(
    reader,
    pieces ?? [{ from: 0, to: Number.POSITIVE_INFINITY }],
    heads,
    () => underWay > 0 || (duplicates && rows.length > 0),
  );
  for (const { head, line } of events) {
    const { time, event, id } = head;
    if (event === "send") {
      if (spans !== undefined && !named.has(id) && !isIn(spans, time)) continue;
      const row = rowOf(head, sentOf(line, path, reader.start), order++, named.has(id), texts);
      rows.push(row);
      sent.set(id, row);
      underWay++;
      continue;
    }
    const row = sent.get(id);
    if (row === undefined) continue;
    const arrival = {
      arrived: time,
      arrivedOrder: order++,
      fate: event === "recv" ? ("a" as const) : fateOf(line),
    };
    if (row.fate === "u") {
      Object.assign(row, arrival);
      underWay--;
    } else {
      rows.push({ ...row, ...arrival });
      twins = true;
    }
  }
  texts.fit();
  if (twins) rows.sort((a, b) => a.sentOrder - b.sentOrder || a.arrivedOrder - b.arrivedOrder);
  return columnsOf(rows, selection);
}

const fates: ReadonlyMap<unknown, Fate> = new Map<unknown, Fate>([
  ["loss", "l"],
  ["partition", "p"],
  ["down", "d"],
  ["full", "f"],
]);

/** Why a message did not arrive stands at the end of the line: `,"why":"loss"}`. */
function fateOf(line: Line): Fate {
  const [, why] = /"why":"(\w+)"\}$/.exec(line.toString("latin1", Math.max(0, line.length - 30))) ?? [];
  return fates.get(why) ?? "l";
}

function rowOf({ id, time }: JournalHead, sent: Sent, order: number, isNamed: boolean, texts: Texts): Row {
  const { src, dest, body, text } = sent;
  return {
    id,
    src,
    dest,
    type: typeof body.type === "string" ? cut(body.type, 100) : "",
    msgId: numberOf(body.msg_id),
    inReplyTo: numberOf(body.in_reply_to),
    body: texts.add(text, isNamed),
    sent: time,
    sentOrder: order,
    arrived: -1,
    arrivedOrder: -1,
    fate: "u",
  };
}

function numberOf(value: unknown): number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : -1;
}

function columnsOf(rows: readonly Row[], { total, spans, texts }: MessageSelection): MessageColumns {
  const [names, types] = [new Names(), new Names()];
  return {
    total,
    ...(spans && { spans }),
    names: names.all,
    types: types.all,
    id: rows.map(({ id }) => id),
    src: rows.map(({ src }) => names.place(src)),
    dest: rows.map(({ dest }) => names.place(dest)),
    type: rows.map(({ type }) => types.place(type)),
    sent: rows.map(({ sent }) => sent),
    arrived: rows.map(({ arrived }) => arrived),
    sentOrder: rows.map(({ sentOrder }) => sentOrder),
    arrivedOrder: rows.map(({ arrivedOrder }) => arrivedOrder),
    fate: rows.map(({ fate }) => fate).join(""),
    msgId: rows.map(({ msgId }) => msgId),
    inReplyTo: rows.map(({ inReplyTo }) => inReplyTo),
    body: rows.map(({ body }) => texts.text(body)),
  };
}

/** Gives each text a number, in the order in which they come. */
class Names {
  readonly all: string[] = [];
  readonly #places = new Map<string, number>();

  place(name: string): number {
    let place = this.#places.get(name);
    if (place === undefined) {
      place = this.all.push(name) - 1;
      this.#places.set(name, place);
    }
    return place;
  }
}
