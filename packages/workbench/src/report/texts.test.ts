import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cut, jsonOf, longest, Texts } from "./texts.ts";

const text = fc.string({ unit: "binary", maxLength: 40, size: "max" });

describe("a text", () => {
  it("is cut off where it is too long, and between characters", () => {
    fc.assert(
      fc.property(text, fc.nat(40), (text, length) => {
        const short = cut(text, length);
        if (text.length <= length) expect(short).toBe(text);
        else {
          const kept = short.slice(0, -1);
          expect(short.at(-1)).toBe("…");
          expect(text.startsWith(kept)).toBe(true);
          expect([length, length - 1]).toContain(kept.length);
          if (text.isWellFormed()) expect(kept.isWellFormed()).toBe(true);
        }
      }),
    );
    expect(cut("a😀b", 2)).toBe("a…");
    expect(cut("a😀b", 3)).toBe("a😀…");
    // A half that stands alone is no character that could be taken apart.
    expect(cut("ab\ud83dc", 3)).toBe("ab\ud83d…");
  });
});

const lengths = fc.array(fc.oneof(fc.nat(30), fc.nat(3000)), { minLength: 1, maxLength: 60, size: "max" });

describe("texts with a budget", () => {
  it("stay within it, as long as each has its 24 characters; the longest are cut, and all to one length", () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 20_000 }), (lengths, budget) => {
        const texts = new Texts(budget);
        const kept = lengths.map((length) => texts.add("x".repeat(length)));
        texts.fit();
        const sizes = kept.map((number) => texts.text(number).replace("…", "").length);
        const limit = Math.max(...sizes);
        const isCut = sizes.some((size, i) => size < (lengths[i] ?? 0));
        if (isCut) {
          expect(limit).toBeGreaterThanOrEqual(24);
          expect(sizes).toEqual(lengths.map((length) => Math.min(length, limit)));
        }
        const sum = (limit: number): number =>
          lengths.reduce((total, each) => total + Math.min(each, limit), 0);
        if (limit > 24) expect(sum(limit)).toBeLessThanOrEqual(budget);
        // With one character more they would not have fitted.
        if (isCut && limit < longest) expect(sum(limit + 1)).toBeGreaterThan(budget);
      }),
    );
  });

  it("hold back less than twice as much on the way, and nothing of what is important", () => {
    const texts = new Texts(1000);
    const kept = Array.from({ length: 500 }, (_, i) => texts.add("y".repeat(5000), i === 250));
    const size = kept.reduce((total, number) => total + texts.text(number).length, 0);
    expect(size).toBeLessThanOrEqual(500 * 25 + longest + 1);
    expect(texts.text(kept[250] ?? 0)).toBe(`${"y".repeat(longest)}…`);
    expect(texts.text(kept[251] ?? 0)).toBe(`${"y".repeat(24)}…`);
  });
});

it("any value has a JSON", () => {
  const loop: unknown[] = [];
  loop.push(loop);
  expect(jsonOf({ a: 10n ** 30n })).toBe('{"a":"1000000000000000000000000000000"}');
  expect(jsonOf(undefined)).toBe("");
  expect(jsonOf(loop)).toBe("");
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(jsonOf(value)).toBe(JSON.stringify(value));
    }),
  );
});
