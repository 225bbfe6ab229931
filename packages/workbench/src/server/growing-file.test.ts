import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, it, onTestFinished } from "vitest";
import { addPipe } from "../../test/served-store.ts";
import { GrowingFile } from "./growing-file.ts";

function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), "eddy-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "file");
}

/** All lines that have come. */
function linesIn(file: GrowingFile): string[] {
  const lines: string[] = [];
  while (file.read((line) => lines.push(line.toString())));
  return lines;
}

it("gives every line once, when it has ended, however the file is written", () => {
  const path = newPath();
  fc.assert(
    fc.property(fc.array(fc.string({ unit: fc.constantFrom("a", "ü", "\n") })), (pieces) => {
      writeFileSync(path, "");
      const file = new GrowingFile(path);
      let written = "";
      const lines: string[] = [];
      for (const piece of pieces) {
        // Also in the middle of a character.
        for (const byte of Buffer.from(piece)) appendFileSync(path, Buffer.from([byte]));
        written += piece;
        lines.push(...linesIn(file));
        expect(lines).toEqual(written.split("\n").slice(0, -1));
      }
      file.close();
    }),
    { numRuns: 30 },
  );
});

it("reads a piece at a time, and says whether there is more", () => {
  const path = newPath();
  const lines = Array.from({ length: 30_000 }, (_, i) => `${i} ${"x".repeat(100)}`);
  writeFileSync(path, `${lines.join("\n")}\n`);
  const file = new GrowingFile(path);
  const read: string[] = [];
  expect(file.read((line) => read.push(line.toString()))).toBe(true);
  expect(read.length).toBeLessThan(15_000);
  read.push(...linesIn(file));
  expect(read).toEqual(lines);
  file.close();
});

it("passes over a line that is very long, and only that", () => {
  const path = newPath();
  writeFileSync(path, `before\n${"x".repeat(10_000_000)}\nafter\n${"y".repeat(2_000_000)}\n`);
  const file = new GrowingFile(path);
  expect(linesIn(file).map((line) => line.slice(0, 10))).toEqual(["before", "after", "yyyyyyyyyy"]);
  file.close();
});

it("is empty while there is no file, and reads none that is no plain file, nor after it was closed", () => {
  const path = newPath();
  const file = new GrowingFile(path);
  expect(linesIn(file)).toEqual([]);
  writeFileSync(path, "a\n");
  expect(linesIn(file)).toEqual(["a"]);
  file.close();
  appendFileSync(path, "b\n");
  expect(linesIn(file)).toEqual([]);
  addPipe(`${path}-2`);
  expect(linesIn(new GrowingFile(`${path}-2`))).toEqual([]);
});
