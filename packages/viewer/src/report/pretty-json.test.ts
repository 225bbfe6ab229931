import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prettyJson } from "./pretty-json.ts";

/** Without white space outside of strings. */
const compact = (text: string): string =>
  text.replaceAll(/"(?:[^"\\]|\\.)*"?|\s+/gs, (part) => (part.startsWith('"') ? part : ""));

describe("pretty JSON", () => {
  it("is the same JSON, in lines no longer than they may be where a value can be broken", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 1, max: 80 }), (value, width) => {
        const json = JSON.stringify(value);
        const pretty = prettyJson(json, { width });
        expect(compact(pretty)).toBe(compact(json));
        expect(JSON.parse(pretty)).toEqual(JSON.parse(json));
      }),
      { numRuns: 500 },
    );
  });

  it("changes nothing but white space, whatever the text is", () => {
    const texts = fc.string({ unit: fc.constantFrom(...'{}[],:"\\ 1an\n') });
    fc.assert(
      fc.property(texts, (text) => {
        expect(compact(prettyJson(text, { width: 8 }))).toBe(compact(text));
      }),
      { numRuns: 1000 },
    );
  });

  it("breaks what does not fit, and keeps together what does", () => {
    expect(prettyJson('{"a":[1,2],"b":{"c":"x, y"},"d":[]}', { width: 20 })).toBe(
      '{\n  "a": [1, 2],\n  "b": {"c": "x, y"},\n  "d": []\n}',
    );
    expect(prettyJson('["0",null]')).toBe('["0", null]');
    expect(prettyJson("5")).toBe("5");
  });

  it("fills lines with the numbers and texts of an array", () => {
    const numbers = Array.from({ length: 9 }, (_, i) => i + 10);
    expect(prettyJson(JSON.stringify(numbers), { width: 20 })).toBe(
      "[\n  10, 11, 12, 13,\n  14, 15, 16, 17,\n  18\n]",
    );
    expect(prettyJson('{"aa":1,"bb":2}', { width: 10 })).toBe('{\n  "aa": 1,\n  "bb": 2\n}');
    fc.assert(
      fc.property(
        fc.array(fc.nat(99_999), { minLength: 20 }),
        fc.integer({ min: 20, max: 80 }),
        (all, width) => {
          const lines = prettyJson(JSON.stringify(all), { width }).split("\n");
          for (const [i, line] of lines.entries()) {
            expect(line.length).toBeLessThanOrEqual(width);
            const next = lines[i + 1]?.trim().split(" ")[0];
            if (/\d/.test(line) && next && next !== "]")
              expect(line.length + next.length).toBeGreaterThanOrEqual(width - 1);
          }
        },
      ),
    );
  });

  it("keeps every digit, and shows what was cut off as far as it goes", () => {
    expect(prettyJson("[12345678901234567890123,1.0e5,-0]")).toBe("[12345678901234567890123, 1.0e5, -0]");
    expect(prettyJson('{"a":[1,2,"thr…', { width: 10 })).toBe('{\n  "a": [\n    1, 2,\n    "thr…');
    expect(prettyJson("[1,2,3,4,5,6]", { longest: 6 })).toBe("[\n  1, 2, 3…");
  });

  it("takes arrays of any depth, and long texts", () => {
    const deep = "[".repeat(20_000) + "]".repeat(20_000);
    expect(compact(prettyJson(deep))).toBe(deep);
    expect(prettyJson(deep).length).toBeLessThan(40_000 * 60);
    expect(prettyJson(`"${"x".repeat(10_000_000)}"`).length).toBeLessThan(100_010);
  });
});
