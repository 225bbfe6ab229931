/**
 * Lines of a history: what each says at its beginning is read without its value, which may be long: a read of broadcast lists
 * all that there is.
 */
import { isOperation, type Operation, type OperationType } from "../history/operation.ts";
import { UnreadableFile } from "../store/json-lines.ts";
import type { Line } from "../store/line-reader.ts";
import { digitsAt, endOfDigits } from "./digits.ts";

/** Where the digits of the index begin in a line, and what stands between the fields: `,"time":`, `,"type":"`, … */
const [indexAt, toTime, toType, toProcess, toFunction] = [9, 8, 9, 12, 6];
const [minus, quote, colon, backslash] = [0x2d, 0x22, 0x3a, 0x5c];

/**
 * A client's entry without what it holds beside these; undefined for one of the nemesis, and for a line that eddy did not write:
 * `{"index":0,"time":92737249,"type":"invoke","process":0,"f":"echo",`.
 */
export function historyHead(line: Line): Operation | undefined {
  if (line[1] !== quote || line[2] !== 0x69 || line[8] !== colon) return undefined;
  const endOfIndex = endOfDigits(line, indexAt);
  const time = endOfIndex + toTime;
  if (line[time - 1] !== colon || line[time - 6] !== 0x74) return undefined;
  const endOfTime = endOfDigits(line, time);
  const name = endOfTime + toType;
  const type = typeAt(line, name);
  if (type === undefined || line[name - 2] !== colon) return undefined;
  const process = name + type.length + toProcess;
  const isNegative = line[process] === minus;
  const digits = isNegative ? process + 1 : process;
  const endOfProcess = endOfDigits(line, digits);
  const f = endOfProcess + toFunction;
  if (line[process - 1] !== colon || line[f - 1] !== quote || line[f - 2] !== colon) return undefined;
  const endOfF = line.indexOf(quote, f);
  if (endOfF === -1 || endOfIndex === indexAt || endOfTime === time || endOfProcess === digits)
    return undefined;
  const text = line.toString("utf8", f, endOfF);
  if (line.subarray(f, endOfF).includes(backslash)) return undefined;
  const number = digitsAt(line, digits, endOfProcess);
  return {
    index: digitsAt(line, indexAt, endOfIndex),
    time: digitsAt(line, time, endOfTime),
    type,
    process: isNegative ? -number : number,
    f: text,
    value: null,
  };
}

/** The types differ in their first and third letters. */
function typeAt(line: Line, at: number): OperationType | undefined {
  switch (line[at]) {
    case 0x69:
      return line[at + 2] === 0x76 ? "invoke" : "info";
    case 0x6f:
      return "ok";
    case 0x66:
      return "fail";
    default:
      return undefined;
  }
}

/**
 * All of a line.
 *
 * @param path and offset are for the error
 * @throws {UnreadableFile} when it is no operation
 */
export function operationOf(line: Line, path: string, offset: number): Operation {
  let value: unknown;
  try {
    value = JSON.parse(line.toString());
  } catch {
    throw new UnreadableFile(path, `what stands at byte ${offset} is not JSON`);
  }
  if (!isOperation(value)) throw new UnreadableFile(path, `what stands at byte ${offset} is no operation`);
  return value;
}
