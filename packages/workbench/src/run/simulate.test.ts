/** Whole clusters of nodes in memory, for simulated minutes. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { check } from "../checkers/checker.ts";
import { EchoChecker } from "../checkers/echo.ts";
import { once, repeatedly } from "../clients/generator.ts";
import { eachThread } from "../clients/routing.ts";
import type { Operation } from "../history/operation.ts";
import { pairs } from "../history/pairs.ts";
import type { MemoryProgram } from "../nodes/memory-node.ts";
import { readHistory } from "../store/history-files.ts";
import { second } from "../time/clock.ts";
import { echo } from "../workloads/echo.ts";
import type { Workload } from "../workloads/workload.ts";
import type { TestOptions } from "./options.ts";
import type { Run, RunEnvironment } from "./run.ts";
import { simulate } from "./simulate.ts";
import { judgeStoredRun } from "./stored-run.ts";

/** Answers echoes after it has told all others and has counted in seq-kv, some time later. */
const gossiping: MemoryProgram = ({ send, clock, random, data, log }) => {
  let [self, others]: [string, string[]] = ["", []];
  const say = (dest: string, body: object): void => send(JSON.stringify({ src: self, dest, body }));
  return (line) => {
    const { src, body } = JSON.parse(line);
    const reply = (answer: object): void => say(src, { ...answer, in_reply_to: body.msg_id });
    if (body.type === "init") {
      self = body.node_id;
      others = body.node_ids.filter((name: string) => name !== self);
      data.set("starts", `${Number(data.get("starts") ?? 0) + 1}`);
      log(`start ${data.get("starts")}`);
      reply({ type: "init_ok" });
    }
    if (body.type !== "echo") return;
    for (const name of others) say(name, { type: "gossip", number: random.integer(1000) });
    say("seq-kv", { type: "write", key: self, value: body.echo, msg_id: 1 });
    clock.schedule(clock.now() + random.float() * 0.1 * second, () =>
      reply({ type: "echo_ok", echo: body.echo }),
    );
  };
};

const options: TestOptions = {
  workload: "echo",
  bin: "",
  args: [],
  nodes: ["n0", "n1", "n2", "n3", "n4"],
  concurrency: 10,
  timeLimit: 120,
  rate: 20,
  latency: { mean: 20, distribution: "exponential" },
  nemesis: { faults: ["partition", "kill", "pause", "loss", "duplicate", "slow"], interval: 10 },
  grace: 1,
  availability: undefined,
  checkerTimeLimit: 60,
  tuning: { topology: "grid", consistencyModels: [], maxTxnLength: 4, maxWritesPerKey: 16 },
  seed: 7,
  store: "",
  show: { stderr: false, send: false, receive: false },
};

interface Recorded {
  readonly run: Run;
  readonly history: Operation[];
  read(file: string): string;
}

async function record(
  changes: Partial<TestOptions> = {},
  program = gossiping,
  environment: Omit<RunEnvironment, "clock" | "program"> = {},
): Promise<Recorded> {
  const store = mkdtempSync(join(tmpdir(), "eddy-"));
  onTestFinished(() => rmSync(store, { recursive: true }));
  const run = await simulate({ ...options, ...changes, store }, program, environment);
  const read = (file: string): string => readFileSync(join(run.folder, file), "latin1");
  return { run, history: [...readHistory(join(run.folder, "history.jsonl"))], read };
}

/** What a page shows, but for where its run is stored. */
function shownBy({ read }: Recorded, page: string): unknown {
  const [, data = ""] = / id="run" [^>]*>([^<]*)</.exec(read(page)) ?? [];
  const { options, ...run } = JSON.parse(gunzipSync(Buffer.from(data, "base64")).toString());
  const { store: _, ...others } = options;
  return { ...run, options: others };
}

