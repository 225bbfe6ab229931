/** The clients of the workload kafka in simulated time: what they ask of a node, in which order, and when they end. */
import { describe, expect, it } from "vitest";
import { second } from "../src/time/clock.ts";
import {
  type Answer,
  type Exchange,
  type Offsets,
  type Recorded,
  recordKafka as record,
  type Twist,
} from "./kafka-recorder.ts";

function byClient(exchanges: readonly Exchange[]): Exchange[][] {
  const clients = new Set(exchanges.map(({ client }) => client));
  return [...clients].map((each) => exchanges.filter(({ client }) => client === each));
}

function highest(msgs: Answer["msgs"] = {}): Offsets {
  return Object.fromEntries(Object.entries(msgs).map(([key, pairs]) => [key, pairs.at(-1)?.[0] ?? -1]));
}

const finalPhase = (time: number): boolean => time > 129 * second;

describe("a client", () => {
  it("polls its keys from where it is, commits what it was given, and begins a new key where others have committed", async () => {
    const { results, exchanges } = await record();
    expect(results["valid?"]).toBe(true);
    let [moved, assigned] = [0, 0];
    for (const own of byClient(exchanges)) {
      let positions: Offsets = {};
      for (const [i, { type, body, answer, time }] of own.entries()) {
        if (type === "list_committed_offsets") {
          const before = positions;
          positions = {};
          for (const key of body.keys ?? []) positions[key] = before[key] ?? answer?.offsets?.[key] ?? 0;
          assigned++;
        }
        if (type !== "poll") continue;
        if (i === 0 && finalPhase(time)) positions = { ...body.offsets };
        expect(body.offsets).toEqual(positions);
        const given = highest(answer?.msgs);
        if (Object.keys(given).length === 0) {
          expect(own[i + 1]?.type).not.toBe("commit_offsets");
          continue;
        }
        expect(own[i + 1]).toMatchObject({ type: "commit_offsets", body: { offsets: given } });
        for (const [key, offset] of Object.entries(given)) positions[key] = offset + 1;
        moved++;
      }
    }
    expect([moved > 100, assigned > 20]).toEqual([true, true]);
  });

  it("leaves a history that looks like the original's", async () => {
    const { edn } = await record();
    expect(edn).toMatch(/:type :invoke, :process \d, :f :send, :value \[\[:send "\d" 1\]\]\}/);
    expect(edn).toMatch(/:type :ok, :process \d, :f :send, :value \[\[:send "\d" \[10 1\]\]\]\}/);
    expect(edn).toMatch(/:type :invoke, :process \d, :f :poll, :value \[\[:poll\]\]\}/);
    expect(edn).toMatch(/:type :ok, :process \d, :f :poll, :value \[\[:poll \{"\d" \[\[\d+ \d+\]/);
    expect(edn).toMatch(/:type :invoke, :process \d, :f :assign, :value \["\d"\]\}/);
    expect(edn).toMatch(/:type :info, :process \d, :f :crash, :value nil\}/);
  });

  it("is lost in a crash, and its successor begins without keys", async () => {
    const { history, exchanges } = await record();
    const crashes = history.filter(({ f, type, final }) => f === "crash" && type === "info" && !final);
    // Each of three clients every 30 s on average, for 120 s.
    expect(crashes.length).toBeGreaterThan(7);
    expect(crashes.length).toBeLessThan(30);
    const clients = byClient(exchanges.filter(({ type, time }) => type !== "init" && !finalPhase(time)));
    expect(clients.length).toBeGreaterThan(4);
    for (const own of clients) {
      const firstAssign = own.findIndex(({ type }) => type === "list_committed_offsets");
      for (const { type, body } of own.slice(0, Math.max(0, firstAssign)))
        if (type === "poll") expect(body.offsets).toEqual({});
    }
  });

  it("polls again what it was given when its commit was refused: nothing is skipped", async () => {
    const refuse: Twist = (answer, count) =>
      answer.type === "commit_offsets_ok" && count % 3 === 0 ? { type: "error", code: 11 } : answer;
    const { results, history } = await record(refuse);
    expect(history.filter(({ f, type }) => f === "poll" && type === "fail").length).toBeGreaterThan(10);
    expect(results).toMatchObject({ "valid?": true, workload: { "error-types": [] } });
  });

  it("goes on when nobody tells it what was committed: its assign has failed", async () => {
    const silent: Twist = (answer, count) =>
      answer.type === "list_committed_offsets_ok" && count % 2 === 0 ? undefined : answer;
    const { results, history } = await record(silent);
    const assigns = history.filter(({ f, type }) => f === "assign" && type !== "invoke");
    expect(new Set(assigns.map(({ type }) => type))).toEqual(new Set(["ok", "fail"]));
    expect(results["valid?"]).toBe(true);
  });

  it("does not take an offset that it cannot tell from its neighbours", async () => {
    const far: Twist = (answer) => (answer.offset === undefined ? answer : { ...answer, offset: 2 ** 53 });
    const { results } = await record(far, { timeLimit: 5 });
    expect(results).toMatchObject({ "valid?": false, exceptions: { "valid?": false } });
    expect(JSON.stringify(results.exceptions)).toContain("offsets beyond 2^53 cannot be told apart");
  });
});

