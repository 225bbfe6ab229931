import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shortened, visible, withoutCommands } from "./visible.ts";

const esc = "\u001b";
/** Texts with much of what is not to be seen. */
const wild = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    fc.constantFrom(esc, "\u0007", "[", "]", "m", "3", ";", "\u202e", "\ud83d\ude00", "\u0085"),
  ),
});

describe("visible text", () => {
  it("holds nothing that cannot be seen, turns the text around, or is half a character", () => {
    fc.assert(
      fc.property(wild, (text) => {
        const shown = visible(text);
        // Tabs, and what joins or varies characters, may stay.
        expect(shown).not.toMatch(
          /(?!\t)\p{Cc}|\p{Zl}|\p{Zp}|[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff]/u,
        );
        expect(shown.isWellFormed()).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("is what it was where all can be seen", () => {
    for (const text of ["", "read 5 → [1, 2]", "\tat x (y.ts:3)", "Grüße, 世界 👩‍👩‍👧", "<img onerror=x>"]) {
      expect(visible(text)).toBe(text);
    }
  });

  it("shows what is hidden as what it is", () => {
    expect(visible("a\0b\u0007\n\r\u001b[1m\u007f")).toBe("a^@b^G^J^M^[[1m^?");
    expect(visible("\u0085\u202e\u2028\ud83d!\ude00")).toBe("⟨U+0085⟩⟨U+202E⟩⟨U+2028⟩⟨U+D83D⟩!⟨U+DE00⟩");
    expect(visible("\ud83d\ude00")).toBe("\ud83d\ude00");
  });
});

describe("a text without commands to a terminal", () => {
  it("has lost its colours, and nothing else", () => {
    const cases = [
      [`${esc}[31mred${esc}[0m`, "red"],
      [`${esc}[1;38;5;208mbold${esc}[m`, "bold"],
      [`${esc}[2K${esc}[?25lx${esc}(By`, "xy"],
      [`${esc}]0;a title\u0007x`, "x"],
      [`${esc}]8;;http://x${esc}\\link${esc}]8;;${esc}\\`, "link"],
      [`${esc}7${esc}cx`, "x"],
    ] as const;
    for (const [text, plain] of cases) expect(withoutCommands(text)).toBe(plain);
  });

  it("keeps all of a command that does not end: it must not swallow what follows", () => {
    expect(visible(withoutCommands(`a${esc}]0;not a title`))).toBe("a^[]0;not a title");
    expect(visible(withoutCommands(`a${esc}[31`))).toBe("a^[[31");
    expect(visible(withoutCommands(`a${esc}`))).toBe("a^[");
  });

  it("is a part of the text, with all that stands outside of commands", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.stringMatching(/^[a-z ]{0,5}$/), fc.nat(255))), (parts) => {
        const text = parts.map(([words, colour]) => `${words}${esc}[38;5;${colour}m`).join("");
        expect(withoutCommands(text)).toBe(parts.map(([words]) => words).join(""));
      }),
    );
  });

  it("is made in a time that grows no faster than the text", () => {
    for (const piece of [`${esc}]`, `${esc}[`, `${esc}[1`, esc, `${esc}]8;;x`]) {
      const text = piece.repeat(200_000);
      expect(withoutCommands(text).length).toBeLessThanOrEqual(text.length);
    }
  });
});

describe("a shortened text", () => {
  it("is the text, or as long as it may be, a beginning of it and an ellipsis, with no half of a character", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.double({ min: 1, max: 40, noNaN: true }),
        (text, length) => {
          const short = shortened(text, length);
          if (text.length <= length) {
            expect(short).toBe(text);
            return;
          }
          expect(short.endsWith("…")).toBe(true);
          expect(text.startsWith(short.slice(0, -1))).toBe(true);
          expect(short.isWellFormed()).toBe(true);
          expect(short.length).toBeLessThanOrEqual(length);
          expect(short.length).toBeGreaterThan(length - 2.001);
        },
      ),
    );
    expect(shortened("abcdef", 4)).toBe("abc…");
    expect(shortened("abcdef", 0)).toBe("…");
  });
});
