/** Evidence: anomalies as entries of the results, with the keys that Jepsen gives them. */
import type { Anomaly } from "./anomaly.ts";
import type { Event } from "./event.ts";
import type { Poll, Send } from "./log.ts";
import { byOrder, jsonOf, type Message } from "./message.ts";
import { contentsOf } from "./order.ts";

/** The anomalies of one kind. */
export interface Found {
  readonly count: number;
  /** The worst of them, or the first. */
  readonly errs: readonly unknown[];
}

/** Anomalies of one kind that are shown: of what polls and sends do wrong the worst, of all others the first. */
export function worstOf(cases: readonly Anomaly[]): readonly Anomaly[] {
  const sorted = cases.toSorted((a, b) => badness(b) - badness(a) || indexOf(a) - indexOf(b));
  return sorted.slice(0, cases.some((anomaly) => "delta" in anomaly) ? 8 : 32);
}

function badness(anomaly: Anomaly): number {
  return "delta" in anomaly ? Math.abs(anomaly.delta - 1) : 0;
}

/** When an anomaly showed, as an index of the history. */
function indexOf(anomaly: Anomaly): number {
  if ("reader" in anomaly) return anomaly.reader.event.index;
  if ("poll" in anomaly) return anomaly.poll.event.index;
  if ("send" in anomaly) return anomaly.send.event.index;
  if ("slot" in anomaly) return anomaly.slot.witness.event.index;
  return anomaly.order.slots[anomaly.indexes.at(-1) ?? 0]?.witness.event.index ?? 0;
}

/** Messages that are listed of those that were skipped, or that share an offset: they may be very many. */
const listed = 32;

/** One anomaly as an entry of the results. */
export function evidence(anomaly: Anomaly): unknown {
  const { kind, order } = anomaly;
  const { key } = anomaly.log;
  switch (kind) {
    case "inconsistent-offsets": {
      const { index, slot } = anomaly;
      const messages = contentsOf(slot).map(({ message }) => message);
      const values = messages.toSorted(byOrder).slice(0, listed).map(jsonOf);
      return { key, offset: slot.offset, index, values };
    }
    case "duplicate": {
      const { message, indexes } = anomaly;
      const offsets = indexes.map((place) => order.slots[place]?.offset);
      return { key, value: jsonOf(message), count: offsets.length, offsets };
    }
    case "lost-write": {
      const { message, index, bound, writer, reader } = anomaly;
      const highest = order.slots[bound]?.message;
      return {
        key,
        value: jsonOf(message),
        index,
        "max-read-index": bound,
        writer: sendEntry(key, writer),
        "max-read": pollEntry(key, reader, highest),
      };
    }
    case "phantom": {
      const { message, reader } = anomaly;
      return { key, value: jsonOf(message), op: pollEntry(key, reader, message) };
    }
    case "G1a":
    case "precommitted-read":
    case "G1c-process":
    case "G1c-realtime": {
      const { message, writer, reader } = anomaly;
      return {
        key,
        value: jsonOf(message),
        writer: sendEntry(key, writer),
        reader: pollEntry(key, reader, message),
      };
    }
    case "int-poll-skip":
    case "int-nonmonotonic-poll":
    case "poll-skip":
    case "nonmonotonic-poll": {
      const { from, to, delta, poll } = anomaly;
      const { previous } = poll;
      return {
        key,
        values: [from, to].map(jsonOf),
        delta,
        ...(delta > 1 && { skipped: skipped(anomaly, from, to) }),
        ...(kind.startsWith("int-") || previous === undefined
          ? { op: pollEntry(key, poll, from, to) }
          : { ops: [pollEntry(key, previous, from), pollEntry(key, poll, to)] }),
      };
    }
    case "int-send-skip":
    case "int-nonmonotonic-send":
    case "nonmonotonic-send": {
      const { send, previous, delta } = anomaly;
      return {
        key,
        values: [previous, send].map(({ message }) => jsonOf(message)),
        delta,
        ...(delta > 1 && { skipped: skipped(anomaly, previous.message, send.message) }),
        ops: [sendEntry(key, previous), sendEntry(key, send)],
      };
    }
  }
}

function skipped({ order }: Anomaly, from: Message, to: Message): readonly unknown[] {
  return order.between(from, to, listed).map(({ message }) => jsonOf(message));
}

function sendEntry(key: string, { event, message, offset }: Send): unknown {
  const value = jsonOf(message);
  return operationEntry(event, ["send", key, offset === undefined ? value : [offset, value]]);
}

/** Pairs of a poll that are shown on each side of those that matter. */
const around = 3;

/** A poll as an operation of the history, with only what it gave of the key, around some messages. */
function pollEntry(
  key: string,
  { event, offsets, messages }: Poll,
  ...centres: readonly (Message | undefined)[]
): unknown {
  const positions = centres.flatMap((centre) => (centre === undefined ? [] : messages.indexOf(centre)));
  const shown = messages.flatMap((message, i) =>
    positions.some((position) => position >= 0 && Math.abs(position - i) <= around)
      ? [[offsets[i], jsonOf(message)]]
      : [],
  );
  return operationEntry(event, ["poll", { [key]: shown }]);
}

function operationEntry({ index, time, type, process, f, node }: Event, micro: readonly unknown[]): unknown {
  return { index, time, type, process, f, value: [micro], ...(node !== undefined && { node }) };
}
