/** What went over the network: messages in all, with clients, and between servers, and how many an operation cost. */
import type { JournalCounts, MessageCount } from "../network/journal.ts";
import type { Verdict } from "./verdict.ts";

export interface Net extends Verdict {
  readonly all: Traffic;
  readonly clients: Traffic;
  readonly servers: Traffic;
}

export interface Traffic {
  readonly "send-count": number;
  readonly "recv-count": number;
  readonly "msg-count": number;
  /** For each invoked operation; absent when there was none, and for clients, as in the original. */
  readonly "msgs-per-op"?: number;
  /** Sent messages by type. The original has no such entry. */
  readonly "by-type": Readonly<Record<string, number>>;
}

/** Puts the journal's counts beside the number of operations that clients began. */
export function countTraffic(operations: number, { clients, servers }: JournalCounts): Net {
  const perOperation = (traffic: Traffic): Traffic =>
    operations === 0 ? traffic : { ...traffic, "msgs-per-op": traffic["msg-count"] / operations };
  return {
    "valid?": true,
    all: perOperation(traffic(clients, servers)),
    clients: traffic(clients),
    servers: perOperation(traffic(servers)),
  };
}

function traffic(...counts: readonly MessageCount[]): Traffic {
  const byType = new Map<string, number>();
  let [sent, received] = [0, 0];
  for (const count of counts) {
    sent += count.sent;
    received += count.received;
    for (const [type, number] of count.byType) byType.set(type, (byType.get(type) ?? 0) + number);
  }
  return {
    "send-count": sent,
    "recv-count": received,
    "msg-count": sent,
    "by-type": Object.fromEntries(byType),
  };
}
