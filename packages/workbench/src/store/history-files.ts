/** A history as files: JSON lines for programs, EDN for Jepsen's tools, and text for people. */
import type { Operation, OperationError } from "../history/operation.ts";
import { Keyword, toEdn } from "./edn.ts";

/** A line of `history.jsonl`, with its end. */
export function toJsonLine(operation: Operation): string {
  return `${JSON.stringify(operation)}\n`;
}

/** A line of `history.edn`, with its end: the fields that Jepsen's histories have, in their order. */
export function toEdnLine({ index, time, type, process, f, value, error }: Operation): string {
  const fields = { index, time, type: new Keyword(type), process, f: new Keyword(f), value };
  return `${toEdn(error === undefined ? fields : { ...fields, error: ednError(error) })}\n`;
}

/** A line of `history.txt`, with its end: process, type, function, value and, if there is one, the error. */
export function toTextLine({ type, process, f, value, error }: Operation): string {
  const columns = [String(process), `:${type}`, `:${f}`, toEdn(value)];
  if (error !== undefined) columns.push(toEdn(ednError(error)));
  return `${columns.join("\t")}\n`;
}

/** Jepsen's histories name an error by a keyword, with the text that the node gave, if it gave one. */
function ednError({ kind, name, message }: OperationError): unknown {
  if (kind === "net-timeout") return new Keyword(kind);
  return [new Keyword(name ?? kind), message];
}
