import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { isAlive, thisProcess } from "./run-process.ts";

it("knows that this process lives", () => {
  expect(isAlive(thisProcess())).toBe(true);
});

it("knows that a process has ended, also while its parent has not looked yet, and when its number is given again", async () => {
  const child = spawn("sleep", ["60"]);
  const { born = "" } = thisProcess();
  const pid = child.pid ?? 0;
  // Of another birth than the process that has the number now.
  expect(isAlive({ pid, born })).toBe(false);
  child.kill();
  await once(child, "exit");
  expect(isAlive({ pid, born })).toBe(false);
  expect(isAlive({ ...thisProcess(), pid: 4_194_999 })).toBe(false);
});

it("does not know it of a process of another machine, of before this boot, or in a container", () => {
  const { pid, born = "" } = thisProcess();
  const [boot, space, start] = born.split(" ");
  expect(isAlive({ pid, born: `5ca1ab1e ${space} ${start}` })).toBeUndefined();
  expect(isAlive({ pid, born: `${boot} pid:[1] ${start}` })).toBeUndefined();
  expect(isAlive({ pid })).toBeUndefined();
});
