import { afterEach, expect, it, vi } from "vitest";
import type { OperationType } from "../history/operation.ts";
import { second } from "../time/clock.ts";
import { VirtualClock } from "../time/virtual-clock.ts";
import { type Screen, Terminal } from "./terminal.ts";

afterEach(() => vi.unstubAllEnvs());

/** A terminal of 40 columns, or a pipe, and all that was written to it. */
function open(isTTY: boolean) {
  let text = "";
  const write = (part: string): void => {
    text += part;
  };
  const stream: Screen = { isTTY, columns: 40, write };
  const clock = new VirtualClock();
  const terminal = new Terminal(stream, clock, 10, "eddy: a test");
  const operation = (type: OperationType): void =>
    terminal.operation({ index: 0, time: 0, type, process: 0, f: "echo", value: 1, node: "n0" });
  return { clock, terminal, operation, written: () => text };
}

const problem = {
  node: "n0",
  kind: "forged-src",
  time: 0,
  message: "n0 did it",
  evidence: [],
  advice: "Don't.",
} as const;

it("rewrites one line on a terminal, and writes what happens above it", async () => {
  vi.stubEnv("NO_COLOR", "1");
  const { clock, terminal, operation, written } = open(true);
  const erase = "\r\u001b[K";
  terminal.began();
  operation("invoke");
  operation("ok");
  await clock.run(0.25 * second);
  terminal.note("n0: hello \u001b[31m");
  terminal.problem(problem);
  terminal.end();
  await clock.run();
  expect(written()).toBe(
    [
      `${erase}eddy: a test\n`,
      // Cut, so that it does not wrap.
      `${erase}  0.2 s   1 ok   0 fail   0 info   5.0 `,
      `${erase}n0: hello \ufffd[31m\n`,
      `${erase}\n✗ n0 did it (at 0.000 s)\n  Don't.\n`,
      erase,
    ].join(""),
  );
});

it("has colours on a terminal, unless NO_COLOR or TERM=dumb says otherwise", () => {
  vi.stubEnv("NO_COLOR", "");
  vi.stubEnv("TERM", "xterm");
  expect(open(true).terminal.style.bad("x")).toBe("\u001b[31mx\u001b[39m");
  expect(open(false).terminal.style.bad("x")).toBe("x");
  vi.stubEnv("NO_COLOR", "1");
  expect(open(true).terminal.style.bad("x")).toBe("x");
  vi.stubEnv("NO_COLOR", "");
  vi.stubEnv("TERM", "dumb");
  const { terminal, written } = open(true);
  terminal.began();
  expect([terminal.style.bad("x"), written()]).toEqual(["x", "eddy: a test\n"]);
});

it("writes plain lines to a pipe, now and then", async () => {
  const { clock, terminal, operation, written } = open(false);
  terminal.began();
  operation("invoke");
  operation("fail");
  await clock.run(5 * second);
  terminal.end();
  expect(written().split("\n")).toEqual([
    "eddy: a test",
    "  2.0 s   0 ok   1 fail   0 info   0.5 a second   8.0 s left",
    "  4.0 s   0 ok   1 fail   0 info   0.3 a second   6.0 s left",
    "",
  ]);
});

it("tells what the nemesis did, once it has, and does not count it", async () => {
  const { clock, terminal, operation, written } = open(false);
  operation("invoke");
  await clock.run(1.5 * second);
  const base = { index: 0, time: 0, type: "info", process: "nemesis", f: "kill" } as const;
  terminal.operation({ ...base, value: "one" });
  expect(written()).toBe("");
  terminal.operation({ ...base, value: { n1: "killed" } });
  expect(written()).toBe("  1.5 s   nemesis: kill n1\n");
  await clock.run(2 * second);
  expect(written()).toContain("  2.0 s   0 ok   0 fail   0 info");
});

it("tells how far the judging is, now and then, and nothing more of how far the run is", async () => {
  const { clock, terminal, operation, written } = open(false);
  operation("invoke");
  await clock.run(second);
  for (let entries = 5000; entries <= 50_000; entries += 5000) terminal.judged(entries, 50_000);
  await clock.run(20 * second);
  expect(written()).toBe("judging: 5000 of 50000 entries of the history\n");
});

it("says that it draws: at once where the line goes away again, in a pipe when it takes long", async () => {
  const [watched, piped] = [open(true), open(false)];
  for (const { clock, terminal } of [watched, piped]) {
    terminal.drawing();
    await clock.run(1.9 * second);
    terminal.drawing();
  }
  expect(watched.written()).toContain("drawing the pictures");
  expect(piped.written()).toBe("");
  for (const { clock, terminal } of [watched, piped]) {
    await clock.run(2 * second);
    terminal.drawing();
    terminal.drawing();
    terminal.end();
  }
  expect(watched.written().match(/drawing/g)).toHaveLength(1);
  expect(watched.written().endsWith("\r\u001b[K")).toBe(true);
  expect(piped.written()).toBe("drawing the pictures\n");
});
