/** A history as files: JSON lines for programs, EDN for Jepsen's tools, and text for people. */
import { isOperation, type Operation, type OperationError } from "../history/operation.ts";
import { Keyword, toEdn } from "./edn.ts";
import { readLines, UnreadableFile } from "./json-lines.ts";

/** A line of `history.jsonl`, with its end. */
export function toJsonLine(operation: Operation): string {
  return `${JSON.stringify(operation)}\n`;
}

/**
 * Reads the operations of a `history.jsonl`, one after the other. A last line that was cut off is passed over.
 *
 * @throws {UnreadableFile} when the file cannot be read, or has a line that is no operation
 */
export function* readHistory(path: string): IterableIterator<Operation> {
  for (const { value, number } of readLines(path)) {
    if (!isOperation(value)) throw new UnreadableFile(path, `line ${number} is no operation`);
    yield value;
  }
}

/** An operation as the original writes it: a line of `history.edn` and one of `history.txt`, each with its end. */
export function toOriginalLines(operation: Operation): { readonly edn: string; readonly text: string } {
  const { index, time, type, f, error, final } = operation;
  const nemesis = operation.process === "nemesis";
  const process = nemesis ? ":nemesis" : operation.process;
  const value = toEdn(nemesis ? disturbance(operation.value) : inKeywords(f, operation.value));
  const reason = error && toEdn(ednError(error));
  // The fields that Jepsen's histories have, in their order.
  const edn =
    `{:index ${index}, :time ${time}, :type :${type}, :process ${process}, :f :${f}, :value ${value}` +
    `${reason ? `, :error ${reason}` : ""}${final ? ", :final? true" : ""}}\n`;
  const text = `${process}\t:${type}\t:${f}\t${value}${reason ? `\t${reason}` : ""}\n`;
  return { edn, text };
}

const transactions: ReadonlySet<string> = new Set(["txn", "send", "poll"]);

/** The value of a client's operation; a transaction is a list of micro-operations, each of which begins with its name. */
function inKeywords(f: string, value: unknown): unknown {
  if (!transactions.has(f) || !Array.isArray(value)) return value;
  return value.map((micro) => {
    if (!Array.isArray(micro) || typeof micro[0] !== "string") return micro;
    return [new Keyword(micro[0]), ...micro.slice(1)];
  });
}

/** Jepsen's histories name an error by a keyword, with the text that the node gave, if it gave one. */
function ednError({ kind, name, message }: OperationError): unknown {
  if (kind === "net-timeout") return new Keyword(kind);
  return [new Keyword(name ?? kind), message];
}

/** What the nemesis did, as Jepsen writes it: its words are keywords, the names of nodes are strings, and who is not heard is a set. */
function disturbance(value: unknown): unknown {
  if (typeof value === "string") return new Keyword(value);
  if (Array.isArray(value)) return value.map(disturbance);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  return new Map(
    entries.map(([name, item]) => [name, Array.isArray(item) ? new Set(item) : disturbance(item)]),
  );
}
