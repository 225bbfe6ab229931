/**
 * Which message caused which. That a reply answers a request is written in it; for all others there is the last message that
 * their sender had received before: that is likely, and no more, for a timer or a slow handler may have sent them, too.
 */
import { isClient } from "../network/names.ts";
import { eventsOf } from "./journal-order.ts";
import { numbersOf, Received } from "./received.ts";
import type { MessageColumns, Span } from "./run-data.ts";

/** One entry for each row of the messages. */
export interface Causes {
  /** The row of the message that caused it, always a smaller one; -1 when none is known. */
  readonly cause: Int32Array;
  /** 1 where the messages themselves say so. */
  readonly exact: Uint8Array;
  /** 1 where its sender took so long that a timer may well have sent it. Those that are sent again are as sure as the first. */
  readonly late: Uint8Array;
}

/** A handler that waits for nothing has answered within this time, ns, nearly always. */
export const patience = 20_000_000;

interface Cause {
  readonly cause: number;
  readonly exact: boolean;
  readonly late: boolean;
}

/**
 * Goes through all sends and receives in their order.
 *
 * - A reply is caused by the request that it answers: the latest one with its `msg_id`, for a node that was started again
 *   counts anew. A reply to what is not in the data has no cause.
 * - A client's request has no cause, unless a node has handed it on in the client's name.
 * - A request that is sent again has the cause of the first one.
 * - Any other message is likely to be caused by the last one that its sender had received: before it began to write, where it
 *   wrote several at once. The data must hold all of the time in between.
 */
export function causesOf(messages: MessageColumns): Causes {
  const { id, src, msgId, inReplyTo, arrived, sent, fate } = messages;
  const cause = new Int32Array(id.length).fill(-1);
  const exact = new Uint8Array(id.length);
  const late = new Uint8Array(id.length);
  const clients = messages.names.map(isClient);
  const received = new Received(messages);
  const asked = new Map<number, Map<number, number>>();
  const piece = pieceFinder(messages.spans);

  const causeOf = (row: number): Cause | undefined => {
    const sender = src[row] ?? -1;
    const answers = inReplyTo[row] ?? -1;
    const last = received.before(row);
    if (answers >= 0) return known(received.request(messages.dest[row] ?? -1, sender, answers));
    if (clients[sender]) return known(received.handedOn(sender, msgId[row] ?? -1));
    const first = asked.get(sender)?.get(msgId[row] ?? -1);
    if (first !== undefined && isSame(messages, first, row)) {
      const before = cause[first] ?? -1;
      return before < 0 ? undefined : { cause: before, exact: false, late: late[first] === 1 };
    }
    if (last === undefined) return undefined;
    const [before = 0, now = 0] = [arrived[last], sent[row]];
    const at = piece(now);
    if (at === undefined || at !== piece(before)) return undefined;
    return { cause: last, exact: false, late: now - before > patience };
  };

  for (const event of eventsOf(messages)) {
    const row = event >>> 1;
    if (event & 1) {
      if (fate[row] !== "a") continue;
      // A node gets its first message in each of its lives: it counts its requests anew.
      if (isInit(messages, row)) asked.delete(messages.dest[row] ?? -1);
      received.add(row);
      continue;
    }
    if (id[row] === id[row - 1]) {
      // It is the same message, and arrives a second time.
      [cause, exact, late].forEach((column) => {
        column[row] = column[row - 1] ?? 0;
      });
      continue;
    }
    const found = causeOf(row);
    // A journal that says otherwise is not to be believed, nor to lead us in circles.
    if (found && found.cause < row && id[found.cause] !== id[row]) {
      cause[row] = found.cause;
      exact[row] = found.exact ? 1 : 0;
      late[row] = found.late ? 1 : 0;
    }
    const number = msgId[row] ?? -1;
    if (number < 0 || (inReplyTo[row] ?? -1) >= 0) continue;
    const numbers = numbersOf(asked, src[row] ?? -1);
    const first = numbers.get(number);
    // What is sent for the third time is the same as the first, too.
    if (first === undefined || !isSame(messages, first, row)) numbers.set(number, row);
  }
  return { cause, exact, late };
}

function known(row: number | undefined): Cause | undefined {
  return row === undefined ? undefined : { cause: row, exact: true, late: false };
}

function isInit({ type, types }: MessageColumns, row: number): boolean {
  return types[type[row] ?? -1] === "init";
}

/** Whether the later message is the earlier one, sent again. */
function isSame({ dest, type, body }: MessageColumns, first: number, row: number): boolean {
  return dest[first] === dest[row] && type[first] === type[row] && body[first] === body[row];
}

/** Tells in which piece of time of the data something happened; undefined: in none. */
function pieceFinder(spans: readonly Span[] | undefined): (time: number) => number | undefined {
  if (!spans) return () => 0;
  return (time) => {
    const piece = spans.findIndex(({ from, to }) => time >= from && time <= to);
    return piece < 0 ? undefined : piece;
  };
}