describe("operations", () => {
  it("are sends and polls, half and half, one in 64 an assign, and go to keys that come and go", async () => {
    const { history } = await record();
    const begun = history.filter(({ type, final }) => type === "invoke" && !final);
    const count = (f: string): number => begun.filter((each) => each.f === f).length;
    expect(begun.length).toBeGreaterThan(3000);
    expect(count("send") / count("poll")).toBeCloseTo(1, 0);
    expect(begun.length / count("assign")).toBeGreaterThan(40);
    expect(begun.length / count("assign")).toBeLessThan(100);
    const sent = new Map<string, number[]>();
    for (const { f, value } of begun) {
      if (f !== "send") continue;
      const [, , key = "", message] = /^\[\["(send)","(\d+)",(\d+)\]\]$/.exec(JSON.stringify(value)) ?? [];
      sent.set(key, [...(sent.get(key) ?? []), Number(message)]);
    }
    for (const messages of sent.values()) {
      expect(messages).toEqual(messages.map((_, i) => i + 1));
      expect(messages.length).toBeLessThanOrEqual(40);
    }
    // All but those in use are full.
    expect([...sent.values()].filter(({ length }) => length < 40).length).toBeLessThanOrEqual(4);
    expect(sent.size).toBeGreaterThan(20);
    // To catch up is to take the keys of which something was not polled yet, and these are never many.
    const assigns = begun.flatMap(({ f, value }) =>
      f === "assign" && Array.isArray(value) ? [value.length] : [],
    );
    expect(assigns.some((length) => length > 1)).toBe(true);
    expect(assigns.filter((length) => length > 15)).toEqual([]);
  });
});

describe("the final phase", () => {
  const final = ({ exchanges }: Recorded) => exchanges.filter(({ time }) => finalPhase(time));

  it("begins with new clients and at offset 0, and ends for each when it has been given everything", async () => {
    const recorded = await record();
    expect(recorded.results).toMatchObject({ "valid?": true, workload: { "valid?": true } });
    const polls = final(recorded).filter(({ type }) => type === "poll");
    const clients = byClient(polls);
    expect(clients).toHaveLength(3);
    for (const own of clients) {
      const keys = Object.keys(own[0]?.body.offsets ?? {});
      expect(keys.length).toBeGreaterThan(20);
      expect(own[0]?.body.offsets).toEqual(Object.fromEntries(keys.map((key) => [key, 0])));
      // Five at a time of 40 messages at most, and no poll more.
      expect(own).toHaveLength(8);
    }
    const types = new Set(final(recorded).map(({ type }) => type));
    expect(types).toEqual(new Set(["poll", "commit_offsets"]));
    for (const { f, final: marked, index, type } of recorded.history.filter(({ time }) => finalPhase(time)))
      expect([index, f, type, marked]).toEqual([index, f, type, true]);
  });

  it("ends after 10 s even when something is missing, and the verdict says what", async () => {
    const hide: Twist = (answer) => ({
      ...answer,
      ...(answer.msgs && {
        msgs: Object.fromEntries(Object.entries(answer.msgs).filter(([key]) => key !== "5")),
      }),
    });
    const recorded = await record(hide);
    const times = final(recorded).map(({ time }) => time);
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(8 * second);
    expect(Math.max(...times) - Math.min(...times)).toBeLessThan(10 * second);
    expect(recorded.results.workload).toMatchObject({
      "valid?": false,
      "bad-error-types": ["unseen"],
      unseen: { unseen: { 5: 40 } },
    });
  });

  it("begins anew for a client that is lost in it", async () => {
    let lost = 0;
    const lose: Twist = (answer, _, time) => {
      if (answer.type !== "poll_ok" || !finalPhase(time) || lost > 0) return answer;
      lost++;
      return { type: "error", code: 13 };
    };
    const recorded = await record(lose);
    expect([lost, recorded.results["valid?"]]).toEqual([1, true]);
    const assigns = recorded.history.filter(
      ({ f, type, final: marked }) => marked && f === "assign" && type === "ok",
    );
    expect(assigns).toHaveLength(4);
    expect(byClient(final(recorded)).map((own) => own.length)).toEqual([1, 16, 16, 16]);
  });

  it("does nothing when nothing is known to be there", async () => {
    const recorded = await record(undefined, { timeLimit: 5, rate: 0 });
    expect(recorded.history).toEqual([]);
    expect(recorded.results["valid?"]).toBe(true);
  });
});
