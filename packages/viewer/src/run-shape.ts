/** Whether something is the data of a run, as `run-data.ts` describes it: looked at once, before anything is drawn. */
import type {
  BinSeries,
  Bins,
  CheckInWords,
  FaultSpan,
  MessageColumns,
  NodeLog,
  OperationColumns,
  RunData,
  RunState,
  Span,
} from "@eddy/workbench/pictures";
import {
  fieldsOf,
  type Guard,
  having,
  isNumber,
  isRecord,
  isText,
  listOf,
  oneOf,
  optional,
  recordOf,
} from "./shape.ts";

export const isVerdict: Guard<true | false | "unknown"> = oneOf<true | false | "unknown">(
  true,
  false,
  "unknown",
);
export const isRunState: Guard<RunState> = oneOf("complete", "running", "unfinished");

const numbers = listOf(isNumber);
const texts = listOf(isText);
const isSpan = fieldsOf<Span>({ from: isNumber, to: isNumber });

const isCheck = fieldsOf<CheckInWords>({ name: isText, valid: isVerdict, findings: texts });

export const isFaultSpan: Guard<FaultSpan> = fieldsOf<FaultSpan>({
  fault: isText,
  from: isNumber,
  to: optional(isNumber),
  text: isText,
});

const isSeries = fieldsOf<BinSeries>({
  ok: numbers,
  fail: numbers,
  info: numbers,
  latencies: listOf(numbers),
});

export const isBins: Guard<Bins> = fieldsOf<Bins>({
  from: optional(isNumber),
  width: isNumber,
  functions: texts,
  series: listOf(isSeries),
});

/** All columns are as long as the first one. */
const equallyLong = (first: ArrayLike<unknown>, ...rest: readonly ArrayLike<unknown>[]): boolean =>
  rest.every(({ length }) => length === first.length);

const isOperations = having(
  fieldsOf<OperationColumns>({
    total: isNumber,
    spans: optional(listOf(isSpan)),
    functions: texts,
    index: numbers,
    start: numbers,
    end: numbers,
    ending: isText,
    process: numbers,
    f: numbers,
    node: numbers,
    asked: texts,
    answered: texts,
    error: texts,
    messages: listOf(numbers),
  }),
  (it) =>
    equallyLong(it.index, it.start, it.end, it.ending, it.process, it.f, it.node) &&
    equallyLong(it.index, it.asked, it.answered, it.error, it.messages),
);

const isMessages = having(
  fieldsOf<MessageColumns>({
    total: isNumber,
    spans: optional(listOf(isSpan)),
    names: texts,
    types: texts,
    id: numbers,
    src: numbers,
    dest: numbers,
    type: numbers,
    sent: numbers,
    arrived: numbers,
    sentOrder: numbers,
    arrivedOrder: numbers,
    fate: isText,
    msgId: numbers,
    inReplyTo: numbers,
    body: texts,
  }),
  (it) =>
    equallyLong(it.id, it.src, it.dest, it.type, it.sent, it.arrived, it.sentOrder, it.arrivedOrder) &&
    equallyLong(it.id, it.fate, it.msgId, it.inReplyTo, it.body),
);

const isLog = fieldsOf<NodeLog>({
  node: isText,
  lines: texts,
  times: numbers,
  leftOut: isNumber,
  leftOutAfter: isNumber,
});

/** The format that these pages read. */
export const knownFormat = 1;

export const isRunData: Guard<RunData> = fieldsOf<RunData>({
  format: oneOf(knownFormat),
  id: isText,
  workload: isText,
  meaning: isText,
  start: optional(isText),
  state: isRunState,
  valid: optional(isVerdict),
  options: isRecord,
  versions: recordOf(isText),
  checks: listOf(isCheck),
  results: optional(isRecord),
  end: isNumber,
  nodes: texts,
  faults: listOf(isFaultSpan),
  bins: isBins,
  operations: isOperations,
  messages: isMessages,
  logs: listOf(isLog),
});

/** What is told of data that cannot be shown, and what to do about it. */
export class UnreadableData extends Error {}

/** @throws UnreadableData in words: another version's, or damaged */
export function runDataOf(value: unknown): RunData {
  if (isRunData(value)) return value;
  const format = isRecord(value) ? value.format : undefined;
  if (format !== undefined && format !== knownFormat) {
    throw new UnreadableData(
      `These data were written by another version of eddy (format ${String(format).slice(0, 40)}; this page reads format ${knownFormat}). Open the run with that version's eddy serve, or judge and draw it anew with this one.`,
    );
  }
  throw new UnreadableData(
    "The data of this run are damaged: they do not have the shape that they should have.",
  );
}