describe("a run in virtual time", () => {
  it("leaves the same history and journal with the same seed, byte for byte, and others with another", async () => {
    const files = [
      "history.jsonl",
      "messages.jsonl",
      "history.edn",
      "history.txt",
      "results.json",
      "eddy.log",
      "latency-raw.svg",
      "latency-quantiles.svg",
      "rate.svg",
      "messages.svg",
    ];
    const [first, again, other] = [await record(), await record(), await record({ seed: 8 })];
    const starts = (recorded: Recorded): number => recorded.read("node-logs/n0.log").split("\n").length - 1;
    // There is something that could differ: minutes of operations, messages and faults of all kinds.
    expect(first.history.length).toBeGreaterThan(3000);
    expect(first.history.at(-1)?.time).toBeGreaterThan(115 * second);
    expect(starts(first)).toBeGreaterThan(1);
    for (const why of ["loss", "partition", "down"])
      expect(first.read("messages.jsonl")).toContain(`"why":"${why}"`);
    for (const file of files) expect([file, again.read(file) === first.read(file)]).toEqual([file, true]);
    for (const page of ["timeline.html", "report.html"])
      expect(shownBy(again, page)).toEqual(shownBy(first, page));
    for (const file of files.slice(0, 2)) expect(other.read(file) === first.read(file)).toBe(false);
  });

  it("gives clients the same operations when only the nemesis is another", async () => {
    const asked = ({ history }: Recorded) =>
      history.filter(({ type }) => type === "invoke").map(({ value }) => value);
    const calm = asked(await record({ nemesis: { faults: [], interval: 10 } }));
    const stormy = asked(await record());
    const common = Math.min(calm.length, stormy.length);
    expect(common).toBeGreaterThan(1000);
    expect(calm.slice(0, common)).toEqual(stormy.slice(0, common));
  });

  it("is judged as it is when it is read again from the store", async () => {
    const { run, history } = await record();
    const stored = judgeStoredRun(run.folder);
    const { perf, timeline, ...judged } = run.results;
    expect([perf?.["valid?"], timeline]).toEqual([true, { "valid?": true }]);
    expect(JSON.parse(JSON.stringify(stored.results))).toEqual(JSON.parse(JSON.stringify(judged)));
    expect(run.results.workload).toEqual(check(new EchoChecker(), history));
    expect(run.results["valid?"]).toBe(true);
  });

  it("ends with a node that crashes, and says where", async () => {
    const crashing: MemoryProgram = (surroundings) => {
      const handle = gossiping(surroundings);
      return (line) => {
        if (line.includes("Please echo")) throw new Error("out of cheese");
        handle(line);
      };
    };
    const { run, read } = await record({}, crashing);
    expect(run.results).toMatchObject({
      "valid?": false,
      nodes: { problems: [{ kind: "exited", message: expect.stringContaining("crashed: out of cheese") }] },
    });
    expect(read("node-logs/n0.log") + read("node-logs/n1.log")).toContain("start 1");
  });

  it("stops when it is told to from outside", async () => {
    const stop = new AbortController();
    const observer = {
      operation({ index }: Operation): void {
        if (index === 50) stop.abort("enough");
      },
    };
    const { run, history } = await record({}, gossiping, { signal: stop.signal, observer });
    expect(run.results).toMatchObject({ "valid?": "unknown", interrupted: { reason: "enough" } });
    expect(history.length).toBeLessThan(80);
  });
});

describe("the final phase", () => {
  /** Echoes, and at the end one on every worker. */
  const withFinal: Workload = {
    ...echo,
    final: () => eachThread(once({ f: "echo", value: "at last", final: true })),
  };

  it("comes when all faults are mended and 10 s have passed, once on every worker", async () => {
    const notes: string[] = [];
    const observer = { note: (line: string) => void notes.push(line) };
    const { history, read } = await record({ timeLimit: 30 }, gossiping, { workload: withFinal, observer });
    const final = history.filter(({ type, final }) => type === "invoke" && final);
    expect(final.map(({ process }) => Number(process) % 10).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(final.every(({ value }) => value === "at last")).toBe(true);
    const nemesis = history.filter(({ process }) => process === "nemesis");
    const stops = ["stop-partition", "start", "resume", "stop-loss", "stop-duplicate", "stop-slow"];
    expect(nemesis.slice(-12).map(({ f }) => f)).toEqual(stops.flatMap((stop) => [stop, stop]));
    const healed = nemesis.at(-1)?.time ?? 0;
    for (const { time } of final) expect(time - healed).toBeGreaterThanOrEqual(10 * second);
    // Nothing but that happens after the healing has begun.
    const healing = nemesis.at(-12)?.index ?? 0;
    const later = history.slice(healing).filter(({ process }) => process !== "nemesis");
    expect(later.every(({ final }) => final === true)).toBe(true);
    expect(notes).toContain("Waiting for recovery...");
    expect(read("history.edn")).toContain(':value "at last", :final? true}');
  });

  it("comes also when there were no faults and no operations", async () => {
    const { history } = await record(
      { timeLimit: 5, rate: 0, nemesis: { faults: [], interval: 1 } },
      gossiping,
      {
        workload: withFinal,
      },
    );
    expect(history.filter(({ type }) => type === "ok")).toHaveLength(10);
    expect(history[0]?.time).toBeGreaterThanOrEqual(15 * second);
  });
});

it("holds back what comes for a node that has not answered its init, and keeps up with the rate", async () => {
  const slowStart: MemoryProgram = (surroundings) => {
    let ready = false;
    const handle = gossiping(surroundings);
    return (line) => {
      if (line.includes('"init"')) {
        surroundings.clock.schedule(surroundings.clock.now() + 3 * second, () => {
          ready = true;
          handle(line);
        });
      } else {
        if (!ready) throw new Error("too early");
        handle(line);
      }
    };
  };
  const workload: Workload = {
    ...echo,
    generator: (random) => repeatedly(() => ({ f: "echo", value: random.float() })),
  };
  const nemesis = { faults: ["kill"], interval: 8 };
  const { run, history } = await record({ nemesis }, slowStart, { workload });
  expect(run.results["valid?"]).toBe(true);
  expect(history.some(({ f }) => f === "kill")).toBe(true);
  // Some were asked while the node started, and answered once it was ready.
  const waited = [...pairs(history)].filter(
    ({ invocation, completion }) => completion?.type === "ok" && completion.time - invocation.time > second,
  );
  expect(waited.length).toBeGreaterThan(2);
});
