import { Writable } from "node:stream";
import { expect, it } from "vitest";
import { Inbox, maxWaiting } from "./inbox.ts";

/** A pipe that takes a write only when it is let to, and keeps what it took. */
function open(highWaterMark: number) {
  const writes: string[] = [];
  let release = (): void => {};
  const stream = new Writable({
    highWaterMark,
    write(chunk: Buffer, _encoding, done) {
      writes.push(chunk.toString("latin1"));
      release = done;
    },
  });
  return { stream, inbox: new Inbox(stream), writes, release: () => release() };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it("writes the lines of one turn at once, in their order, as the bytes that they are", async () => {
  const { inbox, writes } = open(1024);
  for (const line of ["one\n", "two\xff\n", "three\n"]) inbox.push(line);
  expect(writes).toEqual([]);
  await turn();
  expect(writes).toEqual(["one\ntwo\xff\nthree\n"]);
});

it("writes no more than a reader takes, in pieces of a good size, and loses nothing", async () => {
  const { inbox, writes, release } = open(1);
  const lines = Array.from({ length: 5000 }, (_, i) => `${i} ${"x".repeat(100)}\n`);
  for (const line of lines) inbox.push(line);
  await turn();
  expect(writes).toHaveLength(1);
  for (let i = 0; i < 100; i++) {
    release();
    await turn();
  }
  expect(writes.join("")).toBe(lines.join(""));
  expect(writes.length).toBeLessThan(12);
});

it("is full when too much waits, until it is read", async () => {
  const { inbox, release, stream } = open(1);
  const line = `${"x".repeat(maxWaiting / 4)}\n`;
  for (let i = 0; i < 5; i++) inbox.push(line);
  await turn();
  expect(inbox.full).toBe(true);
  for (let i = 0; i < 6; i++) {
    release();
    await turn();
  }
  expect(inbox.full).toBe(false);
  stream.destroy(new Error("the process is gone"));
  await turn();
  inbox.push("more\n");
  await turn();
});
