import { closeSync, mkdtempSync, openSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { LineReader, LineWriter } from "./lines.ts";

function readAll(chunks: readonly Buffer[]): string[] {
  const reader = new LineReader();
  return [...chunks.flatMap((chunk) => reader.push(chunk)), ...reader.end()];
}

it("finds the same lines however the bytes are cut into chunks", () => {
  const line = fc.string({ unit: "binary" }).map((text) => text.replaceAll(/[\r\n]/g, "").toWellFormed());
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat({ max: 50 })), (lines, cuts) => {
      const bytes = Buffer.from(lines.map((each) => `${each}\n`).join(""));
      const chunks: Buffer[] = [];
      let rest = bytes;
      for (const cut of cuts) {
        chunks.push(rest.subarray(0, cut));
        rest = rest.subarray(cut);
      }
      expect(readAll([...chunks, rest])).toEqual(lines);
    }),
  );
});

it("takes \\r\\n for a line end, also across chunks, and a last line without any", () => {
  const chunks = ["a\r\nb\r", "\n\nc\r"].map((text) => Buffer.from(text));
  expect(readAll(chunks)).toEqual(["a", "b", "", "c"]);
});

it("joins a line of many chunks once", () => {
  const chunk = Buffer.alloc(64 * 1024, "x");
  const lines = readAll([...Array.from({ length: 256 }, () => chunk), Buffer.from("\n")]);
  expect(lines.map((line) => line.length)).toEqual([256 * chunk.length]);
});

it("writes lines in their order, many at once", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "eddy-")), "out");
  const fd = openSync(file, "w");
  const writer = new LineWriter(
    fd,
    () => {},
    () => {},
  );
  writer.write("one");
  writer.write("two");
  expect(writer.idle).toBe(false);
  expect(readFileSync(file, "utf8")).toBe("");
  await new Promise((resolve) => setImmediate(resolve));
  expect(readFileSync(file, "utf8")).toBe("one\ntwo\n");
  expect(writer.idle).toBe(true);
  closeSync(fd);
});

it("gives up quietly when nobody can take what it writes", () => {
  let changes = 0;
  const writer = new LineWriter(
    987654,
    () => {},
    () => changes++,
  );
  writer.write("lost");
  writer.flush();
  writer.write("lost too");
  expect([writer.closed, writer.idle, changes]).toEqual([true, true, 1]);
});

it("skips a line that is longer than a string can be, and reads the next", () => {
  const chunk = Buffer.alloc(1024 * 1024, "x");
  const reader = new LineReader();
  for (let i = 0; i < 600; i++) expect(reader.push(chunk)).toEqual([]);
  expect(reader.push(Buffer.from("end\nnext\nla"))).toEqual(["next"]);
  expect(reader.push(Buffer.from("st\n"))).toEqual(["last"]);
});
