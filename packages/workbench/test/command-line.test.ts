/** The command line: what it takes, what it refuses and in which words. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { eddy, node, startEddy } from "./eddy.ts";

const echo = ["test", "-w", "echo", "--bin", node("good.mjs")];

describe.concurrent("what is refused, with exit code 254", () => {
  it.each([
    [["tset"], "error: unknown command 'tset'\n(Did you mean test?)"],
    [["test", "-w", "echo"], "error: required option '--bin <file>' not specified"],
    [[...echo, "--rat", "5"], "error: unknown option '--rat'\n(Did you mean --rate?)"],
    [[...echo, "--rate", "fast"], "argument 'fast' is invalid. It must be a number."],
    [[...echo, "--rate", "-1"], "It must be 0 or more."],
    [[...echo, "--time-limit", "0"], "It must be more than 0."],
    [[...echo, "--node-count", "1.5"], "It must be a whole number."],
    [[...echo, "--node-count", "1e10"], "It must be 1000 or less."],
    [[...echo, "--concurrency", "200000"], "--concurrency makes 200000 clients; 100000 are the most."],
    [[...echo, "--concurrency", "0n"], "one with an n behind it: 4n is four for each node."],
    [[...echo, "--latency-dist", "normal"], "Allowed choices are constant, uniform, exponential."],
    [[...echo, "--topology", "ring"], "Allowed choices are grid, line, total, tree, tree2, tree3, tree4."],
    [[...echo, "--availability", "most"], "It must be total, or a number from 0 to 1."],
    [
      [...echo, "--consistency-models", "serializable,eventual"],
      "There is no eventual; there is causal-cerone",
    ],
    [[...echo, "--seed", "4294967296"], "It must be 4294967295 or less."],
    [[...echo, "--format", "xml"], "Allowed choices are text, json, edn."],
    [
      [...echo, "--nemesis", "partition,fire"],
      "There is no fire; there is partition, kill, pause, loss, duplicate, reorder, slow.",
    ],
    [[...echo, "--grace", "-1"], "It must be 0 or more."],
    [[...echo, "--nodes", "a,a"], "error: there are two nodes called a."],
    [[...echo, "--nodes", "c1"], "error: a node cannot be called c1: that is the name of a client."],
    [[...echo, "--nodes", "lin-kv"], "error: a node cannot be called lin-kv: that is the name of a service."],
    [[...echo, "--node", "../x"], 'error: "../x" cannot be the name of a node'],
    [[...echo, "--nodes-file", "missing"], "error: --nodes-file cannot be read: ENOENT"],
    [
      ["test", "--bin", "x", "-w", "txn-list-append"],
      "error: the workload txn-list-append is not built yet. Built: broadcast, echo, ",
    ],
    [
      ["test", "--bin", "x", "-w", "eco"],
      "error: there is no workload eco. Built: broadcast, echo, g-counter, g-set, ",
    ],
  ])("%j", async (words, message) => {
    const { code, stdout, stderr } = await eddy(...words);
    expect([code, stdout]).toEqual([254, ""]);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/--help lists the (options|commands)\)\n$/);
  });
});

describe.concurrent("what is taken", () => {
  it("all options of the original, also those that mean nothing here", async () => {
    const { code, cwd } = await eddy(
      ...[...echo, "-n", "a", "--node", "b", "--nodes", "d, e", "--concurrency", "2n", "--time-limit", "0.3"],
      ...["--rate", "50", "--latency", "5", "--latency-dist", "exponential", "--topology", "tree4"],
      ...[
        "--availability",
        "total",
        "--nemesis",
        "partition, slow",
        "--nemesis-interval",
        "5",
        "--consistency-models",
        "serializable,read-atomic",
      ],
      ...["--key-count", "3", "--max-txn-length", "2", "--max-writes-per-key", "8", "--test-count", "1"],
      ...["--username", "root", "--password", "x", "--ssh-private-key", "k", "--strict-host-key-checking"],
      ...["--no-ssh", "--leave-db-running", "--logging-json"],
    );
    expect(code).toBe(0);
    const { options } = JSON.parse(readFileSync(join(cwd, "store/latest/test.json"), "utf8"));
    expect(options).toMatchObject({
      nodes: ["d", "e", "a", "b"],
      concurrency: 8,
      timeLimit: 0.3,
      rate: 50,
      latency: { mean: 5, distribution: "exponential" },
      availability: "total",
      tuning: {
        topology: "tree4",
        consistencyModels: ["serializable", "read-atomic"],
        keyCount: 3,
        maxTxnLength: 2,
        maxWritesPerKey: 8,
      },
    });
  });

  it("five nodes when nobody says how many", async () => {
    const { code, cwd } = await eddy(...echo, "--time-limit", "0.1");
    expect(code).toBe(0);
    const { options } = JSON.parse(readFileSync(join(cwd, "store/latest/test.json"), "utf8"));
    expect([options.nodes, options.concurrency]).toEqual([["n1", "n2", "n3", "n4", "n5"], 5]);
  });

  it("help and version", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
    const [help, testHelp, versionOutcome, nothing] = await Promise.all([
      eddy("--help"),
      eddy("test", "--help"),
      eddy("--version"),
      eddy(),
    ]);
    expect([help.code, testHelp.code, versionOutcome.code, nothing.code]).toEqual([0, 0, 0, 254]);
    expect(versionOutcome.stdout).toBe(`${version}\n`);
    expect(help.stdout).toContain("test [options] [args...]");
    const documented = [...testHelp.stdout.matchAll(/^ {2}(?:-\w, )?--([\w-]+)/gm)].map(([, name]) => name);
    expect(documented).toEqual(
      "workload bin node-count nodes node nodes-file time-limit rate grace concurrency test-count availability checker-time-limit latency latency-dist nemesis nemesis-interval topology consistency-models key-count max-txn-length max-writes-per-key log-stderr log-net-send log-net-recv format store seed help".split(
        " ",
      ),
    );
  });
});

describe.concurrent("a store that cannot be written", () => {
  it("is told before anything is started", async () => {
    const { code, stderr, leftBehind } = await eddy(...echo, "--store", "/proc/no");
    expect([code, leftBehind]).toEqual([255, []]);
    expect(stderr).toMatch(/^error: The store cannot be written: \/proc\/no\/echo: ENOENT/);
    expect(stderr).toContain("Give another folder with --store, or make room.");
  });

  it("ends the run when it fails in mid-run, which is not called good then", async () => {
    const flags = ["--node-count", "1", "--time-limit", "60", "--rate", "500"];
    const { code, stdout, stderr, read, leftBehind } = await startEddy([...echo, ...flags], {
      before: "ulimit -f 40",
    }).outcome;
    expect([code, leftBehind]).toEqual([255, []]);
    expect(stdout).toContain(":valid? unknown");
    expect(stdout).toContain("(not all of it could be stored)");
    expect(stderr).toMatch(/error: The store cannot be written: .*(messages|history)\.jsonl: EFBIG/);
    expect(read("history.jsonl").split("\n").length).toBeGreaterThan(20);
  });

  it("is told after the summary when it fails at the end", async () => {
    const { cwd } = await eddy("--version");
    const latest = join(cwd, "store", "latest");
    mkdirSync(latest, { recursive: true });
    writeFileSync(join(latest, "mine"), "");
    const { code, stdout, stderr } = await eddy(
      ...echo,
      "--store",
      join(cwd, "store"),
      "--time-limit",
      "0.2",
    );
    expect(code).toBe(255);
    expect(stdout).toContain("Everything looks good!");
    expect(stderr).toContain(`error: The store cannot be written: ${latest}: EISDIR`);
  });

  it("may be a file", async () => {
    const file = join((await eddy("--version")).cwd, "file");
    writeFileSync(file, "");
    const { code, stderr } = await eddy(...echo, "--store", file);
    expect(code).toBe(255);
    expect(stderr).toContain("ENOTDIR");
  });
});
