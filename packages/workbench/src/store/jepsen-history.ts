/** Jepsen's histories, and what looks like one: a list of operations in EDN, or one operation after the other. */
import type { Operation, OperationError, OperationType, Process } from "../history/operation.ts";
import { Keyword } from "./edn.ts";
import { EdnError, EdnSymbol, readEdn, Tagged } from "./edn-reader.ts";
import { UnreadableFile } from "./json-lines.ts";

/** An entry of a history from elsewhere, as far as it says something. */
export interface ForeignEntry {
  readonly index?: unknown;
  readonly time?: unknown;
  readonly type: OperationType;
  /** A number, a name, or nothing. */
  readonly process: unknown;
  readonly f: string;
  readonly value: unknown;
  readonly node?: unknown;
  readonly error?: unknown;
  readonly final?: unknown;
}

/**
 * The operations of `history.edn`: a vector or list of maps (what follows it is passed over), or maps one after the
 * other. Keywords, symbols and characters become strings, maps objects, and sets arrays. Where the entries have no index
 * they are numbered, where they have no time it is 0.
 *
 * @param path for the error
 * @throws {UnreadableFile} when the text is no EDN, or no history
 */
export function readJepsenHistory(path: string, text: string): Operation[] {
  const values: unknown[] = [];
  try {
    for (const value of readEdn(text)) values.push(value);
  } catch (error) {
    if (error instanceof EdnError) throw new UnreadableFile(path, error.message);
    throw error;
  }
  const list = untagged(values[0]);
  const entries = Array.isArray(list) ? list : values;
  return toOperations(
    entries.map((entry: unknown, at) => {
      const fields = toPlain(entry);
      const found = isRecord(fields) ? toEntry(fields) : "is no map";
      if (typeof found === "string") throw new UnreadableFile(path, `operation ${at + 1} ${found}`);
      return found;
    }),
  );
}

/** Gives entries the numbers of processes, indices and times that our operations have. */
export function toOperations(entries: Iterable<ForeignEntry>): Operation[] {
  const names = new Map<unknown, number>();
  const operations: Operation[] = [];
  for (const { index, time, type, process, f, value, node, error, final } of entries) {
    operations.push({
      index: typeof index === "number" && Number.isInteger(index) ? index : operations.length,
      time: typeof time === "number" || typeof time === "bigint" ? Number(time) : 0,
      type,
      process: toProcess(process, type, names),
      f,
      value,
      ...(typeof node === "string" && { node }),
      ...(error !== undefined && error !== null && { error: toError(error) }),
      ...(final === true && { final }),
    });
  }
  const isInOrder = operations.every(({ index }, at) => at === 0 || index > (operations[at - 1]?.index ?? 0));
  return isInOrder ? operations : operations.map((operation, index) => ({ ...operation, index }));
}

/** Jepsen names an error by a keyword, or by a keyword and a text. */
function toError(error: unknown): OperationError {
  const [name, text]: readonly unknown[] = Array.isArray(error) ? error : [error];
  const kind = errorKinds.find((each) => each === name) ?? "rpc-error";
  const message = typeof text === "string" ? text : nameOf(error);
  return kind === "rpc-error" ? { kind, message, name: nameOf(name) } : { kind, message };
}

const errorKinds = ["net-timeout", "malformed-reply", "interrupted"] as const;

const types: ReadonlyMap<unknown, OperationType> = new Map(
  (["invoke", "ok", "fail", "info"] as const).map((type) => [type, type]),
);

/** The type that has this name. */
export function toType(name: unknown): OperationType | undefined {
  return types.get(name);
}

/**
 * Processes that have other names than numbers get numbers below 0. Who has no name at all and says nothing but `info`
 * is the nemesis, as is who is called so.
 */
function toProcess(name: unknown, type: OperationType, names: Map<unknown, number>): Process {
  if (name === "nemesis" || ((name === undefined || name === null) && type === "info")) return "nemesis";
  if (typeof name === "number" && Number.isInteger(name) && name >= 0) return name;
  if (typeof name === "string" && /^\d{1,15}$/.test(name)) return Number(name);
  const key = nameOf(name);
  let number = names.get(key);
  if (number === undefined) {
    number = -1 - names.size;
    names.set(key, number);
  }
  return number;
}

/** An entry from its fields, or what is wrong with it. */
function toEntry({
  index,
  time,
  type,
  process,
  f,
  value,
  node,
  error,
  "final?": final,
}: Record<string, unknown>): ForeignEntry | string {
  const known = toType(type);
  if (known === undefined)
    return `has the type ${nameOf(type ?? null)}, which is none of invoke, ok, fail and info`;
  const name = typeof f === "string" || typeof f === "number" ? String(f) : undefined;
  if (name === undefined && process !== "nemesis") return "has no :f that says what was done";
  return { index, time, type: known, process, f: name ?? "", value, node, error, final };
}

function untagged(value: unknown): unknown {
  return value instanceof Tagged ? untagged(value.value) : value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value of EDN as a value of JSON, but for integers of any size. */
export function toPlain(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Keyword || value instanceof EdnSymbol) return value.name;
  if (value instanceof Tagged) return toPlain(value.value);
  if (Array.isArray(value)) return value.map(toPlain);
  // A set has no order, but what it becomes is compared item by item.
  if (value instanceof Set) return [...value].map(toPlain).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, item]) => [nameOf(key), toPlain(item)]));
  return value;
}

function nameOf(key: unknown): string {
  const name = toPlain(key);
  return typeof name === "object" && name !== null ? JSON.stringify(name, bigintAsText) : String(name);
}

function bigintAsText(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
