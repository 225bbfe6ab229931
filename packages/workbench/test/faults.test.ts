/** Each fault, with real processes: what it does to them and to their messages, and that it is mended. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { eddy, node, type Outcome } from "./eddy.ts";

/** Five nodes under a fault that starts and stops twice a second or so. */
async function run(fault: string, bin: string, seed: number): Promise<Outcome> {
  const outcome = await eddy(
    ...["test", "-w", "echo", "--bin", node(bin), "--node-count", "5", "--seed", `${seed}`],
    ...["--time-limit", "4", "--rate", "100", "--concurrency", "2n"],
    ...["--nemesis", fault, "--nemesis-interval", "0.5"],
  );
  expect([outcome.code, outcome.leftBehind]).toEqual([0, []]);
  return outcome;
}

interface Period {
  /** ns; when it had begun, and when it began to end */
  readonly from: number;
  readonly to: number;
  /** What the fault did. */
  readonly value: unknown;
}

/** The times in which a fault was in force, by the history; it must have begun several times, and have ended each time. */
function periods({ lines }: Outcome, start: string, stop: string): Period[] {
  const entries = lines("history.jsonl").filter(({ process }) => process === "nemesis");
  expect(entries.map(({ f, type }) => [f, type])).toEqual(
    entries.map((_, i) => [i % 4 < 2 && i < entries.length - 2 ? start : stop, "info"]),
  );
  const found: Period[] = [];
  for (const [i, { f, time, value }] of entries.entries()) {
    const next = entries[i + 1];
    if (f === start && next?.f === stop) found.push({ from: Number(time), to: Number(next.time), value });
  }
  expect(found.length).toBeGreaterThan(2);
  return found;
}

/** What became of the messages that servers sent each other while a fault was in force. */
function traffic({ lines }: Outcome, { from, to }: Period) {
  const fates = new Map<
    unknown,
    { src: string; dest: string; sent: number; received: number[]; dropped: unknown[] }
  >();
  for (const { event, id, src, dest, time, why } of lines("messages.jsonl")) {
    if (!/^n/.test(String(src)) || !/^n/.test(String(dest))) continue;
    const at = Number(time);
    if (event === "send" && at > from && at < to)
      fates.set(id, { src: String(src), dest: String(dest), sent: at, received: [], dropped: [] });
    if (event === "recv") fates.get(id)?.received.push(at);
    if (event === "drop") fates.get(id)?.dropped.push(why);
  }
  return [...fates.values()];
}

function names(value: unknown): string[] {
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}

/** The nodes whose links a fault struck. */
function struck(value: unknown): Set<unknown> {
  return new Set(
    typeof value === "object" && value !== null && "nodes" in value && Array.isArray(value.nodes)
      ? value.nodes
      : [],
  );
}

