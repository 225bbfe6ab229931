/**
 * `make bench`: how fast the workbench is, and what it needs. Each figure is of the real command with real nodes, and of
 * runs that were valid. ROUNDS and LIMIT say how often each is measured and for how many seconds, SECONDS how long memory
 * is watched, and ONLY names the parts to measure: flood, memory, storm, rate, overhead.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bareLoop } from "./bare-loop.ts";
import { bundle, compile, root } from "./build-servers.ts";
import type { Command } from "./echo-node.ts";
import { eddyTest } from "./eddy-run.ts";
import { inTurn } from "./rounds.ts";
import { median, spread } from "./statistics.ts";
import { hundredths, machine, table, tenths, whole } from "./table.ts";

const rounds = (usual: number): number => Number(process.env.ROUNDS ?? usual);
const limit = (usual: number): number => Number(process.env.LIMIT ?? usual);
const wanted = (part: string): boolean => process.env.ONLY?.includes(part) ?? true;
/** The median of one figure of several runs, with the least and the most. */
const column = <T>(runs: readonly T[], value: (run: T) => number, show: (value: number) => string): string =>
  spread(runs.map(value), show);
/** "4" is four clients in all, "4n" four for each node. */
const flags = (nodes: number, rate: number, concurrency: string): string[] => [
  ...["--node-count", String(nodes), "--rate", String(rate)],
  ...["--concurrency", concurrency, "--latency", "0"],
];

