import fc from "fast-check";
import { expect, it } from "vitest";
import { fromBytes, toBytes } from "./bytes.ts";

it("is the text's UTF-8, one character a byte, and back", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const bytes = toBytes(text);
      expect(Buffer.from(bytes, "latin1").equals(Buffer.from(text, "utf8"))).toBe(true);
      expect(fromBytes(bytes)).toBe(text);
    }),
  );
});

it("reads bytes that are no UTF-8 as U+FFFD", () => {
  expect(fromBytes("a\xffb")).toBe("a\ufffdb");
});
