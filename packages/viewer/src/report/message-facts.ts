/** One row of the messages as an object, for what tells about it. */
import { type RunData, visible } from "@eddy/workbench/pictures";
import { fates } from "./words.ts";

export interface MessageFacts {
  readonly row: number;
  readonly id: number;
  readonly src: string;
  readonly dest: string;
  readonly type: string;
  /** ns */
  readonly sent: number;
  /** When it arrived, or was dropped. */
  readonly ended: number | undefined;
  /** ns; undefined when it did not arrive */
  readonly took: number | undefined;
  readonly fate: string;
  readonly body: string;
  readonly msgId: number | undefined;
  readonly inReplyTo: number | undefined;
}

/** Undefined when there is no such row. */
export function messageFacts({ messages }: Pick<RunData, "messages">, row: number): MessageFacts | undefined {
  const { names, types } = messages;
  const sent = messages.sent[row];
  if (sent === undefined) return undefined;
  const letter = messages.fate[row] ?? "u";
  const ended = known(messages.arrived[row]);
  return {
    row,
    id: messages.id[row] ?? -1,
    src: visible(names[messages.src[row] ?? -1] ?? "?"),
    dest: visible(names[messages.dest[row] ?? -1] ?? "?"),
    type: visible(types[messages.type[row] ?? -1] || "no type"),
    sent,
    ended,
    took: letter === "a" && ended !== undefined ? ended - sent : undefined,
    fate: fates[letter] ?? "nobody knows what became of it",
    body: messages.body[row] ?? "",
    msgId: known(messages.msgId[row]),
    inReplyTo: known(messages.inReplyTo[row]),
  };
}

function known(number: number | undefined): number | undefined {
  return number === undefined || number < 0 ? undefined : number;
}
