/** `eddy test -w echo` with real processes: what a good run prints and leaves behind. */
import { existsSync, mkdtempSync, readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { eddy, node, type Outcome } from "./eddy.ts";

/** Tests one node with the workload echo. */
function echo(bin: string, ...flags: readonly string[]): Promise<Outcome> {
  return eddy("test", "-w", "echo", "--bin", bin, "--node-count", "1", ...flags);
}

const short = ["--time-limit", "1", "--rate", "20"];

function lines(outcome: Outcome, file: string): Record<string, unknown>[] {
  return outcome
    .read(file)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

describe.concurrent("a good run", () => {
  it("says so, and stores everything", async () => {
    const outcome = await eddy(
      "test",
      "-w",
      "echo",
      "--bin",
      node("good.mjs"),
      "--nodes",
      "a,b",
      "--seed",
      "7",
      ...short,
    );
    expect(outcome.code).toBe(0);
    expect(outcome.leftBehind).toEqual([]);
    expect(outcome.stdout).toContain(":valid? true");
    expect(outcome.stdout.trimEnd().split("\n").at(-1)).toBe("Everything looks good! ヽ(‘ー`)ノ");
    expect(outcome.stdout).toMatch(/latency {4}p50 [\d.]+ ms, p95 [\d.]+ ms, p99 [\d.]+ ms, max [\d.]+ ms/);
    expect(outcome.stdout).toMatch(/clients {4}\d+: 2 init, 2 init_ok, (\d+) echo, \1 echo_ok/);

    const store = join(outcome.cwd, "store");
    expect(readlinkSync(join(store, "latest"))).toBe(readlinkSync(join(store, "current")));
    expect(readdirSync(join(store, "latest")).sort()).toEqual([
      "eddy.log",
      "history.edn",
      "history.jsonl",
      "history.txt",
      "latency-quantiles.svg",
      "latency-raw.svg",
      "messages.jsonl",
      "messages.svg",
      "node-logs",
      "rate.svg",
      "report.html",
      "results.edn",
      "results.json",
      "test.json",
      "timeline.html",
    ]);
    expect(readdirSync(join(store, "latest", "node-logs"))).toEqual(["a.log", "b.log"]);

    const results = outcome.results();
    expect(Object.keys(results)).toEqual([
      "perf",
      "timeline",
      "exceptions",
      "stats",
      "availability",
      "net",
      "nodes",
      "workload",
      "valid?",
    ]);
    const history = lines(outcome, "history.jsonl");
    const echoes = history.length / 2;
    expect(results).toMatchObject({
      "valid?": true,
      stats: { count: echoes, "ok-count": echoes },
      availability: { "ok-fraction": 1 },
      net: { all: { "msg-count": 2 * echoes + 4 } },
    });
    expect(lines(outcome, "messages.jsonl")).toHaveLength(2 * (2 * echoes + 4));
    expect(outcome.read("history.txt").split("\n")).toHaveLength(history.length + 1);
    expect(outcome.read("history.edn").split("\n")[0]).toMatch(
      /^\{:index 0, :time \d+, :type :invoke, :process 0, :f :echo, :value "Please echo \d+"\}$/,
    );
    expect(JSON.parse(outcome.read("test.json"))).toMatchObject({ options: { seed: 7, nodes: ["a", "b"] } });
    expect(new Set(history.map((operation) => operation.node))).toEqual(new Set(["a", "b"]));
  });

  it("asks for the same with the same seed", async () => {
    const run = () => echo(node("good.mjs"), "--seed", "7", ...short);
    const values = (outcome: Outcome) =>
      lines(outcome, "history.jsonl")
        .filter(({ type }) => type === "invoke")
        .map(({ value }) => value);
    const [first, second] = await Promise.all([run(), run()]);
    // How many fit into the time depends on the machine; what comes when does not.
    const common = Math.min(values(first).length, values(second).length);
    expect(common).toBeGreaterThan(10);
    expect(values(first).slice(0, common)).toEqual(values(second).slice(0, common));
  });

  it("prints only JSON, or only EDN, on stdout when asked to", async () => {
    const run = (format: string) => echo(node("good.mjs"), "--format", format, ...short);
    const [json, edn] = await Promise.all([run("json"), run("edn")]);
    expect(JSON.parse(json.stdout)).toEqual(json.results());
    expect(edn.stdout).toBe(edn.read("results.edn"));
    expect(edn.stdout).toMatch(
      /^\{:perf \{:latency-graph \{:valid\? true\}, .*\n :timeline \{:valid\? true\},\n/,
    );
    expect(edn.stdout).toMatch(/\n :valid\? true\}\n$/);
  });

  it("shows messages and logs when asked to", async () => {
    const flags = ["--log-stderr", "--log-net-send", "--log-net-recv"];
    const logging = mkdtempSync(join(tmpdir(), "eddy-"));
    const server = join(logging, "server.mjs");
    writeFileSync(server, `console.error("up"); await import(${JSON.stringify(node("good.mjs"))});`);
    const outcome = await echo(server, ...flags, ...short);
    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toMatch(/^n0: up$/m);
    expect(outcome.stderr).toMatch(/^send \{"id":0,"src":"c0","dest":"n0","body":\{"type":"init",/m);
    expect(outcome.stderr).toMatch(/^recv \{"id":1,"src":"n0","dest":"c0","body":\{"type":"init_ok",/m);
    expect(outcome.read("node-logs/n0.log")).toBe("up\n");
    expect(outcome.read("eddy.log")).toMatch(/ n0: up$/m);
  });

  it("shows its progress in plain lines in a pipe", async () => {
    const outcome = await echo(node("good.mjs"), "--time-limit", "2.5");
    expect(outcome.stderr).toMatch(
      /^ {2}2\.\d s {3}\d+ ok {3}0 fail {3}0 info {3}[\d.]+ a second {3}0\.\d s left$/m,
    );
    expect(outcome.stderr + outcome.stdout).not.toContain("\u001b");
  });

  it("does nothing for its time with rate 0, and repeats with --test-count", async () => {
    const flags = ["--rate", "0", "--time-limit", "0.2", "--test-count", "2"];
    const outcome = await echo(node("good.mjs"), ...flags);
    expect(outcome.code).toBe(0);
    expect(outcome.results()).toMatchObject({ stats: { count: 0 }, "valid?": true });
    expect(readdirSync(join(outcome.cwd, "store", "echo"))).toHaveLength(2);
  });

  it("ends --test-count at the first run that is not valid", async () => {
    const flags = ["--test-count", "3", ...short];
    const outcome = await echo(node("echoes-wrongly.mjs"), ...flags);
    expect(outcome.code).toBe(1);
    expect(readdirSync(join(outcome.cwd, "store", "echo"))).toHaveLength(1);
  });
});

describe.concurrent("--bin", () => {
  function write(name: string, text: string): string {
    const file = join(mkdtempSync(join(tmpdir(), "eddy-")), name);
    writeFileSync(file, text);
    return file;
  }
  const importGood = `await import(${JSON.stringify(node("good.mjs"))});`;

  it.each([
    ["server.mjs", importGood],
    ["server.js", importGood.replace("await ", "")],
    [
      "server.ts",
      `enum Level { Debug }\nconst level: Level = Level.Debug;\nconsole.error(level);\n${importGood}`,
    ],
  ])("may be a file to be run as it is: %s", async (name, text) => {
    const outcome = await echo(write(name, text), ...short);
    expect([outcome.code, outcome.leftBehind]).toEqual([0, []]);
  });

  it("gets what follows as its arguments", async () => {
    const bin = node("answers-with-error.mjs");
    const outcome = await echo(bin, ...short, "--", "11");
    expect(outcome.results()).toMatchObject({ "valid?": false, stats: { "info-count": 0 } });
  });

  it("may be relative to the folder that eddy runs in", async () => {
    const outcome = await eddy("test", "-w", "echo", "--bin", "./no/such/file", "--node-count", "1");
    expect([outcome.code, outcome.stderr]).toEqual([
      254,
      `error: There is no file ./no/such/file, that is, ${join(outcome.cwd, "no/such/file")}.\n`,
    ]);
    expect(existsSync(join(outcome.cwd, "store"))).toBe(false);
  });
});
