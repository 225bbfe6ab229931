/**
 * The operations that a finding names, found in its text: `checkers/words.ts` and its neighbours write who did something,
 * when, and by which messages, and this reads it again, so that pages can link what is said to where it is drawn.
 */
import { millisecond, second } from "../time/clock.ts";
import type { OperationColumns } from "./run-data.ts";

/** A place in a text that names an operation, or at least a time. */
export interface Mention {
  /** Where it stands: characters from the start of the text, `to` not included. */
  readonly from: number;
  readonly to: number;
  /** Absent where only a time is told. */
  readonly process?: number;
  /** s since the start of the run, to a millisecond: when the operation began, or when it ended. */
  readonly time: number;
  /** Ids of its messages in the journal, as far as they are told. */
  readonly messages: readonly number[];
}

const who = String.raw`process (?<process>-?\d{1,15})`;
const time = String.raw`(?<time>\d{1,9}\.\d{3}) s`;
const messages = String.raw`(?:, messages? (?<messages>\d{1,15}(?:, \d{1,15})*(?: …)?(?: and \d{1,15})?))?`;

/** In the order in which they are tried at each place. */
const forms: readonly RegExp[] = [
  // (process 3, at 1.250 s, messages 17 and 18)
  String.raw`(?<=\()${who}, at ${time}${messages}(?=\))`,
  // write 2 by process 0 on n0, from 0.003 s to 0.004 s, message 7
  String.raw`${who}(?: on [^,]{1,200})?, from ${time} (?:to \d+\.\d{3} s|on\b)${messages}`,
  `${who}(?: on [^,]{1,200})?, from before the beginning to ${time}${messages}`,
  // write 3 of process 2 since 0.005 s
  `${who} since ${time}`,
  // process 5 did so at 1.250 s
  `${who} did so at ${time}`,
  // (on n0, at 1.250 s): of the process that was named last
  String.raw`(?<=\()on [^(),]{1,200}, at ${time}(?=\))`,
  `(?:at|since) ${time}`,
].map((source) => new RegExp(source, "y"));

const lastProcess = 5;
/** Where one of the forms can begin. */
const beginning = /\b(?:process -?\d|on |at \d|since \d)/g;
const named = /^process (-?\d{1,15})\b/;

/** What a text names, from its beginning to its end. */
export function mentions(text: string): readonly Mention[] {
  const found: Mention[] = [];
  let [end, latest]: [number, number | undefined] = [0, undefined];
  for (const { index, 0: start } of text.matchAll(beginning)) {
    if (index < end) continue;
    const mention = mentionAt(text, index, latest);
    if (mention !== undefined) {
      found.push(mention);
      end = mention.to;
    }
    if (start.startsWith("process")) latest = processAt(text, index);
  }
  return found;
}

function mentionAt(text: string, from: number, latest: number | undefined): Mention | undefined {
  for (const [number, form] of forms.entries()) {
    form.lastIndex = from;
    const match = form.exec(text);
    if (match === null) continue;
    const { groups = {} } = match;
    const told = groups.process === undefined ? undefined : Number(groups.process);
    const meant = told ?? (number === lastProcess ? latest : undefined);
    return {
      from,
      to: from + match[0].length,
      ...(meant !== undefined && { process: meant }),
      time: Number(groups.time),
      messages: (groups.messages?.match(/\d+/g) ?? []).map(Number),
    };
  }
  return undefined;
}

function processAt(text: string, index: number): number | undefined {
  const [, number] = named.exec(text.slice(index, index + 30)) ?? [];
  return number === undefined ? undefined : Number(number);
}

/** Whether a time (ns) is one that a text has rounded to `told` (s). */
export function isToldAs(time: number, told: number): boolean {
  return Math.abs(time - told * second) <= 0.5001 * millisecond;
}

/**
 * Finds the operations that texts name among those that are there: gives the row of the one that is meant, or undefined
 * when there is none, or no process is told.
 */
export function operationFinder(
  operations: Pick<OperationColumns, "process" | "start" | "end" | "messages">,
): (mention: Mention) => number | undefined {
  const { process, start, end, messages } = operations;
  const rows = new Map<number, number[]>();
  for (const [row, number] of process.entries()) {
    const known = rows.get(number);
    if (known === undefined) rows.set(number, [row]);
    else known.push(row);
  }
  return (mention) => {
    if (mention.process === undefined) return undefined;
    const isMeant = (row: number): boolean =>
      [start[row], end[row]].some((time = -1) => time >= 0 && isToldAs(time, mention.time));
    const candidates = (rows.get(mention.process) ?? []).filter(isMeant);
    // A process that is quick does several things in a millisecond; their messages tell them apart.
    const carried = (row: number): boolean =>
      mention.messages.some((id) => messages[row]?.includes(id) ?? false);
    return candidates.find(carried) ?? candidates[0];
  };
}
