/** Anomalies in words: which operations contradict each other, when, by which processes and on which nodes. */
import { excerpt } from "../../nodes/problem.ts";
import { second } from "../../time/clock.ts";
import { nodeOf, whoAndWhen } from "../words.ts";
import type { Anomaly, MessageAnomaly, OffsetAnomaly, PollAnomaly, SendAnomaly } from "./anomaly.ts";
import type { Log, Poll, Send } from "./log.ts";
import type { Message } from "./message.ts";
import { contentsOf, type Order } from "./order.ts";

/** Messages and places that are named one by one. */
const named = 5;

/** One anomaly as a sentence. */
export function explain(anomaly: Anomaly): string {
  const { log, order } = anomaly;
  switch (anomaly.kind) {
    case "inconsistent-offsets":
    case "duplicate":
      return explainOffset(anomaly, log, order);
    case "lost-write":
    case "phantom":
    case "G1a":
    case "precommitted-read":
    case "G1c-process":
    case "G1c-realtime":
      return explainMessage(anomaly, log, order);
    case "int-poll-skip":
    case "int-nonmonotonic-poll":
    case "poll-skip":
    case "nonmonotonic-poll":
      return explainPoll(anomaly, log, order);
    case "int-send-skip":
    case "int-nonmonotonic-send":
    case "nonmonotonic-send":
      return explainSend(anomaly, log, order);
  }
}

function explainOffset(anomaly: OffsetAnomaly, { key }: Log, order: Order): string {
  if (anomaly.kind === "inconsistent-offsets") {
    const { slot } = anomaly;
    const contents = contentsOf(slot);
    const claims = contents.slice(0, named).map(({ message, witness }) => claim(witness, show(message)));
    return `offset ${slot.offset} of key ${show(key)} holds ${contents.length} messages: ${list(claims, contents.length)}`;
  }
  const { message, indexes } = anomaly;
  const claims = indexes.slice(0, named).flatMap((index) => {
    const slot = order.slots[index];
    const content = slot && contentsOf(slot).find((each) => each.message === message);
    return content === undefined ? [] : [claim(content.witness, `it at offset ${slot?.offset}`)];
  });
  return `message ${show(message)} of key ${show(key)} is in the log ${indexes.length} times: ${list(claims, indexes.length)}`;
}

function explainMessage(anomaly: MessageAnomaly, { key }: Log, order: Order): string {
  const { message, reader } = anomaly;
  const subject = `message ${show(message)} of key ${show(key)}`;
  switch (anomaly.kind) {
    case "phantom":
      return `${claim(reader, `${subject}, at offset ${anomaly.offset}`)}, which nobody ever sent`;
    case "lost-write": {
      const { writer, bound } = anomaly;
      const highest = order.slots[bound];
      const passed = highest
        ? `message ${show(highest.message)} at offset ${highest.offset}`
        : "what is behind it";
      return `${subject} is lost: ${sent(writer)}; ${claim(reader, passed)}, but nobody was ever given ${show(message)}`;
    }
    case "G1a":
      return `${claim(reader, subject)}, although its send had failed on ${nodeOf(anomaly.writer.event)} ${whoAndWhen(anomaly.writer.event)}`;
    case "precommitted-read":
      return `${claim(reader, subject)} in the transaction that sent it`;
    default: {
      const { process, invoked } = anomaly.writer.event;
      return `${claim(reader, subject)} before anybody sent it: process ${process} did so at ${seconds(invoked.time)}`;
    }
  }
}

function explainPoll({ kind, from, to, delta, poll }: PollAnomaly, { key }: Log, order: Order): string {
  const { previous, event } = poll;
  const [before, after] = [from, to].map(
    (message) => `${show(message)} (offset ${offsetOf(message, order)})`,
  );
  const steps =
    kind.startsWith("int-") || previous === undefined
      ? `${nodeOf(event)} gave ${before} and then ${after} of key ${show(key)} in one poll ${whoAndWhen(event)}`
      : `${nodeOf(previous.event)} gave ${before} of key ${show(key)} ${whoAndWhen(previous.event)} and ${nodeOf(event)} ${after} in that process's next poll of the key ${whoAndWhen(event)}`;
  if (delta > 1) return `${steps}, leaving out ${between(from, to, delta, order)}`;
  return `${steps}: ${delta === 0 ? "the same again" : "back in the log"}`;
}

function explainSend({ delta, send, previous }: SendAnomaly, { key }: Log, order: Order): string {
  const [first, second] = [previous, send].map(
    ({ message, event }) => `${show(message)} (on ${nodeOf(event)}, at ${seconds(event.time)})`,
  );
  const steps = `process ${send.event.process} sent ${first} and then ${second} to key ${show(key)}`;
  if (delta > 1)
    return `${steps}, with ${between(previous.message, send.message, delta, order)} between them`;
  const [before, after] = [previous, send].map(({ message }) => offsetOf(message, order));
  return `${steps}, but the offset of the first is ${before} and that of the second ${after}`;
}

/** The messages of a key that were acknowledged and never polled, as a sentence. */
export function explainUnseen(key: string, sends: readonly Send[]): string {
  const claims = sends.slice(0, named).map((send) => claim(send, show(send.message)));
  const what = sends.length === 1 ? "a message" : `${sends.length} messages`;
  return `nobody was ever given ${what} of key ${show(key)}: ${list(claims, sends.length)}`;
}

function between(from: Message, to: Message, delta: number, order: Order): string {
  const slots = order.between(from, to, named);
  return list(
    slots.map(({ message, offset }) => `${show(message)} (offset ${offset})`),
    delta - 1,
  );
}

/** Who said that a message is in the log: "n0 gave 5 (process 3, at 1.250 s)". */
function claim(witness: Send | Poll, what: string): string {
  const did = "messages" in witness ? "gave" : "acknowledged";
  return `${nodeOf(witness.event)} ${did} ${what} ${whoAndWhen(witness.event)}`;
}

function sent(send: Send): string {
  if (send.offset !== undefined) return claim(send, `it at offset ${send.offset}`);
  return `it was sent to ${nodeOf(send.event)} ${whoAndWhen(send.event)}`;
}

function seconds(time: number): string {
  return `${(time / second).toFixed(3)} s`;
}

function offsetOf(message: Message, order: Order): string {
  const index = order.index(message);
  return String(order.slots[index ?? -1]?.offset ?? "unknown");
}

function show(message: Message): string {
  return excerpt(String(message));
}

/** Things one after the other, of so many. */
function list(things: readonly string[], count: number): string {
  const more = count > things.length ? `; and ${count - things.length} more` : "";
  return things.join("; ") + more;
}
