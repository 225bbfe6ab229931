import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Operation } from "../history/operation.ts";
import { fromBytes, toBytes } from "../network/bytes.ts";
import { Journal } from "../network/journal.ts";
import { toJsonLine } from "../store/history-files.ts";
import { UnreadableFile } from "../store/json-lines.ts";
import { historyHead, operationOf } from "./history-lines.ts";
import { headOf, journalHead, sentOf } from "./journal-lines.ts";

/** Texts in which something stands that looks like a part of a line. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom("echo", 'a"b', "\\", ',"time":7', '"body":{', "}", "n0", '"f":"x"', "é😀"),
);
const number = fc.oneof(fc.nat(99), fc.nat(2 ** 47));

describe("the head of a line of a history", () => {
  const operations: fc.Arbitrary<Operation> = fc.record(
    {
      index: number,
      time: number,
      type: fc.constantFrom("invoke", "ok", "fail", "info"),
      process: fc.oneof(fc.integer({ min: -99, max: 1e6 }), fc.constant("nemesis" as const)),
      f: text,
      value: fc.jsonValue(),
      node: text,
    },
    { requiredKeys: ["index", "time", "type", "process", "f", "value"] },
  );

  it("is what the whole line says, or is left to the whole line", () => {
    let told = 0;
    fc.assert(
      fc.property(operations, (operation) => {
        const line = Buffer.from(toJsonLine(operation).trimEnd());
        const { index, time, type, process, f } = operation;
        const head = historyHead(line);
        if (head === undefined)
          expect(process === "nemesis" || /["\\]/.test(JSON.stringify(f).slice(1, -1))).toBe(true);
        else {
          told++;
          expect(head).toEqual({ index, time, type, process, f: JSON.parse(JSON.stringify(f)), value: null });
        }
        expect(operationOf(line, "x", 0)).toEqual(JSON.parse(JSON.stringify(operation)));
      }),
      { numRuns: 1000 },
    );
    expect(told).toBeGreaterThan(200);
  });

  it("is none where the fields stand in another way", () => {
    for (const line of [
      "",
      "{}",
      '{"time":5,"index":0,"type":"ok","process":0,"f":"x","value":0}',
      '{"index": 0,"time":5,"type":"ok","process":0,"f":"x","value":0}',
      '{"index":0,"line":5,"type":"ok","process":0,"f":"x","value":0}',
      '{"index":0,"time":5.5,"type":"ok","process":0,"f":"x","value":0}',
      '{"index":0,"time":5,"type":"bad","process":0,"f":"x","value":0}',
      '{"index":0,"time":5,"type":"ok","process":"0","f":"x","value":0}',
      '{"index":,"time":5,"type":"ok","process":0,"f":"x","value":0}',
      '{"index":0,"time":5,"type":"ok","process":-,"f":"x","value":0}',
      '{"index":0,"time":5,"type":"ok","process":0,"f":5,"value":0}',
      "\0".repeat(80),
    ])
      expect([line, historyHead(Buffer.from(line))]).toEqual([line, undefined]);
  });
});

describe("the head of a line of a journal", () => {
  const bodies = fc.dictionary(text, fc.jsonValue(), { maxKeys: 4 });
  const name = fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom("n0", 'a"b', "\\", '"body":{'));
  const messages = fc.record({ id: number, src: name, dest: name, body: bodies });

  it("is what the journal wrote, and the rest of a send, too", () => {
    let lines: string[] = [];
    const journal = new Journal((line) => lines.push(line));
    fc.assert(
      fc.property(messages, number, ({ body, ...message }, time) => {
        lines = [];
        const sent = { ...message, text: toBytes(JSON.stringify(body)), body };
        journal.send(time, sent);
        journal.receive(time, sent);
        journal.drop(time, sent, "down");
        for (const [i, event] of (["send", "recv", "drop"] as const).entries()) {
          const line = Buffer.from((lines[i] ?? "").slice(0, -1), "latin1");
          expect(journalHead(line)).toEqual({ time, event, id: message.id });
          expect(headOf(line, "x", 0)).toEqual({ time, event, id: message.id });
        }
        const { src, dest } = JSON.parse(JSON.stringify(message));
        const told = sentOf(Buffer.from((lines[0] ?? "").slice(0, -1), "latin1"), "x", 0);
        expect(told).toEqual({
          src,
          dest,
          body: JSON.parse(JSON.stringify(body)),
          text: fromBytes(sent.text),
        });
      }),
      { numRuns: 500 },
    );
  });

  it("is read from any JSON that says the same, and what is none has its place named", () => {
    const other = '{ "id": 7, "body": {"type": "a"}, "event": "send", "time": 5, "dest": "n1", "src": "n0" }';
    expect(journalHead(Buffer.from(other))).toBeUndefined();
    expect(headOf(Buffer.from(other), "x", 0)).toEqual({ time: 5, event: "send", id: 7 });
    expect(sentOf(Buffer.from(other), "x", 0)).toEqual({
      src: "n0",
      dest: "n1",
      body: { type: "a" },
      text: '{"type":"a"}',
    });
    const fraction = '{"time":5,"event":"recv","id":1.5,"src":"n0","dest":"n1"}';
    expect(headOf(Buffer.from(fraction), "x", 0)).toEqual({ time: 5, event: "recv", id: 1.5 });
    for (const line of [
      "",
      "null",
      '{"time":,"event":"send","id":1,"src":"a"}',
      '{"time":1,"event":"send","id":,"src":"a"}',
      '{"time":1,"event":"kept","id":1,"src":"a"}',
      '{"time":1,"event":"send","id":"1","src":"a"}',
      "\0".repeat(80),
    ]) {
      expect(() => headOf(Buffer.from(line), "x", 9)).toThrow(UnreadableFile);
      expect(() => headOf(Buffer.from(line), "x", 9)).toThrow("byte 9 is no event");
    }
    for (const body of ["5", "{", "{}}", "[]"]) {
      const line = `{"time":1,"event":"send","id":1,"src":"a","dest":"b","body":${body}}`;
      expect(() => sentOf(Buffer.from(line), "x", 9)).toThrow(UnreadableFile);
    }
  });
});
