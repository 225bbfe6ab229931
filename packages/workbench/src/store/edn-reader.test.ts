import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Keyword, toEdn, toPrettyEdn } from "./edn.ts";
import { EdnError, EdnSymbol, readEdn, Tagged } from "./edn-reader.ts";

const read = (text: string): unknown[] => [...readEdn(text)];

describe("reading EDN", () => {
  it.each<readonly [string, unknown]>([
    ["nil", null],
    ["true", true],
    ["false", false],
    ["0", 0],
    ["-12", -12],
    ["+7", 7],
    ["42N", 42],
    ["12345678901234567890", 12345678901234567890n],
    ["-12345678901234567890N", -12345678901234567890n],
    ["9007199254740991", Number.MAX_SAFE_INTEGER],
    ["1.5", 1.5],
    ["-1.", -1],
    ["2e3", 2000],
    ["1.5E-1M", 0.15],
    ["3M", 3],
    ["0x1F", 31],
    ["-0x10", -16],
    ["1/4", 0.25],
    ["##Inf", Number.POSITIVE_INFINITY],
    ["##-Inf", Number.NEGATIVE_INFINITY],
    ["##NaN", Number.NaN],
    ['"a\\n\\t\\r\\"\\\\\\b\\f\\u00e9\\101 b"', 'a\n\t\r"\\\b\fé\u0041 b'],
    ['"two\nlines"', "two\nlines"],
    ["\\a", "a"],
    ["\\newline", "\n"],
    ["\\space", " "],
    ["\\u0041", "A"],
    ["\\o101", "A"],
    ["\\(", "("],
    ["\\😀", "😀"],
    [":ok", new Keyword("ok")],
    [":a.b/c?", new Keyword("a.b/c?")],
    ["::x", new Keyword("x")],
    ["foo/bar!", new EdnSymbol("foo/bar!")],
    ["-", new EdnSymbol("-")],
    ["...", new EdnSymbol("...")],
    ["()", []],
    ["[1, 2,,3]", [1, 2, 3]],
    ["(1 (2) [])", [1, [2], []]],
    [
      "{:a 1, nil [2]}",
      new Map<unknown, unknown>([
        [new Keyword("a"), 1],
        [null, [2]],
      ]),
    ],
    ["#{1 2}", new Set([1, 2])],
    ["#{}", new Set()],
    ['#inst "2014-01-01"', new Tagged("inst", "2014-01-01")],
    [
      "#jepsen.history.Op{:f :read}",
      new Tagged("jepsen.history.Op", new Map([[new Keyword("f"), new Keyword("read")]])),
    ],
    ["#a #b 1", new Tagged("a", new Tagged("b", 1))],
    ["[1 #_2 3 #_ [4 5] #_#_ 6 7]", [1, 3]],
    ["[#_ #tag {:a 1} 1]", [1]],
    ["; all\n[1 ; one\n 2;two\n]", [1, 2]],
    ["#!shebang\n1", 1],
    ["[:a:b]", [new Keyword("a:b")]],
    ['[a"b"c]', [new EdnSymbol("a"), "b", new EdnSymbol("c")]],
  ])("%s", (text, value) => {
    expect(read(text)).toEqual([value]);
  });

  it("takes one value after the other", () => {
    expect(read("")).toEqual([]);
    expect(read(" , ;\n#_1")).toEqual([]);
    expect(read("1 2[3]")).toEqual([1, 2, [3]]);
  });

  it("has one object for each keyword", () => {
    const [first, second] = read(":a :a");
    expect(first).toBe(second);
  });

  it.each([
    ["[1 2", 1, 1, "the text ends within a vector"],
    ["\n {:a", 2, 2, "the text ends within a map"],
    ['\n\n  "abc', 3, 3, "the text ends within a string"],
    ["#tag", 1, 1, "the text ends within a tag"],
    ["[#_]", 1, 4, "] closes a discard"],
    ["(1]", 1, 3, "] closes a list"],
    ["]", 1, 1, "] closes nothing"],
    ["{1}", 1, 1, "a map has a key without a value"],
    ["1x", 1, 1, "1x is no number"],
    ["1/0", 1, 1, "1/0 is no number"],
    ["[:]", 1, 2, "a colon without a name"],
    ['"\\q"', 1, 2, "there is no escape \\q"],
    ["##Nan", 1, 1, "there is no such symbolic value"],
    ["##constructor", 1, 1, "there is no such symbolic value"],
    ["# 1", 1, 1, "a # without a tag"],
    ["^{:a 1} b", 1, 1, "metadata is no EDN"],
    ["\\", 1, 1, "a backslash without a character"],
    ["[".repeat(1001), 1, 1001, "this is nested more than 1000 levels deep"],
    ["9".repeat(20_000), 1, 1, `${"9".repeat(40)} is no number`],
  ])("says where %.20s is wrong", (text, line, column, reason) => {
    expect(() => read(text)).toThrow(new EdnError(reason, line, column));
  });

  it("reads what was written", () => {
    // Neither JSON nor EDN as we write it knows -0, and integers that JSON does not hold exactly are read exactly.
    const number = fc
      .oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }))
      .map((n) => (n === 0 || (Number.isInteger(n) && !Number.isSafeInteger(n)) ? 0 : n));
    const leaf = fc.oneof(number, fc.string({ unit: "binary" }), fc.boolean(), fc.constant(null));
    const { json } = fc.letrec<{ json: unknown }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 5 },
        leaf,
        fc.array(tie("json"), { maxLength: 5 }),
        fc.dictionary(fc.string(), tie("json"), { maxKeys: 5 }),
      ),
    }));
    const unkeyed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(unkeyed);
      if (!(value instanceof Map)) return value;
      return Object.fromEntries(
        [...value].map(([key, item]) => [key instanceof Keyword ? key.name : key, unkeyed(item)]),
      );
    };
    fc.assert(
      fc.property(json, (value) => {
        expect(read(toEdn(value)).map(unkeyed)).toEqual([JSON.parse(JSON.stringify(value))]);
        expect(read(toPrettyEdn(value)).map(unkeyed)).toEqual([JSON.parse(JSON.stringify(value))]);
      }),
    );
  });

  it("throws nothing but its own error, whatever the text", () => {
    const piece = fc.constantFrom(
      ..."()[]{}#_\\\":;^'@`~,/+-.0189NMeExanil\n\t ",
      "#{",
      "#_",
      "##",
      "##Inf",
      "\\u00",
      '"\\u12',
      "#inst ",
      "true",
      "1/2",
      "0x",
      "__proto__",
      "\ud800",
      "é",
    );
    const soup = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(soup, (text) => {
        try {
          read(text);
        } catch (error) {
          expect(error).toBeInstanceOf(EdnError);
        }
      }),
      { numRuns: 20_000 },
    );
  });
});
