import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it, onTestFinished } from "vitest";
import { type Line, LineReader } from "./line-reader.ts";

function reading<T>(text: string, read: (reader: LineReader) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "eddy-"));
  const file = join(folder, "lines");
  writeFileSync(file, text);
  const reader = new LineReader(file);
  try {
    return read(reader);
  } finally {
    reader.close();
    rmSync(folder, { recursive: true });
  }
}

function rest(reader: LineReader): string[] {
  const lines: string[] = [];
  for (let line = reader.read(); line !== undefined; line = reader.read()) lines.push(line.toString());
  return lines;
}

/** Lines of which most have a number, in order, and some are long. */
const files = fc
  .array(
    fc.record({
      step: fc.nat(3),
      told: fc.boolean(),
      filling: fc.oneof(
        { weight: 9, arbitrary: fc.string({ unit: "grapheme", maxLength: 9 }) },
        { weight: 1, arbitrary: fc.constantFrom("é".repeat(200_000), "x".repeat(300_000)) },
      ),
    }),
    { maxLength: 40, size: "max" },
  )
  .map((parts) => {
    let number = 0;
    return parts.map(({ step, told, filling }) => {
      number += step;
      return `${told ? number : "?"} ${filling.replaceAll("\n", "")}`;
    });
  });

const numberOf = (line: Line): number | undefined => {
  const value = Number.parseInt(line.toString(), 10);
  return Number.isNaN(value) ? undefined : value;
};

it("reads all lines from wherever one begins, and not one that has no end", () => {
  fc.assert(
    fc.property(files, fc.nat(40), fc.constantFrom("", "7 and a half"), (lines, number, open) => {
      reading(lines.map((line) => `${line}\n`).join("") + open, (reader) => {
        expect(rest(reader)).toEqual(lines);
        const from = Math.min(number, lines.length);
        const offset = Buffer.byteLength(lines.slice(0, from).join("\n")) + (from === 0 ? 0 : 1);
        reader.seek(offset);
        expect(rest(reader)).toEqual(lines.slice(from));
        reader.seek(offset);
        expect(reader.read()?.toString()).toBe(lines[from]);
        if (from < lines.length) expect(reader.start).toBe(offset);
      });
    }),
    { numRuns: 60 },
  );
});

it("finds the line that a look at all of them finds", () => {
  fc.assert(
    fc.property(files, fc.nat(60), fc.constantFrom("", "7 and a half"), (lines, least, open) => {
      reading(lines.map((line) => `${line}\n`).join("") + open, (reader) => {
        const numbers = lines.map((line) => numberOf(Buffer.from(line)));
        const at = numbers.findIndex((value) => value !== undefined && value >= least);
        const found = reader.find(numberOf, least);
        reader.seek(found);
        expect(rest(reader)).toEqual(at === -1 ? [] : lines.slice(at));
        expect(found === reader.size).toBe(at === -1);
        expect(reader.last(numberOf)).toBe(numbers.findLast((value) => value !== undefined));
      });
    }),
    { numRuns: 150 },
  );
});

it("looks at few lines to find one of many", () => {
  const lines = Array.from({ length: 100_000 }, (_, i) => `${i} line\n`).join("");
  reading(lines, (reader) => {
    let looks = 0;
    const offset = reader.find((line) => {
      looks++;
      return numberOf(line);
    }, 77_777);
    expect(offset).toBe(lines.indexOf("77777 line"));
    expect(looks).toBeLessThan(30);
  });
});

it("says what it cannot read", () => {
  const folder = mkdtempSync(join(tmpdir(), "eddy-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  expect(() => new LineReader(join(folder, "none"))).toThrow(/none cannot be read: ENOENT/);
  const reader = new LineReader(folder);
  expect(() => reader.read()).toThrow(/cannot be read: EISDIR/);
  reader.close();
});
