/**
 * `make bench`: how fast the node library is, against a bare loop that is measured in the same run, turn by turn. PEER
 * names another echo node (any executable) to measure beside them, ROUNDS says how often each is measured (7 times).
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { bundle } from "./build-servers.ts";
import { type Command, lifetime, pingPong, pipelined, startUp, withPeer } from "./echo-node.ts";
import { inTurn } from "./rounds.ts";
import { median, spread } from "./statistics.ts";
import { machine, table, tenths, thousands, whole } from "./table.ts";

const rounds = Number(process.env.ROUNDS ?? 7);
const messages = 200_000;

const folder = mkdtempSync(join(tmpdir(), "eddy-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true }));
await bundle(["bare", "echo", "async", "logging", "caller"], folder);
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

console.log(`${machine()}; medians of ${rounds} rounds [least - most]\n`);

const pipelines = await inTurn(nodes, rounds, (command) => pipelined(command, messages));
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

const trips = await inTurn(nodes, rounds, (command) => pingPong(command, 10_000));
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

const starts = await inTurn(nodes, rounds, (command) => startUp(command));
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
