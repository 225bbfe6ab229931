import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JournalWriter, journals } from "../../test/journals.ts";
import { causesOf } from "./causes.ts";
import { costOf, follow, leadingTo, rowsById, surenessOf } from "./follow.ts";
import type { MessageColumns } from "./run-data.ts";

const ms = 1_000_000;

function costOfIds(messages: MessageColumns, ids: readonly number[]) {
  const rows = ids.flatMap((id) => rowsById(messages).get(id) ?? []);
  return costOf(messages, follow(messages, causesOf(messages), rows));
}

describe("following", () => {
  const picks = fc.array(fc.nat(), { minLength: 1, maxLength: 3 });

  it("finds exactly what the messages led to, and not what came of what is late", () => {
    fc.assert(
      fc.property(journals, picks, (writer, numbers) => {
        const messages = writer.columns();
        const count = messages.id.length;
        if (count === 0) return;
        const seeds = numbers.map((number) => number % count);
        const causes = causesOf(messages);
        const leads = (row: number): boolean => {
          if (seeds.includes(row)) return true;
          const cause = causes.cause[row] ?? -1;
          if (cause < 0 || !leads(cause)) return false;
          return seeds.includes(cause) || surenessOf(causes, cause) !== "late";
        };
        const expected = messages.id.map((_, row) => row).filter(leads);
        const { steps, cut } = follow(messages, causes, seeds);
        expect(steps.map(({ row }) => row)).toEqual(expected);
        expect(cut).toBe(false);
        for (const { row, cause, depth, sure } of steps) {
          const before = steps.find((step) => step.row === cause);
          expect(depth).toBe(before ? before.depth + 1 : 0);
          expect(sure).toBe(before && surenessOf(causes, row));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("goes on from a late message, when that is to be followed, too", () => {
    const journal = new JournalWriter();
    journal.pass(0, "c1", "n0", { type: "write", msg_id: 1 });
    journal.pass(90 * ms, "n0", "n1", { type: "heartbeat" });
    journal.pass(91 * ms, "n1", "n0", { type: "heard" });
    const messages = journal.columns();
    const rowsFrom = (...rows: number[]) =>
      follow(messages, causesOf(messages), rows).steps.map(({ row }) => row);
    expect(rowsFrom(0)).toEqual([0, 1]);
    expect(rowsFrom(0, 1)).toEqual([0, 1, 2]);
  });

  it("stops at its limit with the earliest, and says so", () => {
    fc.assert(
      fc.property(journals, fc.integer({ min: 1, max: 5 }), (writer, limit) => {
        const messages = writer.columns();
        const causes = causesOf(messages);
        const all = messages.id.map((_, row) => row);
        const { steps, cut } = follow(messages, causes, all, limit);
        expect(steps.map(({ row }) => row)).toEqual(all.slice(0, limit));
        expect(cut).toBe(all.length > limit);
      }),
    );
  });

  it("of nothing finds nothing", () => {
    const messages = new JournalWriter().columns();
    expect(follow(messages, causesOf(messages), [])).toEqual({ steps: [], cut: false });
  });

  it("backwards leads to where it began", () => {
    fc.assert(
      fc.property(journals, (writer) => {
        const causes = causesOf(writer.columns());
        for (const row of causes.cause.keys()) {
          const chain = [...leadingTo(causes, row), row];
          for (const [i, at] of chain.entries()) {
            if (i > 0) expect(causes.cause[at]).toBe(chain[i - 1]);
          }
          expect([undefined, "late"]).toContain(surenessOf(causes, chain[0] ?? -1));
        }
      }),
    );
  });
});

describe("the cost of a request", () => {
  it("counts each message once, in one of its parts", () => {
    fc.assert(
      fc.property(journals, (writer) => {
        const messages = writer.columns();
        const cost = costOfIds(messages, messages.id.slice(0, 1));
        const { requests, replies, exact, likely, late } = cost;
        expect(requests + replies + exact + likely + late).toBe(cost.messages);
        expect(cost.span.to).toBeGreaterThanOrEqual(cost.span.from);
      }),
    );
  });

  it("is two messages for an echo, also among others", () => {
    const journal = new JournalWriter();
    const requests: number[] = [];
    for (let i = 0; i < 20; i++) {
      requests.push(journal.pass(i * 30_000, `c${i}`, "n0", { type: "echo", msg_id: 1 }));
    }
    for (let i = 0; i < 20; i++) {
      journal.pass(ms + i * 10_000, "n0", `c${i}`, { type: "echo_ok", in_reply_to: 1 }, 7);
    }
    const messages = journal.columns();
    for (const [i, request] of requests.entries()) {
      expect(costOfIds(messages, [request])).toEqual({
        messages: 2,
        requests: 1,
        replies: 1,
        exact: 0,
        likely: 0,
        late: 0,
        span: { from: i * 30_000, to: ms + i * 10_000 + 7 },
      });
    }
    // The history tells the ids of both.
    expect(costOfIds(messages, [0, 20])).toMatchObject({ messages: 2, requests: 1, replies: 1 });
  });

  it("of a broadcast tells what is certain from what is likely, and what may have been a timer", () => {
    const journal = new JournalWriter();
    const request = journal.pass(0, "c1", "n0", { type: "broadcast", msg_id: 1 });
    const gossip = journal.send(ms, "n0", "n1", { type: "gossip", msg_id: 1 });
    journal.receive(2 * ms, gossip);
    journal.receive(3 * ms, gossip);
    journal.pass(1.05 * ms, "n0", "c1", { type: "broadcast_ok", in_reply_to: 1 });
    journal.pass(2.5 * ms, "n1", "n0", { type: "gossip_ok", in_reply_to: 1 });
    journal.pass(3.5 * ms, "n1", "n0", { type: "gossip_ok", in_reply_to: 1 });
    journal.pass(90 * ms, "n1", "n2", { type: "heartbeat" });
    journal.pass(91 * ms, "n2", "n1", { type: "heard" });
    const cost = costOfIds(journal.columns(), [request]);
    // The answers to a gossip are no surer than the gossip itself.
    expect(cost).toEqual({
      messages: 6,
      requests: 1,
      replies: 1,
      exact: 0,
      likely: 3,
      late: 1,
      span: { from: 0, to: 3.5 * ms + 10 },
    });
  });

  it("of a message between nodes has only its own reply", () => {
    const journal = new JournalWriter();
    const call = journal.pass(0, "n0", "n1", { type: "prepare", msg_id: 1 });
    journal.pass(ms, "n1", "n0", { type: "prepared", in_reply_to: 1 });
    journal.pass(2 * ms, "n0", "n1", { type: "commit", msg_id: 2 });
    journal.pass(3 * ms, "n1", "n0", { type: "committed", in_reply_to: 2 });
    expect(costOfIds(journal.columns(), [call])).toMatchObject({ requests: 1, replies: 1, likely: 2 });
  });

  it("of a request that was handed on has the reply of the other node", () => {
    const journal = new JournalWriter();
    const request = journal.pass(0, "c1", "n0", { type: "write", msg_id: 1 });
    journal.pass(ms, "c1", "n1", { type: "write", msg_id: 1 });
    journal.pass(2 * ms, "n1", "c1", { type: "write_ok", in_reply_to: 1 });
    const cost = costOfIds(journal.columns(), [request]);
    expect(cost).toMatchObject({ messages: 3, requests: 1, replies: 1, exact: 1 });
  });
});
