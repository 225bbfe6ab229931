import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { millisecond } from "../time/clock.ts";
import { VirtualClock } from "../time/virtual-clock.ts";
import { LineFile } from "./line-file.ts";
import type { StoreError } from "./store-error.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "eddy-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

it("has on disk what is older than 100 ms, or more than 64 KiB, or there when it is closed", async () => {
  const path = join(folder(), "file");
  const clock = new VirtualClock();
  const file = new LineFile(path, clock, () => {});
  const onDisk = (): number => readFileSync(path).length;
  file.write("one\n");
  await clock.run(99 * millisecond);
  expect(onDisk()).toBe(0);
  await clock.run(100 * millisecond);
  expect(onDisk()).toBe(4);
  file.write(`${"x".repeat(70_000)}\n`);
  expect(onDisk()).toBe(70_005);
  file.write("two\n");
  file.close();
  expect(onDisk()).toBe(70_009);
});

it("writes text in UTF-8, and bytes as they are", () => {
  const path = folder();
  for (const encoding of ["utf8", "latin1"] as const) {
    const file = new LineFile(join(path, encoding), new VirtualClock(), () => {}, encoding);
    file.write("\u00e4\n");
    file.close();
  }
  expect(readFileSync(join(path, "utf8"))).toEqual(Buffer.from([0xc3, 0xa4, 0x0a]));
  expect(readFileSync(join(path, "latin1"))).toEqual(Buffer.from([0xe4, 0x0a]));
});

it("tells once when it cannot be written, and what cannot be made", () => {
  const failed: StoreError[] = [];
  const file = new LineFile("/dev/full", new VirtualClock(), (error) => failed.push(error));
  for (const line of ["one\n", "two\n"]) {
    file.write(line);
    file.flush();
  }
  file.close();
  expect(failed.map(({ message }) => message)).toEqual([
    expect.stringContaining("The store cannot be written: /dev/full: ENOSPC"),
  ]);
  expect(() => new LineFile("/no/such/folder/file", new VirtualClock(), () => {})).toThrow("ENOENT");
});