describe.concurrent("--nemesis", () => {
  it("partition: what is cut does not arrive, all else does", async () => {
    const outcome = await run("partition", "tells-others.mjs", 1);
    let [cut, through] = [0, 0];
    for (const period of periods(outcome, "start-partition", "stop-partition")) {
      const [word, grudge]: readonly unknown[] = Array.isArray(period.value) ? period.value : [];
      expect(word).toBe("isolated");
      const unheard = new Map(Object.entries(typeof grudge === "object" && grudge !== null ? grudge : {}));
      for (const { src, dest, received, dropped } of traffic(outcome, period)) {
        const isCut: boolean = unheard.get(dest)?.includes(src) ?? false;
        expect([received.length, dropped]).toEqual(isCut ? [0, ["partition"]] : [1, []]);
        if (isCut) cut++;
        else through++;
      }
    }
    expect(cut).toBeGreaterThan(50);
    expect(through).toBeGreaterThan(50);
    expect(outcome.stderr).toMatch(/nemesis: start-partition n\d/);
  });

  it("kill: processes end and others begin, which find only what they have kept", async () => {
    const outcome = await run("kill", "counts-starts.mjs", 2);
    const kills = periods(outcome, "kill", "start");
    for (const name of ["n0", "n1", "n2", "n3", "n4"]) {
      const killed = kills.filter(({ value }) => names(value).includes(name)).length;
      const starts = outcome
        .read(`node-logs/${name}.log`)
        .trimEnd()
        .split("\n")
        .map((line) => line.split(" of process "));
      expect(starts.map(([start]) => start)).toEqual(
        Array.from({ length: killed + 1 }, (_, i) => `start ${i + 1}`),
      );
      expect(new Set(starts.map(([, pid]) => pid)).size).toBe(killed + 1);
      const kept = join(outcome.cwd, "store", "latest", "node-data", name, "starts");
      expect(readFileSync(kept, "utf8")).toBe(`${killed + 1}`);
    }
    for (const { from, to, value } of kills) {
      const down = new Set(names(value));
      const fates = outcome
        .lines("messages.jsonl")
        .filter(({ time, dest }) => Number(time) > from && Number(time) < to && down.has(String(dest)))
        .map(({ event, why }) => [event, why]);
      expect(fates.filter(([event]) => event === "recv")).toEqual([]);
      expect(new Set(fates.map(([, why]) => why))).toEqual(
        new Set(fates.length > 0 ? [undefined, "down"] : []),
      );
    }
  });

  it("pause: nodes say nothing, and go on later with what came meanwhile", async () => {
    const outcome = await run("pause", "good.mjs", 3);
    let answeredLater = 0;
    for (const { from, to, value } of periods(outcome, "pause", "resume")) {
      const paused = new Set(names(value));
      // What was in a pipe when the node was stopped may still be read a moment later.
      const said = outcome
        .lines("messages.jsonl")
        .filter(
          ({ event, src, time }) => event === "send" && paused.has(String(src)) && Number(time) > from + 50e6,
        );
      expect(said.filter(({ time }) => Number(time) < to)).toEqual([]);
      answeredLater += said.filter(({ time }) => Number(time) < to + 1e9).length;
    }
    expect(answeredLater).toBeGreaterThan(0);
    expect(outcome.results()).toMatchObject({ stats: { "info-count": 0 }, workload: { "valid?": true } });
  });

  it("loss: a part of the messages from and to some nodes is lost, and no other", async () => {
    const outcome = await run("loss", "tells-others.mjs", 4);
    let [lost, all] = [0, 0];
    for (const period of periods(outcome, "start-loss", "stop-loss")) {
      const bad = struck(period.value);
      for (const { src, dest, received, dropped } of traffic(outcome, period)) {
        if (!bad.has(src) && !bad.has(dest)) expect(received).toHaveLength(1);
        else {
          all++;
          lost += dropped.length;
          expect(dropped).toEqual(received.length === 0 ? ["loss"] : []);
        }
      }
    }
    // Between the least and the most of the parts that are drawn, and a little more.
    expect(lost / all).toBeGreaterThan(0.05);
    expect(lost / all).toBeLessThan(0.7);
  });

  it("duplicate: a part of the messages from and to some nodes arrives twice", async () => {
    const outcome = await run("duplicate", "tells-others.mjs", 5);
    let [twice, all] = [0, 0];
    for (const period of periods(outcome, "start-duplicate", "stop-duplicate")) {
      const bad = struck(period.value);
      for (const { src, dest, received } of traffic(outcome, period)) {
        if (!bad.has(src) && !bad.has(dest)) expect(received).toHaveLength(1);
        else {
          all++;
          if (received.length === 2) twice++;
          else expect(received).toHaveLength(1);
        }
      }
    }
    expect(twice / all).toBeGreaterThan(0.05);
    expect(twice / all).toBeLessThan(0.7);
  });

  it("slow: messages from and to some nodes take longer, and overtake each other", async () => {
    const outcome = await run("slow", "tells-others.mjs", 6);
    let [slow, overtaken] = [0, 0];
    for (const period of periods(outcome, "start-slow", "stop-slow")) {
      const bad = struck(period.value);
      let last = 0;
      for (const { src, dest, sent, received } of traffic(outcome, period)) {
        const [at] = received;
        // At the end of the run, what is late is lost.
        if (at === undefined || (!bad.has(src) && !bad.has(dest))) continue;
        if (at - sent > 10e6) slow++;
        if (at < last) overtaken++;
        last = at;
      }
    }
    expect(slow).toBeGreaterThan(20);
    expect(overtaken).toBeGreaterThan(10);
  });

  it("kill: what a node has started goes with it, also out of its process group", async () => {
    const outcome = await run("kill", "writes-from-a-daemon.mjs", 8);
    const kills = periods(outcome, "kill", "start").filter(({ value }) => names(value).includes("n0"));
    const lives = outcome
      .read("node-data/n0/lives")
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" ").map(Number));
    // No life writes after the next has begun.
    const numbers = lives.map(([life]) => life);
    expect(numbers).toEqual(numbers.toSorted((a = 0, b = 0) => a - b));
    expect(new Set(numbers).size).toBe(kills.length + 1);
  });

  it("kill: a node that cannot be started again ends the run, with results", async () => {
    const outcome = await eddy(
      ...["test", "-w", "echo", "--bin", node("replaces-its-data-folder.mjs"), "--node-count", "1"],
      ...["--time-limit", "10", "--rate", "20", "--nemesis", "kill", "--nemesis-interval", "0.3"],
    );
    expect([outcome.code, outcome.leftBehind]).toEqual([1, []]);
    expect(outcome.stderr).toContain("n0 could not be started again after it had been killed");
    expect(outcome.results()).toMatchObject({ nodes: { problems: [{ kind: "exited" }] } });
  });

  it("several at once: all end healed, and the run has a verdict", async () => {
    const faults = ["partition", "kill", "pause", "loss", "duplicate", "slow"];
    const outcome = await run(faults.join(","), "tells-others.mjs", 7);
    const last = outcome
      .lines("history.jsonl")
      .filter(({ process }) => process === "nemesis")
      .slice(-2 * faults.length)
      .map(({ f }) => f);
    const stops = ["stop-partition", "start", "resume", "stop-loss", "stop-duplicate", "stop-slow"];
    expect(last).toEqual(stops.flatMap((stop) => [stop, stop]));
  });
});
