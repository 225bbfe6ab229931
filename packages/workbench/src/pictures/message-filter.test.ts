import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JournalWriter, journals, nodeNames, runOf } from "../../test/journals.ts";
import {
  filterMessages,
  type MessageFilter,
  noFilter,
  trafficChoices,
  typeCounts,
} from "./message-filter.ts";
import { bodyText, fateText, typeText } from "./message-text.ts";

/** Each part is often one that lets everything through. */
const filters: fc.Arbitrary<MessageFilter> = fc.record({
  nodes: fc
    .oneof(fc.constant([]), fc.subarray(["n0", "n1", "lin-kv"]))
    .map((names): ReadonlySet<string> => new Set<string>(names)),
  hiddenTypes: fc
    .oneof(fc.constant([]), fc.subarray(["", "ok", "read", "error"]))
    .map((names): ReadonlySet<string> => new Set<string>(names)),
  traffic: fc.constantFrom(...trafficChoices),
  search: fc.constantFrom("", "", "", "READ", '"msg_id":1', "nothing of the kind"),
});
const fewRows = fc.option(fc.array(fc.nat(40)), { nil: undefined, freq: 1 });

const isClient = (name: string): boolean => name.startsWith("c");
const isService = (name: string): boolean => name === "lin-kv";

describe("the filter of messages", () => {
  it("lets through what passes all of its parts, in order", () => {
    fc.assert(
      fc.property(journals, filters, fewRows, (writer, filter, only) => {
        const run = runOf(writer.columns(), nodeNames);
        const expected = [...writer.rows.entries()].flatMap(([row, { src, dest, body, fate }]) => {
          const ends = [src, dest];
          const type = typeof body.type === "string" ? body.type : "";
          const traffic = {
            all: true,
            clients: ends.some(isClient),
            servers: !ends.some(isClient),
            services: ends.some(isService),
            lost: fate === "p",
            errors: type === "error",
          }[filter.traffic];
          const passes =
            traffic &&
            (filter.nodes.size === 0 || ends.some((name) => filter.nodes.has(name))) &&
            !filter.hiddenTypes.has(type) &&
            JSON.stringify(body).toLowerCase().includes(filter.search.toLowerCase()) &&
            (!only || only.includes(row));
          return passes ? [row] : [];
        });
        const given = only ? { ...filter, rows: new Set(only) } : filter;
        expect([...filterMessages(run, given)]).toEqual(expected);
        expect(filterMessages(run, noFilter)).toHaveLength(writer.rows.length);
      }),
      { numRuns: 500 },
    );
  });

  it("counts types, the most frequent first", () => {
    const journal = new JournalWriter();
    for (const type of ["a", "b", "b", undefined]) journal.send(0, "n0", "n1", type ? { type } : {});
    expect(typeCounts(journal.columns())).toEqual([
      { type: "b", count: 2 },
      { type: "a", count: 1 },
      { type: "", count: 1 },
    ]);
  });
});

describe("a message in few words", () => {
  const textOf = (body: string): string => bodyText({ body: [body] }, 0, 60);

  it("leaves out what its arrow tells, and the name of a single field", () => {
    expect(textOf('{"type":"echo","echo":"hi","msg_id":1}')).toBe('"hi"');
    expect(textOf('{"type":"cas","key":0,"from":1,"to":[2],"in_reply_to":1}')).toBe("key 0, from 1, to [2]");
    expect(textOf('{"type":"init_ok"}')).toBe("");
  });

  it("shows what is no object, what is cut off, and numbers that JavaScript would round, as they are", () => {
    for (const text of ['{"type":"echo","echo":"long…', "[1,2]x", '{"id":12345678901234567890}', ""]) {
      expect(textOf(text)).toBe(text);
    }
  });

  it("is short and can be looked at, whatever a node said", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }), fc.json()),
        (body) => {
          const text = bodyText({ body: [body] }, 0, 30);
          expect(text.isWellFormed()).toBe(true);
          for (const hidden of ["\n", "\r", "\u202e", "\u0000"]) expect(text).not.toContain(hidden);
        },
      ),
    );
    expect(textOf(`{"a":"${"x".repeat(1000)}"}`)).toHaveLength(60);
  });

  it("says when there is no type, and what became of it", () => {
    const journal = new JournalWriter();
    journal.send(0, "n0", "n1", {});
    expect(typeText(journal.columns(), 0)).toBe("(no type)");
    expect(fateText("p")).toContain("partition");
    expect(fateText("constructor")).toContain("nobody knows");
  });
});
