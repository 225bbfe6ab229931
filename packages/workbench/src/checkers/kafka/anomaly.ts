/** Anomalies: what can be wrong with a log, under the names that Jepsen has for it. */
import type { Log, Poll, Send } from "./log.ts";
import type { Message } from "./message.ts";
import type { Order, Slot } from "./order.ts";

/** What is wrong with one log, and who shows it. */
export type Anomaly = { readonly log: Log; readonly order: Order } & (
  | OffsetAnomaly
  | MessageAnomaly
  | PollAnomaly
  | SendAnomaly
);

/** One offset holds several messages, or one message stands at several offsets. */
export type OffsetAnomaly =
  | { readonly kind: "inconsistent-offsets"; readonly index: number; readonly slot: Slot }
  | { readonly kind: "duplicate"; readonly message: Message; readonly indexes: readonly number[] };

/** A message that should have been polled was not, or one was that should not have been. */
export type MessageAnomaly =
  | {
      readonly kind: "lost-write";
      readonly message: Message;
      readonly writer: Send;
      readonly index: number;
      /** The highest index of which something was polled, and who did. */
      readonly bound: number;
      readonly reader: Poll;
    }
  /** A message was polled that was never sent; Jepsen's checker of logs cannot judge such a history. */
  | { readonly kind: "phantom"; readonly message: Message; readonly offset: number; readonly reader: Poll }
  | {
      /**
       * Polled although its send failed (`G1a`), by the transaction that sends it (`precommitted-read`), or before
       * anybody sent it (`G1c-…`: a cycle of what was read and the order of time, or that of one process).
       */
      readonly kind: "G1a" | "precommitted-read" | "G1c-process" | "G1c-realtime";
      readonly message: Message;
      readonly writer: Send;
      readonly reader: Poll;
    };

/** What one poll gave (`int-…`), or one process's polls one after the other, leaves something out or goes back. */
export interface PollAnomaly {
  readonly kind: "int-poll-skip" | "int-nonmonotonic-poll" | "poll-skip" | "nonmonotonic-poll";
  readonly from: Message;
  readonly to: Message;
  readonly delta: number;
  readonly poll: Poll;
}

/** What one transaction sent (`int-…`), or one process's one after the other, stands in another order. */
export interface SendAnomaly {
  readonly kind: "int-send-skip" | "int-nonmonotonic-send" | "nonmonotonic-send";
  readonly delta: number;
  readonly send: Send;
  readonly previous: Send;
}

export type AnomalyKind = Anomaly["kind"];

/** All kinds, those first that say best what is wrong: the later ones may only be what follows from it. */
export const kinds = [
  "inconsistent-offsets",
  "duplicate",
  "phantom",
  "G1a",
  "G1c-process",
  "G1c-realtime",
  "precommitted-read",
  "lost-write",
  "int-nonmonotonic-send",
  "nonmonotonic-send",
  "int-nonmonotonic-poll",
  "nonmonotonic-poll",
  "int-poll-skip",
  "poll-skip",
  "int-send-skip",
] as const satisfies readonly AnomalyKind[];

/** What is no fault: transactions write into each other's midst. */
export const allowed: ReadonlySet<string> = new Set(["int-send-skip"]);
