/**
 * `make bench`: how fast the node library is, against a bare loop that is measured in the same run, turn by turn. PEER
 * names another echo node (any executable) to measure beside them, ROUNDS says how often each is measured (7 times).
 */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Command, lifetime, pingPong, pipelined, startUp, withPeer } from "./echo-node.ts";
import { median, spread } from "./statistics.ts";

const rounds = Number(process.env.ROUNDS ?? 7);
const messages = 200_000;

const folder = mkdtempSync(join(tmpdir(), "eddy-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true }));
const sources = ["bare", "echo", "async", "logging", "caller"];
await build({
  entryPoints: sources.map((name) =>
    fileURLToPath(new URL(`../../../benchmarks/servers/${name}.ts`, import.meta.url)),
  ),
  outdir: folder,
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  format: "cjs",
});
const node = (name: string, ...flags: string[]): Command => [
  process.execPath,
  ...flags,
  join(folder, `${name}.cjs`),
];

const nodes: [name: string, command: Command][] = [
  ["bare loop", node("bare")],
  ["@eddy/node", node("echo")],
  ["  async handler", node("async")],
  ["  every message logged", node("logging")],
];
const { PEER = "" } = process.env;
if (PEER !== "") nodes.push([basename(PEER), [PEER]]);

const thousands = (value: number): string => `${(value / 1000).toFixed(0)}k`;
const tenths = (value: number): string => value.toFixed(1);
const whole = (value: number): string => value.toFixed(0);

console.log(
  `Node.js ${process.version}, ${cpus().length} x ${cpus()[0]?.model}; medians of ${rounds} rounds [least - most]\n`,
);

/** Measures each node once a round, in turn, so that whatever else the machine does meets all of them. */
async function inTurn<T>(measure: (command: Command, name: string) => Promise<T>): Promise<Map<string, T[]>> {
  const results = new Map<string, T[]>(nodes.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const [name, command] of nodes) results.get(name)?.push(await measure(command, name));
  return results;
}

function table(rows: readonly (readonly string[])[]): void {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of rows)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  console.log();
}

const pipelines = await inTurn((command) => pipelined(command, messages));
const bareRates = pipelines.get("bare loop")?.map(({ rate }) => rate) ?? [];
table([
  [
    `pipelined, ${thousands(messages)} echoes`,
    "echoes a second",
    "of the bare loop",
    "CPU µs",
    "peak MB",
    "out of order",
  ],
  ...[...pipelines].map(([name, runs]) => [
    name,
    spread(
      runs.map(({ rate }) => rate),
      thousands,
    ),
    median(runs.map(({ rate }, round) => rate / (bareRates[round] ?? Number.NaN))).toFixed(2),
    tenths(median(runs.map(({ cpu }) => cpu))),
    whole(Math.max(...runs.map(({ memory }) => memory))),
    `${whole(median(runs.map(({ outOfOrder }) => outOfOrder)) * 100)} %`,
  ]),
]);

const trips = await inTurn((command) => pingPong(command, 10_000));
table([
  ["ping-pong, one at a time", "p50 µs", "p99 µs"],
  ...[...trips].map(([name, runs]) => [
    name,
    spread(
      runs.map(({ p50 }) => p50),
      tenths,
    ),
    spread(
      runs.map(({ p99 }) => p99),
      tenths,
    ),
  ]),
]);

const starts = await inTurn((command) => startUp(command));
const empty: number[] = [];
for (let round = 0; round < rounds; round++) empty.push(await lifetime([process.execPath, "-e", ""]));
table([
  ["start-up", "ms to init_ok"],
  ["node -e '', to its end", spread(empty, tenths)],
  ...[...starts].map(([name, runs]) => [name, spread(runs, tenths)]),
]);

const count = 100_000;
const calls: Record<string, unknown>[] = [];
for (let round = 0; round < rounds; round++)
  calls.push(
    await withPeer(node("caller", "--expose-gc"), node("echo"), { type: "start", msg_id: 2, count }),
  );
table([
  [`${thousands(count)} RPCs in flight at once, between two nodes`, ""],
  [
    "right replies",
    spread(
      calls.map(({ right }) => Number(right)),
      whole,
    ),
  ],
  [
    "ms until the last one",
    spread(
      calls.map(({ ms }) => Number(ms)),
      whole,
    ),
  ],
  [
    "timers meanwhile",
    spread(
      calls.map(({ timers }) => Number(timers)),
      whole,
    ),
  ],
  [
    "kB of heap left behind",
    spread(
      calls.map(({ leaked }) => Number(leaked) / 1024),
      tenths,
    ),
  ],
]);
