import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { addRun, emptyStore, entry, testJson } from "../../test/served-store.ts";
import { type Clock, second } from "../time/clock.ts";
import { RealClock } from "../time/real-clock.ts";
import { VirtualClock } from "../time/virtual-clock.ts";
import { LiveRunFollower } from "./live-run.ts";

const run = "echo/1";

function follow(files: Readonly<Record<string, string>> = {}, clock: Clock = new RealClock()) {
  const store = emptyStore();
  const start = clock.date().toISOString();
  const folder = addRun(store, run, {
    "test.json": testJson({ start, elapsed: 0 }),
    "history.jsonl": "",
    ...files,
  });
  const follower = new LiveRunFollower(folder, run, clock);
  const add = (text: string, file = "history.jsonl") => appendFileSync(join(folder, file), text);
  return { folder, follower, add };
}

const sum = (counts: readonly number[] = []): number => counts.reduce((total, count) => total + count, 0);

it("tells how a run stands, as it goes on", async () => {
  const { follower, add } = follow();
  await follower.read();
  expect(follower.now()).toMatchObject({
    id: run,
    workload: "echo",
    timeLimit: 10,
    counts: { ok: 0, fail: 0, info: 0, open: 0 },
    faults: [],
    errors: [],
    problems: [],
  });
  add(entry(0, second, "invoke") + entry(1, second, "invoke", 1) + entry(2, 2 * second, "invoke", 2));
  await follower.read();
  expect(follower.now().counts).toEqual({ ok: 0, fail: 0, info: 0, open: 3 });
  add(entry(3, 3 * second, "ok") + entry(4, 4 * second, "fail", 1, { error: { kind: "x", message: "no" } }));
  await follower.read();
  add(entry(5, 5 * second, "info", 2, { node: "n1", error: { kind: "x", message: "who knows" } }));
  await follower.read();
  const now = follower.now();
  expect(now.counts).toEqual({ ok: 1, fail: 1, info: 1, open: 0 });
  expect(now.errors).toEqual([
    { time: 5 * second, process: 2, f: "echo", node: "n1", ending: "i", text: "who knows" },
    { time: 4 * second, process: 1, f: "echo", node: "n0", ending: "f", text: "no" },
  ]);
  expect(now.now).toBeGreaterThanOrEqual(5 * second);
  const [series] = now.bins.series;
  expect([sum(series?.ok), sum(series?.fail), sum(series?.info)]).toEqual([1, 1, 1]);
  const { width } = now.bins;
  expect(series?.ok[Math.floor((3 * second) / width)]).toBe(1);
  expect(series?.latencies[3]?.[Math.floor(second / width)]).toBe(2 * second);
});

it("tells the faults and problems so far", async () => {
  const { follower, add } = follow();
  const nemesis = (index: number, time: number, f: string, value: unknown) =>
    entry(index, time * second, "info", "nemesis", { f, value, node: undefined });
  add(
    nemesis(0, 1, "start-partition", "one") +
      nemesis(1, 1, "start-partition", ["isolated", { n0: ["n1"], n1: ["n0"] }]),
  );
  add(
    `${JSON.stringify({ node: "n0", kind: "exited", time: 5, message: "n0 exited", evidence: [], advice: "" })}\n`,
    "problems.jsonl",
  );
  await follower.read();
  expect(follower.now().faults).toEqual([
    { fault: "partition", from: second, text: expect.stringContaining("n0 | n1") },
  ]);
  expect(follower.now().problems).toEqual(["n0 exited"]);
  add(nemesis(2, 4, "stop-partition", null) + nemesis(3, 4, "stop-partition", "network-healed"));
  add(
    `${JSON.stringify({ node: "n0", kind: "exited", message: "n0 exited", count: 2 })}\nno json\n`,
    "problems.jsonl",
  );
  await follower.read();
  expect(follower.now().faults).toMatchObject([{ fault: "partition", from: second, to: 4 * second }]);
  expect(follower.now().problems).toEqual(["n0 exited"]);
});

it("says how long it has gone on by the clock on the wall, where the run goes by that", async () => {
  const clock = new VirtualClock();
  await clock.run(60 * second);
  const start = "2000-01-01T00:00:50.000Z";
  const read = async (test: string) => {
    const { follower } = follow(
      { "test.json": test, "history.jsonl": entry(0, 3 * second, "invoke") },
      clock,
    );
    await follower.read();
    return follower.now().now;
  };
  // What says the year 2000 is virtual time: only its own history tells how late it is there.
  expect(await read(testJson({ start, elapsed: 0 }))).toBe(3 * second);
  const real = new RealClock();
  const { follower } = follow({}, real);
  const before = follower.now().now;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(follower.now().now).toBeGreaterThan(before);
});

it("survives lines that are none, and long ones, and what does not belong together", async () => {
  const { follower, add } = follow();
  add("what\n\n[]\nnull\n{}\n");
  add(entry(0, 1, "ok", 5));
  add(entry(1, 2, "info", 6, { error: { message: 7 } }));
  add(entry(2, 3, "invoke", 7, { f: 'ü"\\' }));
  add(entry(3, 4, "ok", 7, { f: 'ü"\\', value: "x".repeat(3_000_000) }));
  add(entry(4, 5, "invoke", 8));
  add(entry(5, 6, "fail", 8, { error: { kind: "x", message: "m".repeat(1_000_000) } }));
  for (let i = 0; i < 8; i++) await follower.read();
  const now = follower.now();
  expect(now.counts).toEqual({ ok: 1, fail: 1, info: 0, open: 0 });
  expect(now.bins.functions).toEqual(['ü"\\', "echo"]);
  expect(now.errors[0]?.text.length).toBeLessThan(600);
  expect(JSON.stringify(now).length).toBeLessThan(10_000);
});

it("keeps the newest twenty errors, and no more", async () => {
  const { follower, add } = follow();
  for (let i = 0; i < 50; i++)
    add(entry(2 * i, i, "invoke", i) + entry(2 * i + 1, i, "fail", i, { error: { message: `error ${i}` } }));
  await follower.read();
  const texts = follower.now().errors.map(({ text }) => text);
  expect(texts).toEqual(Array.from({ length: 20 }, (_, i) => `error ${49 - i}`));
});

it("tells so many problems, and no more", async () => {
  const { follower, add } = follow();
  for (let i = 0; i < 100; i++)
    add(`${JSON.stringify({ node: `n${i}`, kind: "exited", message: `n${i} exited` })}\n`, "problems.jsonl");
  await follower.read();
  expect(follower.now().problems).toEqual(Array.from({ length: 50 }, (_, i) => `n${i} exited`));
});

it("starts with nothing where there is nothing yet, or no test.json that could be read", async () => {
  const { folder } = follow();
  rmSync(join(folder, "history.jsonl"));
  writeFileSync(join(folder, "test.json"), "{");
  const follower = new LiveRunFollower(folder, run, new RealClock());
  await follower.read();
  expect(follower.now()).toMatchObject({ id: run, now: 0, counts: { ok: 0 } });
});