const folder = mkdtempSync(join(tmpdir(), "eddy-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true }));
// Ctrl-C ends the run that is under way, and a run that was cut short ends all of this.
process.on("SIGINT", () => {});
const programs = { echo: compile("echo", folder), storm: compile("storm", folder) };
await bundle(["bare", "storm"], folder);
const echo = programs.echo ?? join(folder, "bare.cjs");
const echoCommand: Command = programs.echo === undefined ? [process.execPath, echo] : [echo];
const storm = programs.storm ?? join(folder, "storm.cjs");
const language = programs.echo === undefined ? "a bare loop in Node.js, for want of a C compiler" : "C";

console.log(
  `${machine()}; medians of some rounds [least - most]; the nodes are ${language}.\n` +
    "* of the original: measured once on a machine with 2 cores and 24 GiB, not in this run.\n",
);

if (wanted("flood")) {
  const seconds = limit(5);
  const times = rounds(5);
  const clients = [4, 10, 50, 100].map((count) => [count, String(count)] as const);
  const floods = await inTurn(clients, times, async (concurrency, count) => {
    const bare = await bareLoop(echoCommand, count, Math.min(seconds, 2));
    const run = await eddyTest(folder, echo, seconds, ...flags(1, 200_000, concurrency));
    const ok = run.results.stats["ok-count"];
    return { ...run, bare, rate: ok / seconds, cpuEach: (run.cpu * 1e6) / ok };
  });
  const original = new Map([
    [4, "3300 - 3950"],
    [10, "2200 - 2850"],
    [100, "1070 - 1370"],
  ]);
  const first = `echo flood, ${seconds} s, ${times} rounds`;
  const here = [
    "echoes a second",
    "bare loop",
    "of the bare loop",
    "CPU µs",
    "bare",
    "peak MB",
    "s afterwards",
  ];
  table([
    [first, ...here, "*echoes a second"],
    ...[...floods].map(([count, runs]) => [
      `${count} clients`,
      column(runs, ({ rate }) => rate, whole),
      column(runs, ({ bare }) => bare.rate, whole),
      hundredths(median(runs.map(({ rate, bare }) => rate / bare.rate))),
      tenths(median(runs.map(({ cpuEach }) => cpuEach))),
      tenths(median(runs.map(({ bare }) => bare.cpu))),
      whole(Math.max(...runs.map(({ peak }) => peak.all))),
      column(runs, ({ after }) => after, hundredths),
      original.get(count) ?? "",
    ]),
  ]);
}

if (wanted("memory")) {
  const seconds = Number(process.env.SECONDS ?? 60);
  const run = await eddyTest(folder, echo, seconds, ...flags(1, 200_000, "50"));
  const at = [1, 3, 6].map((part) => Math.ceil((seconds * part) / 6));
  const first = `echo flood, 50 clients, ${seconds} s, once`;
  const running = at.map((second) => `MB in second ${second}`);
  table([
    [first, ...running, "peak MB until then", "peak MB in all", "s afterwards", "*peak of the JVM"],
    [
      `${run.results.stats["ok-count"]} echoes`,
      ...at.map((second) => whole(run.resident(second))),
      whole(run.peak.running),
      whole(run.peak.all),
      hundredths(run.after),
      "673 - 757 with 50 echoes",
    ],
  ]);
}

if (wanted("storm")) {
  const seconds = limit(5);
  const times = rounds(3);
  const sizes = [5, 10, 15, 20, 25].map((nodes) => [nodes, flags(nodes, 200_000, "2n")] as const);
  const storms = await inTurn(sizes, times, async (words, nodes) => {
    const run = await eddyTest(folder, storm, seconds, ...words);
    const { all, servers } = run.results.net;
    // What the last operations of the clients caused may still be under way at the end; nothing else is lost.
    const told = (run.results.stats["ok-count"] - 2 * 2 * nodes) * (nodes - 1);
    if (servers["recv-count"] < told)
      throw new Error(`of ${told} messages between ${nodes} servers only ${servers["recv-count"]} arrived`);
    const messages = all["recv-count"];
    return {
      ...run,
      rate: messages / seconds,
      between: servers["recv-count"] / seconds,
      cpuEach: (run.cpu * 1e6) / messages,
    };
  });
  const first = `storm among servers, ${seconds} s, ${times} rounds`;
  const here = ["messages a second", "between servers", "CPU µs each", "peak MB", "s afterwards"];
  table([
    [first, ...here],
    ...[...storms].map(([nodes, runs]) => [
      `${nodes} nodes, ${2 * nodes} clients`,
      column(runs, ({ rate }) => rate, whole),
      column(runs, ({ between }) => between, whole),
      tenths(median(runs.map(({ cpuEach }) => cpuEach))),
      whole(Math.max(...runs.map(({ peak }) => peak.all))),
      column(runs, ({ after }) => after, hundredths),
    ]),
  ]);
}

if (wanted("rate")) {
  const asked = 1000;
  const seconds = limit(30);
  const times = rounds(3);
  const measured = await inTurn([["rate", flags(1, asked, "10")]], times, (words) =>
    eddyTest(folder, echo, seconds, ...words),
  );
  const runs =
    measured.get("rate")?.map((run) => ({ ...run, rate: run.results.stats.count / seconds })) ?? [];
  // Pauses are random, from 0 to twice their mean: the sum of so many of them varies by this much.
  const deviation = 100 / Math.sqrt(3 * asked * seconds);
  const first = `--rate ${asked}, 10 clients, ${seconds} s, ${times} rounds`;
  const here = ["operations a second", "% of what was asked", "chance alone, σ", "CPU s", "peak MB"];
  table([
    [first, ...here, "*operations a second"],
    [
      "echo",
      column(runs, ({ rate }) => rate, tenths),
      column(runs, ({ rate }) => (rate / asked) * 100, hundredths),
      `${hundredths(deviation)} %`,
      column(runs, ({ cpu }) => cpu, hundredths),
      whole(Math.max(...runs.map(({ peak }) => peak.all))),
      "782",
    ],
  ]);
}

if (wanted("overhead")) {
  // The tutorial has 10 s; what is measured here is the same with fewer of them. With 5 operations a second the last one
  // may come 0.4 s before the limit, and the run ends then: what is beyond the limit may be less than nothing.
  const seconds = limit(2);
  const times = rounds(7);
  const node = join(root, "bin/maelstrom-echo");
  const measured = await inTurn([["echo", ["--node-count", "1"]]], times, (words) =>
    eddyTest(folder, node, seconds, ...words),
  );
  const runs = measured.get("echo") ?? [];
  const first = `the tutorial's run with ${seconds} s, ${times} rounds`;
  const here = ["ms beyond the limit", "before clients begin", "after the last reply", "CPU s", "peak MB"];
  table([
    [first, ...here],
    [
      "bin/maelstrom-echo, 5 a second",
      column(runs, ({ before, after }) => (before + after) * 1000, whole),
      column(runs, ({ before }) => before * 1000, whole),
      column(runs, ({ afterReplies }) => afterReplies * 1000, whole),
      column(runs, ({ cpu }) => cpu, hundredths),
      column(runs, ({ peak }) => peak.all, whole),
    ],
    ["*with 10 s", "9000 - 10000", "7400 - 8000", "1400 - 2400", "14 - 16", "673 - 757"],
  ]);
}
