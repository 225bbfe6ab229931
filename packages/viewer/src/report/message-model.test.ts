import type { MessageColumns, RunData } from "@eddy/workbench/pictures";
import { costOf } from "@eddy/workbench/pictures";
import { describe, expect, it } from "vitest";
import { costText } from "./cost-text.ts";
import { MessageModel, wayOf } from "./message-model.ts";
import { sampleMessages, sampleOperations, sampleRun } from "./sample-run.ts";
import { View } from "./view.ts";

const us = 1_000;

/** c0 asks n0, which tells n1 and answers; then c0 asks again, and so on. */
function broadcasts(count: number): RunData {
  const ids = Array.from({ length: count * 3 }, (_, i) => i);
  const each = <T>(a: T, b: T, c: T): T[] => ids.map((id) => (id % 3 === 0 ? a : id % 3 === 1 ? b : c));
  const starts = each(0, 500, 600);
  const ends = each(20, 510, 620);
  const messages: MessageColumns = {
    ...sampleMessages(ids),
    names: ["c0", "n0", "n1"],
    types: ["broadcast", "gossip", "broadcast_ok"],
    src: each(0, 1, 1),
    dest: each(1, 2, 0),
    type: each(0, 1, 2),
    sent: ids.map((id) => Math.floor(id / 3) * 1e8 + (starts[id] ?? 0) * us),
    arrived: ids.map((id) => Math.floor(id / 3) * 1e8 + (ends[id] ?? 0) * us),
    msgId: ids.map((id) => (id % 3 === 0 ? id : -1)),
    inReplyTo: ids.map((id) => (id % 3 === 2 ? id - 2 : -1)),
  };
  const operations = {
    ...sampleOperations(Array.from({ length: count }, (_, i) => ({ from: i * 1e8, to: i * 1e8 + 1e6 }))),
    messages: Array.from({ length: count }, (_, i) => [i * 3, i * 3 + 2]),
  };
  return sampleRun({ messages, operations, end: count * 1e8 });
}

function costOfSelection(run: RunData, kind: "operation" | "message", row: number): string {
  const way = wayOf(run, { kind, row });
  return way ? costText(costOf(run.messages, way.followed), { of: kind, cut: way.followed.cut }) : "no way";
}

describe("the way of what is selected", () => {
  const run = broadcasts(3);

  it("of an operation is its request, its reply and what followed", () => {
    const way = wayOf(run, { kind: "operation", row: 1 });
    expect([...(way?.sure ?? [])]).toEqual([
      [3, undefined],
      [4, "likely"],
      [5, "exact"],
    ]);
    expect(costOfSelection(run, "operation", 1)).toBe(
      "3 messages in 620 µs: 1 request, 1 reply, 1 other that probably followed",
    );
  });

  it("of a message is what led to it, too, and does not count itself", () => {
    const way = wayOf(run, { kind: "message", row: 7 });
    expect(way?.before).toEqual([6]);
    expect([...(way?.sure.keys() ?? [])].sort()).toEqual([6, 7]);
    expect(way?.sure.get(7)).toBe("likely");
    expect(way?.replies).toEqual([]);
    expect(costOfSelection(run, "message", 7)).toBe("Nothing, as far as is known.");
    expect(costOfSelection(run, "message", 8)).toBe("Nothing, as far as is known.");
    expect(costOfSelection(run, "message", 6)).toBe(
      "2 messages in 620 µs: 1 reply, 1 other that probably followed",
    );
  });

  it("of a reply between servers leads on to the reply that waited for it", () => {
    // c0 asks n0, which asks n1; when that has answered, n0 answers c0.
    const messages: MessageColumns = {
      ...sampleMessages([0, 1, 2, 3]),
      names: ["c0", "n0", "n1"],
      src: [0, 1, 2, 1],
      dest: [1, 2, 1, 0],
      sent: [0, 1e6, 2e6, 3e6],
      arrived: [1e5, 1.1e6, 2.1e6, 3.1e6],
      msgId: [1, 1, -1, -1],
      inReplyTo: [-1, -1, 1, 1],
    };
    const calls = sampleRun({ messages, end: 1e7 });
    const way = wayOf(calls, { kind: "message", row: 2 });
    expect(way?.before).toEqual([0, 1]);
    expect(way?.replies).toEqual([3]);
    expect([...(way?.sure.keys() ?? [])].sort()).toEqual([0, 1, 2, 3]);
    expect(wayOf(calls, { kind: "message", row: 1 })?.replies).toEqual([]);
  });

  it("is none when its messages are not there", () => {
    const operations = { ...run.operations, messages: [[], [99], [6]] };
    const part = { ...run, operations };
    expect(wayOf(part, { kind: "operation", row: 0 })).toBeUndefined();
    expect(wayOf(part, { kind: "operation", row: 1 })).toBeUndefined();
    expect(wayOf(part, { kind: "message", row: 99 })).toBeUndefined();
    expect(wayOf(part, { kind: "operation", row: 2 })?.followed.steps).toHaveLength(3);
  });
});

describe("the messages that are shown", () => {
  it("are all, those that pass the filter, or those on the way, with the lanes that these need", () => {
    const view = new View(broadcasts(3));
    const model = new MessageModel(view);
    const labels = (): string[] => model.layout.value.lanes.map(({ label }) => label);
    expect(model.rows.value).toHaveLength(9);
    expect(labels()).toEqual(["c0", "n0", "n1"]);
    model.filter.value = { ...model.filter.value, hiddenTypes: new Set(["gossip"]) };
    expect([...model.rows.value]).toEqual([0, 2, 3, 5, 6, 8]);
    expect(labels()).toEqual(["c0", "n0"]);
    model.onlyWay.value = true;
    // As long as nothing is selected, there is no way that could be shown alone.
    expect(model.rows.value).toHaveLength(6);
    view.select({ kind: "operation", row: 1 });
    expect([...model.rows.value]).toEqual([3, 5]);
  });

  it("are gone through in order, and the window goes with them", () => {
    const view = new View(broadcasts(3));
    const model = new MessageModel(view);
    view.show({ from: 1e8, to: 1.2e8 });
    expect(model.step(1)).toBe(3);
    expect([model.step(1), model.step(1), model.step(1)]).toEqual([4, 5, 6]);
    const { from, to } = view.window.value;
    expect(from).toBeLessThan(2e8);
    expect(to).toBeGreaterThan(2e8);
    expect(to - from).toBeCloseTo(2e7);
    expect(model.step(-1)).toBe(5);
    view.select({ kind: "message", row: 0 });
    model.cursor.value = undefined;
    expect(model.step(-1)).toBeUndefined();
    expect(model.step(1)).toBe(1);
  });
});
