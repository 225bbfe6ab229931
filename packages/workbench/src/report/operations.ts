/** The operations of a history as columns: all of them, or those that began in some pieces of time, and those that matter most. */
import type { Operation, OperationError } from "../history/operation.ts";
import type { Ending, OperationColumns, Span } from "../pictures/run-data.ts";
import type { Line, LineReader } from "../store/line-reader.ts";
import { historyHead, operationOf } from "./history-lines.ts";
import { isIn } from "./slices.ts";
import { sweep } from "./sweep.ts";
import { jsonOf, type Texts } from "./texts.ts";

export interface OperationSelection {
  /** How many there are in all. */
  readonly total: number;
  /** Pieces of time, in order, that do not overlap; absent when all operations are to be there. */
  readonly spans?: readonly Span[];
  /** What findings name: for the time (ns) at which each began, by which processes. They are there in any case. */
  readonly named: ReadonlyMap<number, readonly number[]>;
  /** The functions that occur, as far as they are known. */
  readonly functions: readonly string[];
  /** The names of the nodes. */
  readonly nodes: readonly string[];
  readonly texts: Texts;
}

/** An operation as it becomes known; texts by their numbers. */
interface Row {
  readonly index: number;
  readonly start: number;
  readonly process: number;
  readonly f: string;
  readonly node: string;
  readonly isNamed: boolean;
  readonly asked: number;
  /** All that was asked, until there is an answer: it may be the same. */
  json: string;
  end: number;
  ending: Ending;
  answered: number;
  error: number;
  messages: readonly number[];
}

/**
 * Reads operations from a history, and no more of it than it must.
 *
 * @param path for the error
 * @throws {UnreadableFile}
 */
export function readOperations(
  reader: LineReader,
  path: string,
  selection: OperationSelection,
): OperationColumns {
  const { spans, named, texts } = selection;
  const rows: Row[] = [];
  const open = new Map<Operation["process"], Row>();
  const whole = (line: Line): Operation => operationOf(line, path, reader.start);
  const pieces = spans && [...spans, ...[...named.keys()].map((time) => ({ from: time, to: time }))];
  const entries = sweep(
    reader,
    pieces ?? [{ from: 0, to: Number.POSITIVE_INFINITY }],
    (line) => historyHead(line) ?? whole(line),
    () => open.size > 0,
  );
  for (const { head, line } of entries) {
    const { process, time, type } = head;
    if (process === "nemesis") continue;
    if (type === "invoke") {
      const isNamed = named.get(time)?.includes(process) ?? false;
      if (!isNamed && spans !== undefined && !isIn(spans, time)) continue;
      const row = begin(whole(line), process, isNamed, texts);
      rows.push(row);
      open.set(process, row);
    } else {
      const row = open.get(process);
      if (row === undefined) continue;
      open.delete(process);
      end(row, whole(line), texts);
    }
  }
  texts.fit();
  return columnsOf(rows, selection);
}

function begin(operation: Operation, process: number, isNamed: boolean, texts: Texts): Row {
  const { index, time, f, node = "", value } = operation;
  const json = jsonOf(value);
  const asked = texts.add(json, isNamed);
  const open = { end: -1, ending: "?" as const, answered: 0, error: 0, messages: [] };
  return { index, start: time, process, f, node, isNamed, asked, json, ...open };
}

const endings: Readonly<Record<Operation["type"], Ending>> = { ok: "o", fail: "f", info: "i", invoke: "?" };

function end(row: Row, { time, type, value, error, messages = [] }: Operation, texts: Texts): void {
  row.end = time;
  row.ending = endings[type];
  const json = jsonOf(value);
  if (json !== row.json && json !== "null") row.answered = texts.add(json, row.isNamed);
  row.json = "";
  if (error !== undefined) row.error = texts.add(inWords(error), row.isNamed);
  row.messages = Array.isArray(messages) ? messages.filter((id) => typeof id === "number") : [];
}

function inWords({ message, code, name }: OperationError): string {
  return code === undefined ? message : `${message} (code ${code}, ${name})`;
}

function columnsOf(rows: readonly Row[], selection: OperationSelection): OperationColumns {
  const { total, spans, texts } = selection;
  const functions = [...selection.functions];
  const placeOf = new Map(functions.map((f, place) => [f, place]));
  const nodes = new Map(selection.nodes.map((node, place) => [node, place]));
  const place = (f: string): number => {
    const known = placeOf.get(f) ?? functions.push(f) - 1;
    placeOf.set(f, known);
    return known;
  };
  return {
    total,
    ...(spans && { spans }),
    functions,
    index: rows.map(({ index }) => index),
    start: rows.map(({ start }) => start),
    end: rows.map(({ end }) => end),
    ending: rows.map(({ ending }) => ending).join(""),
    process: rows.map(({ process }) => process),
    f: rows.map(({ f }) => place(f)),
    node: rows.map(({ node }) => nodes.get(node) ?? -1),
    asked: rows.map(({ asked }) => texts.text(asked)),
    answered: rows.map(({ answered }) => texts.text(answered)),
    error: rows.map(({ error }) => texts.text(error)),
    messages: rows.map(({ messages }) => messages),
  };
}
