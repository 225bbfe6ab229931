/** Finds what is wrong with one log. */
import type { Anomaly, MessageAnomaly, OffsetAnomaly, PollAnomaly, SendAnomaly } from "./anomaly.ts";
import type { Log, Poll, Send } from "./log.ts";
import type { Message } from "./message.ts";
import { Order } from "./order.ts";

/** What was found in a log. */
export interface Findings {
  readonly anomalies: readonly Anomaly[];
  /** The messages that were acknowledged, and that no poll gave. */
  readonly unseen: readonly Send[];
}

/** @param happened whether a send has certainly had its effect */
export function findAnomalies(log: Log, happened: (send: Send) => boolean): Findings {
  const order = new Order(log, happened);
  const readers = firstReaders(log);
  const found = [
    ...wrongOffsets(order),
    ...lostWrites(log, order, readers, happened),
    ...wrongMessages(log),
    ...wrongPolls(log, order),
    ...wrongSends(log, order),
  ];
  const unseen = new Map<Message, Send>();
  for (const send of log.sends)
    if (send.event.type === "ok" && !readers.has(send.message)) unseen.set(send.message, send);
  return { anomalies: found.map((anomaly) => ({ ...anomaly, log, order })), unseen: [...unseen.values()] };
}

/** For each message that was polled, by an operation that ended ok, the first that did. */
export function firstReaders(log: Log): ReadonlyMap<Message, Poll> {
  const readers = new Map<Message, Poll>();
  for (const poll of log.polls) {
    if (poll.event.type !== "ok") continue;
    for (const message of poll.messages) if (!readers.has(message)) readers.set(message, poll);
  }
  return readers;
}

function* wrongOffsets({ slots, places }: Order): IterableIterator<OffsetAnomaly> {
  for (const [index, slot] of slots.entries())
    if (slot.others !== undefined) yield { kind: "inconsistent-offsets", index, slot };
  for (const [message, indexes] of places) yield { kind: "duplicate", message, indexes };
}

/**
 * Whoever polls a message has passed all that stand before it: somebody must have polled each of these. A message in
 * several places is expected only where it stands last, and is taken to have been polled where it stands first.
 */
function* lostWrites(
  log: Log,
  { first, last }: Order,
  readers: ReadonlyMap<Message, Poll>,
  happened: (send: Send) => boolean,
): IterableIterator<MessageAnomaly> {
  let bound = -1;
  let reader: Poll | undefined;
  for (const [message, poll] of readers) {
    const index = first.get(message) ?? -1;
    if (index <= bound) continue;
    bound = index;
    reader = poll;
  }
  if (reader === undefined) return;
  for (const [message, index] of last) {
    if (index > bound || readers.has(message)) continue;
    const writer = log.writers.get(message);
    if (writer !== undefined && happened(writer))
      yield { kind: "lost-write", message, writer, index: first.get(message) ?? index, bound, reader };
  }
}

/** Polls of what was refused, not sent yet, or never sent. */
function* wrongMessages(log: Log): IterableIterator<MessageAnomaly> {
  const phantoms = new Set<Message>();
  for (const reader of log.polls) {
    for (const [i, message] of reader.messages.entries()) {
      const writer = log.writers.get(message);
      if (writer === undefined) {
        if (!phantoms.has(message))
          yield { kind: "phantom", message, offset: reader.offsets[i] ?? Number.NaN, reader };
        phantoms.add(message);
        continue;
      }
      if (writer.event === reader.event) yield { kind: "precommitted-read", message, writer, reader };
      if (reader.event.type !== "ok") continue;
      if (log.failed.has(message)) yield { kind: "G1a", message, writer, reader };
      else if (writer.event.invoked.index > reader.event.index)
        yield { kind: cycle(writer, reader), message, writer, reader };
    }
  }
}

function cycle(writer: Send, reader: Poll): "G1c-process" | "G1c-realtime" {
  return writer.event.process === reader.event.process ? "G1c-process" : "G1c-realtime";
}

/** Where polls, each from its process's last one on, do not go from each message to the next. */
function* wrongPolls({ polls }: Log, order: Order): IterableIterator<PollAnomaly> {
  for (const poll of polls) yield* wrongSteps(poll, order);
}

function* wrongSteps(poll: Poll, order: Order): IterableIterator<PollAnomaly> {
  const { messages, previous } = poll;
  const first = messages[0];
  const last = previous?.messages.at(-1);
  if (first !== undefined && last !== undefined) {
    const delta = order.delta(last, first);
    const step = { from: last, to: first, delta, poll };
    if (delta > 1) yield { kind: "poll-skip", ...step };
    if (delta < 1) yield { kind: "nonmonotonic-poll", ...step };
  }
  for (const [i, to] of messages.entries()) {
    const from = messages[i - 1];
    if (from === undefined) continue;
    const delta = order.delta(from, to);
    if (delta > 1) yield { kind: "int-poll-skip", from, to, delta, poll };
    if (delta < 1) yield { kind: "int-nonmonotonic-poll", from, to, delta, poll };
  }
}

/** What a process sent one after the other, and what stands in another order. */
function* wrongSends({ sends }: Log, order: Order): IterableIterator<SendAnomaly> {
  for (const send of sends) {
    const { previous } = send;
    if (previous === undefined) continue;
    const delta = order.delta(previous.message, send.message);
    const step = { delta, send, previous };
    if (previous.event !== send.event) {
      if (delta < 1) yield { kind: "nonmonotonic-send", ...step };
    } else if (delta < 1) yield { kind: "int-nonmonotonic-send", ...step };
    else if (delta > 1) yield { kind: "int-send-skip", ...step };
  }
}
