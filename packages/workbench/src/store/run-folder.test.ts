import { existsSync, mkdtempSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { VirtualClock } from "../time/virtual-clock.ts";
import { LineFile } from "./line-file.ts";
import { RunFolder } from "./run-folder.ts";
import { StoreError } from "./store-error.ts";

const date = new Date(Date.UTC(2026, 10, 22, 17, 2, 3, 45));

it("makes a folder for each run, and points current to it at once and latest when it is complete", () => {
  const store = join(mkdtempSync(join(tmpdir(), "eddy-")), "store");
  const first = RunFolder.create(store, "echo", date);
  expect(first.path).toBe(join(store, "echo", "20261122T170203.045Z"));
  expect(readlinkSync(join(store, "current"))).toBe("echo/20261122T170203.045Z");
  expect(existsSync(join(store, "latest"))).toBe(false);
  first.write("results.json", "{}");
  first.complete();
  expect(readFileSync(join(store, "latest", "results.json"), "utf8")).toBe("{}");
  // Of the same millisecond.
  const second = RunFolder.create(store, "echo", date);
  expect(second.path).toBe(`${first.path}-2`);
  expect(readlinkSync(join(store, "latest"))).toBe("echo/20261122T170203.045Z");
});

it("says what cannot be written", () => {
  const folder = mkdtempSync(join(tmpdir(), "eddy-"));
  writeFileSync(join(folder, "store"), "a file");
  expect(() => RunFolder.create(join(folder, "store"), "echo", date)).toThrow(StoreError);
  expect(() => new LineFile(join(folder, "no", "file"), new VirtualClock(), () => {})).toThrow(StoreError);
});

it("appends lines soon, and all that are left at the end", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "eddy-")), "lines");
  const clock = new VirtualClock();
  const lines = new LineFile(file, clock, () => {});
  const read = (): string => readFileSync(file, "utf8");
  lines.write("one\n");
  expect(read()).toBe("");
  await clock.run();
  expect(read()).toBe("one\n");
  lines.write("two\n");
  lines.close();
  lines.write("three\n");
  expect(read()).toBe("one\ntwo\n");
  const big = new LineFile(file, clock, () => {});
  big.write(`${"x".repeat(70_000)}\n`);
  expect(read()).toHaveLength(70_009);
});

it("tells once when a file can no longer be written", () => {
  const errors: StoreError[] = [];
  const lines = new LineFile("/dev/full", new VirtualClock(), (error) => errors.push(error));
  lines.write("lost\n");
  lines.flush();
  lines.write("lost, too\n");
  lines.close();
  expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining("ENOSPC")]);
});
