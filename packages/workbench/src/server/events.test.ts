import { appendFileSync, mkdirSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { listen, type ServedEvent } from "../../test/event-stream.ts";
import { addRun, emptyStore, entry, remove, resultsJson, show, testJson } from "../../test/served-store.ts";
import { thisProcess } from "../store/run-process.ts";
import { millisecond, type Scheduled, second } from "../time/clock.ts";
import { RealClock } from "../time/real-clock.ts";
import { VirtualClock } from "../time/virtual-clock.ts";

/** Whether an event is a list with these runs. */
const lists =
  (...ids: readonly string[]) =>
  ({ event, data }: ServedEvent): boolean => {
    const { runs } = data;
    return event === "runs" && Array.isArray(runs) && runs.map(({ id }) => id).join() === ids.join();
  };

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it("tells the list at once, and whenever it has changed", async () => {
  const store = emptyStore();
  const { port } = await show(store);
  const stream = await listen(port);
  await stream.next(lists());
  addRun(store, "echo/1");
  await stream.next(lists("echo/1"));
  const late = await listen(port);
  await late.next(lists("echo/1"));
  writeFileSync(join(store, "echo/1/results.json"), resultsJson(false));
  await stream.next(({ event, data }) => event === "runs" && JSON.stringify(data).includes('"valid":false'));
  await remove(port, "/api/runs/echo/1");
  await late.next(lists());
  const told = stream.events.length;
  await pause(1200);
  expect(stream.events.length).toBe(told);
});

it("tells how the run stands that is going on, until it ends", async () => {
  const store = emptyStore();
  const folder = addRun(store, "echo/1", { "test.json": testJson(thisProcess()), "history.jsonl": "" });
  rmSync(join(folder, "results.json"));
  const { port } = await show(store);
  const stream = await listen(port);
  const stands = (counts: object) =>
    stream.next(
      ({ event, data }) => event === "live" && JSON.stringify(data.counts) === JSON.stringify(counts),
    );
  await stands({ ok: 0, fail: 0, info: 0, open: 0 });
  appendFileSync(join(folder, "history.jsonl"), entry(0, 0, "invoke"));
  await stands({ ok: 0, fail: 0, info: 0, open: 1 });
  appendFileSync(join(folder, "history.jsonl"), entry(1, 1000, "ok") + entry(2, 2000, "invoke").slice(0, 20));
  await stands({ ok: 1, fail: 0, info: 0, open: 0 });
  expect(openFiles(folder)).toEqual([join(folder, "history.jsonl")]);
  // Nothing of that makes a list that has not changed.
  expect(stream.events.filter(({ event }) => event === "runs")).toHaveLength(1);
  writeFileSync(join(folder, "results.json"), resultsJson());
  await stream.next(({ event, data }) => event === "runs" && JSON.stringify(data).includes('"complete"'));
  const told = stream.events.length;
  await pause(1200);
  expect(stream.events.length).toBe(told);
  expect(openFiles(folder)).toEqual([]);
});

/** Files of a folder that this process has open. */
function openFiles(folder: string): string[] {
  const open: string[] = [];
  for (const fd of readdirSync("/proc/self/fd"))
    try {
      open.push(readlinkSync(`/proc/self/fd/${fd}`));
    } catch {
      // The one that the list itself was read with.
    }
  return open.filter((path) => path.startsWith(folder));
}

it("tells of every run that is going on", async () => {
  const store = emptyStore();
  for (const id of ["echo/1", "kafka/1"]) {
    const folder = addRun(store, id, { "test.json": testJson(thisProcess()) });
    rmSync(join(folder, "results.json"));
  }
  const { port } = await show(store);
  const stream = await listen(port);
  for (const id of ["echo/1", "kafka/1"])
    await stream.next(({ event, data }) => event === "live" && data.id === id);
});

/** A clock that counts what is left to it. */
class CountingClock extends RealClock {
  scheduled = 0;
  override schedule(time: number, task: () => void): Scheduled {
    this.scheduled++;
    return super.schedule(time, task);
  }
}

it("does nothing while nobody listens", async () => {
  const store = emptyStore();
  const clock = new CountingClock();
  const folder = addRun(store, "echo/1", { "test.json": testJson(thisProcess()) });
  rmSync(join(folder, "results.json"));
  const server = await show(store, { clock });
  await pause(700);
  expect(clock.scheduled).toBe(0);
  const streams = [await listen(server.port), await listen(server.port)];
  for (const stream of streams) await stream.next(({ event }) => event === "live");
  expect(server.listeners).toBe(2);
  for (const stream of streams) stream.leave();
  while (server.listeners > 0) await pause(20);
  await pause(700);
  const { scheduled } = clock;
  await pause(1200);
  expect(clock.scheduled).toBe(scheduled);
  // And begins anew with who comes then.
  await (await listen(server.port)).next(({ event }) => event === "live");
});

/** Lets virtual time go by, and what is sent meanwhile arrive. */
async function goOn(clock: VirtualClock, duration: number): Promise<void> {
  const until = clock.now() + duration;
  while (clock.now() < until) {
    await clock.run(Math.min(until, clock.now() + 100 * millisecond));
    await pause(1);
  }
}

it("says something every 15 seconds, though nothing happens", async () => {
  const clock = new VirtualClock();
  const { port } = await show(emptyStore(), { clock });
  const stream = await listen(port);
  await goOn(clock, 100 * second);
  expect(stream.text().match(/^:$/gm)?.length).toBe(6);
});

it("gathers nothing for who reads slowly: it gets what is newest", async () => {
  const store = emptyStore();
  const clock = new VirtualClock();
  for (let i = 0; i < 200; i++) mkdirSync(join(store, "echo", `${"x".repeat(200)}${i}`), { recursive: true });
  const { port } = await show(store, { clock });
  const [slow, quick] = [await listen(port), await listen(port)];
  await goOn(clock, second);
  slow.pause();
  for (let i = 0; i < 200; i++) {
    mkdirSync(join(store, "echo", `new-${i}`));
    await goOn(clock, 500 * millisecond);
  }
  expect(quick.events.length).toBeGreaterThan(150);
  slow.resume();
  await slow.next(({ data }) => JSON.stringify(data).includes('"echo/new-199"'));
  expect(slow.events.length).toBeLessThan(quick.events.length - 20);
});

it("goes on with the others when a run cannot be followed any more", async () => {
  const store = emptyStore();
  for (const id of ["echo/1", "echo/2"]) {
    const folder = addRun(store, id, { "test.json": testJson(thisProcess()) });
    rmSync(join(folder, "results.json"));
  }
  rmSync(join(store, "echo/1/history.jsonl"));
  mkdirSync(join(store, "echo/1/history.jsonl"));
  const { port } = await show(store);
  const stream = await listen(port);
  await stream.next(({ event, data }) => event === "live" && data.id === "echo/2");
});

it("ends all streams when the server is closed", async () => {
  const server = await show(emptyStore());
  const streams = [await listen(server.port), await listen(server.port)];
  await streams[0]?.next(lists());
  await server.close();
  await Promise.all(streams.map(({ ended }) => ended));
  expect(server.listeners).toBe(0);
});
