import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JournalWriter, journals } from "../../test/journals.ts";
import { type Causes, causesOf } from "./causes.ts";
import type { MessageColumns } from "./run-data.ts";

const ms = 1_000_000;

/** Whether a message had arrived before another was sent. */
function arrivedBefore({ fate, arrivedOrder, sentOrder }: MessageColumns, a: number, b: number): boolean {
  return fate[a] === "a" && (arrivedOrder[a] ?? 0) < (sentOrder[b] ?? 0);
}

/** The id of the message that caused one, by its id. */
function causeOf(messages: MessageColumns, { cause }: Causes, id: number): number | undefined {
  return messages.id[cause[messages.id.indexOf(id)] ?? -1];
}

describe("a cause", () => {
  it("was received by the sender of the effect before that was sent, and stands before it", () => {
    fc.assert(
      fc.property(journals, (writer) => {
        const messages = writer.columns();
        const { cause, exact } = causesOf(messages);
        for (const [row, before] of cause.entries()) {
          if (before < 0) continue;
          expect(before).toBeLessThan(row);
          expect(arrivedBefore(messages, before, row)).toBe(true);
          const handedOn = exact[row] === 1 && (messages.inReplyTo[row] ?? -1) < 0;
          if (handedOn) expect(messages.src[before]).toBe(messages.src[row]);
          else expect(messages.dest[before]).toBe(messages.src[row]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("of a reply is the latest request with its number, and nothing else", () => {
    fc.assert(
      fc.property(journals, (writer) => {
        const messages = writer.columns();
        const { src, dest, msgId, inReplyTo, id, arrivedOrder } = messages;
        const { cause, exact } = causesOf(messages);
        for (const [row, number] of inReplyTo.entries()) {
          if (number < 0) continue;
          const requests = id
            .map((_, request) => request)
            .filter((request) => arrivedBefore(messages, request, row) && msgId[request] === number)
            .filter((request) => src[request] === dest[row] && dest[request] === src[row])
            .filter((request) => id[request] !== id[row]);
          requests.sort((a, b) => (arrivedOrder[a] ?? 0) - (arrivedOrder[b] ?? 0));
          expect(cause[row]).toBe(requests.at(-1) ?? -1);
          expect(exact[row]).toBe(requests.length > 0 ? 1 : 0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("leads never in circles, whatever a journal claims", () => {
    const journal = new JournalWriter();
    journal.pass(0, "n0", "n1", { type: "a", msg_id: 1 });
    journal.pass(ms, "n1", "n0", { type: "b", msg_id: 1 });
    const messages = journal.columns();
    // Both arrive before either is sent.
    const { cause } = causesOf({ ...messages, sentOrder: [2, 3], arrivedOrder: [0, 1] });
    expect([...cause]).toEqual([-1, 0]);
  });

  it("of a reply is what was sent the other way, also when both ways have the same number", () => {
    const journal = new JournalWriter();
    const there = journal.pass(0, "n0", "n1", { type: "ping", msg_id: 1 });
    const back = journal.pass(ms, "n1", "n0", { type: "ping", msg_id: 1 });
    const second = journal.pass(2 * ms, "n0", "n1", { type: "pong", in_reply_to: 1 });
    const first = journal.pass(3 * ms, "n1", "n0", { type: "pong", in_reply_to: 1 });
    const messages = journal.columns();
    const causes = causesOf(messages);
    expect([second, first].map((id) => causeOf(messages, causes, id))).toEqual([back, there]);
  });

  it("is found by the times, too, when they say everything", () => {
    fc.assert(
      fc.property(journals, (writer) => {
        for (const [i, row] of writer.rows.entries()) {
          Object.assign(row, { sent: row.sentOrder * ms });
          if (row.fate !== "u") Object.assign(row, { arrived: row.arrivedOrder * ms });
          expect(writer.rows[i]).toBe(row);
        }
        const messages = writer.columns();
        expect(causesOf(writer.columns(false))).toEqual(causesOf(messages));
        const half = { ...messages, arrivedOrder: messages.arrivedOrder.map(() => -1) };
        expect(causesOf(half)).toEqual(causesOf(messages));
      }),
    );
  });

  it("is never one of a client's, unless its request was handed on", () => {
    const journal = new JournalWriter();
    journal.pass(0, "c1", "n0", { type: "echo", msg_id: 1 });
    journal.pass(ms, "n0", "c1", { type: "echo_ok", in_reply_to: 1 });
    const second = journal.pass(2 * ms, "c1", "n0", { type: "echo", msg_id: 2 });
    const onward = journal.pass(3 * ms, "c1", "n1", { type: "echo", msg_id: 2 });
    const answer = journal.pass(4 * ms, "n1", "c1", { type: "echo_ok", in_reply_to: 2 });
    const messages = journal.columns();
    const causes = causesOf(messages);
    expect(causeOf(messages, causes, second)).toBeUndefined();
    expect(causeOf(messages, causes, onward)).toBe(second);
    expect(causeOf(messages, causes, answer)).toBe(onward);
    expect([...causes.exact]).toEqual([0, 1, 0, 1, 1]);
  });

  it("leads from a request through calls of others to the reply", () => {
    const journal = new JournalWriter();
    const request = journal.pass(0, "c1", "n0", { type: "cas", msg_id: 7 });
    const read = journal.pass(ms, "n0", "lin-kv", { type: "read", msg_id: 1 });
    const value = journal.pass(1.2 * ms, "lin-kv", "n0", { type: "read_ok", in_reply_to: 1 });
    const write = journal.pass(2 * ms, "n0", "lin-kv", { type: "cas", msg_id: 2 });
    const written = journal.pass(2.2 * ms, "lin-kv", "n0", { type: "cas_ok", in_reply_to: 2 });
    const reply = journal.pass(3 * ms, "n0", "c1", { type: "cas_ok", in_reply_to: 7 });
    const messages = journal.columns();
    const causes = causesOf(messages);
    const chain = [read, value, write, written, reply].map((id) => causeOf(messages, causes, id));
    expect(chain).toEqual([request, read, value, write, request]);
    expect([...causes.exact]).toEqual([0, 0, 1, 0, 1, 1]);
  });

  it("of what was written at once is one and the same, whatever came in between", () => {
    const journal = new JournalWriter();
    const request = journal.pass(0, "c1", "n0", { type: "commit", msg_id: 7 });
    const calls: number[] = [];
    for (let i = 0; i < 5; i++) {
      calls.push(journal.pass(ms + i * 15_000, "n0", "lin-kv", { type: "read", msg_id: i }, 2_000));
      journal.pass(ms + i * 15_000 + 5_000, "lin-kv", "n0", { type: "read_ok", in_reply_to: i }, 2_000);
    }
    const later = journal.pass(2 * ms, "n0", "lin-kv", { type: "write", msg_id: 9 });
    const messages = journal.columns();
    const causes = causesOf(messages);
    expect(calls.map((id) => causeOf(messages, causes, id))).toEqual(calls.map(() => request));
    expect(causeOf(messages, causes, later)).toBe(later - 1);
  });

  it("of what is written without an end is not as old as its beginning", () => {
    const journal = new JournalWriter();
    const request = journal.pass(0, "c1", "n0", { type: "commit", msg_id: 7 });
    const calls: number[] = [];
    for (let i = 0; i < 20; i++) {
      if (i === 10) journal.pass(ms + i * 80_000 - 30_000, "c2", "n0", { type: "commit", msg_id: 1 });
      calls.push(journal.send(ms + i * 80_000, "n0", "n1", { type: `gossip ${i}` }));
    }
    const other = calls[9] === undefined ? -1 : calls[9] + 1;
    const messages = journal.columns();
    const causes = causesOf(messages);
    // After a ms, what was received meanwhile counts.
    const expected = calls.map((_, i) => (i <= 12 ? request : other));
    expect(calls.map((id) => causeOf(messages, causes, id))).toEqual(expected);
  });

  it("may take no time in virtual time", () => {
    const journal = new JournalWriter();
    const request = journal.pass(ms, "c1", "n0", { type: "cas", msg_id: 7 }, 0);
    const read = journal.pass(ms, "n0", "lin-kv", { type: "read", msg_id: 1 }, 0);
    const value = journal.pass(ms, "lin-kv", "n0", { type: "read_ok", in_reply_to: 1 }, 0);
    const write = journal.pass(ms, "n0", "lin-kv", { type: "cas", msg_id: 2 }, 0);
    for (const ordered of [true, false]) {
      const messages = journal.columns(ordered);
      const causes = causesOf(messages);
      expect([read, value, write].map((id) => causeOf(messages, causes, id))).toEqual([request, read, value]);
    }
  });

  it("is late when the sender took its time, and what is sent again is as sure as the first time", () => {
    const journal = new JournalWriter();
    const request = journal.pass(0, "c1", "n0", { type: "broadcast", msg_id: 1 });
    const gossip = { type: "gossip", msg_id: 4 };
    journal.lose(2 * ms, journal.send(ms, "n0", "n1", gossip));
    journal.pass(100 * ms, "n2", "n0", { type: "other" });
    const again = journal.pass(500 * ms, "n0", "n1", gossip);
    const third = journal.pass(900 * ms, "n0", "n1", gossip);
    const tick = journal.pass(990 * ms, "n0", "n2", { type: "tick" });
    const messages = journal.columns();
    const causes = causesOf(messages);
    expect(causeOf(messages, causes, again)).toBe(request);
    expect(causeOf(messages, causes, third)).toBe(request);
    expect(causeOf(messages, causes, tick)).toBe(2);
    expect([...causes.late]).toEqual([0, 0, 0, 0, 0, 1]);
  });

  it("of another request with the same number is its own", () => {
    const journal = new JournalWriter();
    const request = journal.pass(0, "c1", "n0", { type: "write", msg_id: 1 });
    const first = journal.pass(ms, "n0", "n1", { type: "gossip", msg_id: 4, value: 1 });
    const second = journal.pass(3 * ms, "c1", "n0", { type: "write", msg_id: 2 });
    const elsewhere = journal.pass(4 * ms, "n0", "n2", { type: "gossip", msg_id: 4, value: 1 });
    const third = journal.pass(6 * ms, "c1", "n0", { type: "write", msg_id: 3 });
    const otherwise = journal.pass(7 * ms, "n0", "n2", { type: "gossip", msg_id: 4, value: 2 });
    journal.pass(9 * ms, "c1", "n0", { type: "write", msg_id: 4 });
    const again = journal.pass(10 * ms, "n0", "n2", { type: "gossip", msg_id: 4, value: 2 });
    const messages = journal.columns();
    const causes = causesOf(messages);
    const found = [first, elsewhere, otherwise, again].map((id) => causeOf(messages, causes, id));
    expect(found).toEqual([request, second, third, third]);
  });

  it("of a request with an old number is not that of the life before", () => {
    const journal = new JournalWriter();
    journal.pass(0, "c1", "n0", { type: "write", msg_id: 1 });
    journal.pass(ms, "n0", "lin-kv", { type: "read", msg_id: 1 });
    const init = journal.pass(50 * ms, "c2", "n0", { type: "init", msg_id: 1 });
    const read = journal.pass(51 * ms, "n0", "lin-kv", { type: "read", msg_id: 1 });
    const messages = journal.columns();
    expect(causeOf(messages, causesOf(messages), read)).toBe(init);
  });

  it("is not looked for across a time that is not in the data, but for replies", () => {
    const journal = new JournalWriter();
    journal.pass(0, "c1", "n0", { type: "write", msg_id: 1 });
    const inside = journal.pass(ms, "n0", "n1", { type: "gossip" });
    const outside = journal.pass(5 * ms, "n0", "n1", { type: "gossip" });
    const beyond = journal.pass(9 * ms, "n0", "n1", { type: "gossip" });
    const reply = journal.pass(9.5 * ms, "n0", "c1", { type: "write_ok", in_reply_to: 1 });
    const spans = [
      { from: 0, to: 2 * ms },
      { from: 8 * ms, to: 10 * ms },
    ];
    const messages = { ...journal.columns(), spans };
    const causes = causesOf(messages);
    expect([inside, outside, beyond, reply].map((id) => causeOf(messages, causes, id))).toEqual([
      0,
      undefined,
      undefined,
      0,
    ]);
  });

  it("is never the twin of the message, and a twin has the same", () => {
    const journal = new JournalWriter();
    journal.pass(0, "c1", "n0", { type: "write", msg_id: 1 });
    const own = journal.send(ms, "n0", "n0", { type: "note" });
    journal.receive(ms, own);
    journal.receive(2 * ms, own);
    const messages = journal.columns(false);
    expect(messages.id).toEqual([0, own, own]);
    expect([...causesOf(messages).cause]).toEqual([-1, 0, 0]);
  });
});
