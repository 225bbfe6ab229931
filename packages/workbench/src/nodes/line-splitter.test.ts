import fc from "fast-check";
import { expect, it } from "vitest";
import { fromBytes } from "../network/bytes.ts";
import { LineSplitter } from "./line-splitter.ts";

function split(chunks: readonly Buffer[], maxLength: number) {
  const lines: string[] = [];
  const tooLong: string[] = [];
  const splitter = new LineSplitter({
    maxLength,
    line: (line) => lines.push(fromBytes(line)),
    tooLong: (beginning) => tooLong.push(beginning),
  });
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return { lines, tooLong };
}

it("finds the same lines however the bytes are cut into chunks, without those that are too long", () => {
  const text = fc
    .string({ unit: "binary", maxLength: 20 })
    .map((line) => line.replaceAll("\n", "").toWellFormed());
  fc.assert(
    fc.property(fc.array(text), fc.array(fc.nat({ max: 20 })), (texts, cuts) => {
      let rest = Buffer.from(texts.map((line) => `${line}\n`).join(""));
      const chunks: Buffer[] = [];
      for (const cut of cuts) {
        chunks.push(rest.subarray(0, cut));
        rest = rest.subarray(cut);
      }
      const fits = (line: string): boolean => Buffer.byteLength(line) <= 10;
      const { lines, tooLong } = split([...chunks, rest], 10);
      expect(lines).toEqual(texts.filter(fits));
      expect(tooLong).toHaveLength(texts.filter((line) => !fits(line)).length);
    }),
  );
});

it("takes a last line without a line end, and tells how a line that is too long begins", () => {
  expect(split([Buffer.from("one\ntwo")], 100).lines).toEqual(["one", "two"]);
  const { lines, tooLong } = split([Buffer.from("long"), Buffer.from("er\nx\n")], 5);
  expect([lines, tooLong]).toEqual([["x"], ["longer"]]);
});
