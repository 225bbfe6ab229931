import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { finderOf, finds, foundPieces } from "./text-search.ts";

const special = fc.string({ unit: fc.constantFrom(..."\\^$.*+?()[]{}|/-ab\nİß\ud83d") });

describe("a search", () => {
  it("finds a text wherever it stands, whatever letters are in it", () => {
    fc.assert(
      fc.property(special, special, special, (before, wanted, after) => {
        const finder = finderOf(wanted);
        if (!finder) return;
        expect(finds(finder, before + wanted + after)).toBe(true);
        expect(finds(finder, before + wanted + after)).toBe(true);
        expect(finds(finder, before)).toBe(before.toLowerCase().includes(wanted.toLowerCase()));
      }),
      { numRuns: 500 },
    );
  });

  it("does not mind capitals", () => {
    const finder = finderOf("Error");
    expect(finder && finds(finder, "an ERROR")).toBe(true);
    expect(finder && finds(finder, "an ERR")).toBe(false);
  });

  it("for nothing finds nothing", () => {
    expect(finderOf("")).toBeUndefined();
    expect(foundPieces(undefined, "abc")).toEqual([{ text: "abc", found: false }]);
  });
});

describe("the pieces of a text", () => {
  it("are the text, when put together; those that were found are what was looked for, the others hold none of it", () => {
    fc.assert(
      fc.property(special, special, (wanted, text) => {
        const finder = finderOf(wanted);
        if (!finder) return;
        const pieces = foundPieces(finder, text);
        expect(pieces.map((piece) => piece.text).join("")).toBe(text);
        for (const piece of pieces) {
          expect(piece.text).not.toBe("");
          expect(finds(finder, piece.text)).toBe(piece.found);
          if (piece.found) expect(piece.text.toLowerCase()).toBe(wanted.toLowerCase());
        }
      }),
      { numRuns: 500 },
    );
    expect(foundPieces(finderOf("(a+"), "x(A+(a+y")).toEqual([
      { text: "x", found: false },
      { text: "(A+", found: true },
      { text: "(a+", found: true },
      { text: "y", found: false },
    ]);
  });
});
