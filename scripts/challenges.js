/**
 * Runs challenges one after the other and prints one table of what came of them: `make challenges`, or
 * `node scripts/challenges.js 'eddy.js test -w echo --bin bin/maelstrom-echo …' '…'`, each command as one argument.
 *
 * JOBS=2 runs two at a time; latencies are then those of a machine that has more to do. Exit code 0 when all are valid.
 */
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const commands = process.argv.slice(2).map((command) => command.trim().split(/\s+/));
const jobs = Number(process.env.JOBS || 1);
if (commands.length === 0 || !Number.isInteger(jobs) || jobs < 1) {
  console.error("usage: [JOBS=1] node scripts/challenges.js '<command of a test>' …");
  process.exit(2);
}

// Ctrl-C reaches the running tests as well: they end in good order, and no others begin.
let interrupted = false;
for (const signal of ["SIGINT", "SIGTERM"])
  process.on(signal, () => {
    interrupted = true;
  });

const option = (command, name, otherwise) => {
  const at = command.findIndex((word) => name.includes(word));
  return at === -1 ? otherwise : command[at + 1];
};

/** Runs one test; resolves with its row of the table. */
async function test(command) {
  const workload = option(command, ["-w", "--workload"], "lin-kv");
  console.error(`${workload}: ${command.join(" ")}`);
  const [file, ...words] = command;
  const start = performance.now();
  const child = spawn(file, [...words, "--format", "json"], { stdio: ["ignore", "pipe", "pipe"] });
  const failed = new Promise((resolve) => child.on("error", resolve));
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const error = await Promise.race([failed, new Promise((resolve) => child.on("close", () => resolve()))]);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const [stdout, stderr] = error === undefined ? await output : ["", error.message];
  const results = parse(stdout);
  if (results === undefined) {
    const lines = stderr.trim().split("\n");
    return [
      workload,
      "not run",
      "",
      "",
      "",
      seconds,
      lines.find((line) => /^error/.test(line)) ?? lines.at(-1),
    ];
  }
  const store = join(option(command, ["--store"], "store"), workload);
  const { stats, net } = results;
  return [
    workload,
    { true: "valid", false: "INVALID" }[results["valid?"]] ?? "unknown",
    stats === undefined ? "" : `${stats["ok-count"]} / ${stats["fail-count"]} / ${stats["info-count"]}`,
    net?.all["msgs-per-op"]?.toFixed(1) ?? "",
    stats?.latency === undefined ? "" : `${stats.latency.p50.toFixed(2)} ms`,
    seconds,
    // Runs are named after when they began; of one workload there is only one at a time.
    join(store, readdirSync(store).sort().at(-1) ?? ""),
  ];
}

function parse(json) {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

const rows = [];
const waiting = [...commands.entries()];
async function work() {
  for (let next = waiting.shift(); next !== undefined && !interrupted; next = waiting.shift()) {
    const [index, command] = next;
    rows[index] = await test(command);
  }
}
const start = performance.now();
await Promise.all(Array.from({ length: jobs }, work));

const heading = ["challenge", "verdict", "ok / fail / info", "messages/op", "median", "seconds", "run"];
const table = [heading, ...rows.filter((row) => row !== undefined)];
const widths = heading.map((_, column) => Math.max(...table.map((row) => row[column].length)));
const numbers = new Set(["ok / fail / info", "messages/op", "median", "seconds"]);
console.log();
for (const row of table) {
  const cells = row.map((cell, column) =>
    numbers.has(heading[column]) ? cell.padStart(widths[column]) : cell.padEnd(widths[column]),
  );
  console.log(cells.join("   ").trimEnd());
}
const valid = table.filter(([, verdict]) => verdict === "valid").length;
const total = ((performance.now() - start) / 1000).toFixed(0);
console.log(`\n${valid} of ${commands.length} valid, in ${total} s`);
process.exitCode = valid === commands.length ? 0 : 1;
