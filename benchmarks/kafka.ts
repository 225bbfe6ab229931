/**
 * `make bench benchmarks=kafka`: how long the checker of logs takes for histories of more and more sends, each of whose
 * messages is polled by four clients, and how that grows. ROUNDS says how often each is measured (3 times).
 */
import { check } from "../packages/workbench/src/checkers/checker.ts";
import { KafkaChecker } from "../packages/workbench/src/checkers/kafka/checker.ts";
import type { Operation } from "../packages/workbench/src/history/operation.ts";
import { inTurn } from "./rounds.ts";
import { median, spread } from "./statistics.ts";
import { hundredths, machine, table, whole } from "./table.ts";

const rounds = Number(process.env.ROUNDS ?? 3);
const sizes = [5000, 50_000, 200_000];
const clients = 4;

/** What the offset of a message is, and which messages a poll leaves out. */
interface Fault {
  readonly offset?: (message: number) => number;
  readonly leavesOut?: (message: number) => boolean;
}

/** A history of so many sends, to keys that get so many each; every other operation is a poll. */
function* history(sends: number, perKey: number, fault: Fault = {}): IterableIterator<Operation> {
  const { offset = (message) => message, leavesOut = () => false } = fault;
  let index = 0;
  const next: number[] = Array.from({ length: clients }, () => 0);
  function* operation(
    process: number,
    f: string,
    asked: unknown,
    value: unknown,
  ): IterableIterator<Operation> {
    const entry = { process, f, node: `n${process}` };
    yield { index, time: 1e6 * index++, type: "invoke", ...entry, value: asked };
    yield { index, time: 1e6 * index++, type: "ok", ...entry, value };
  }
  for (let sent = 0; sent < sends; ) {
    const key = String(Math.floor(sent / perKey));
    const message = sent++ % perKey;
    yield* operation(
      sent % clients,
      "send",
      [["send", key, message]],
      [["send", key, [offset(message), message]]],
    );
    const client = (3 * sent) % clients;
    const msgs: Record<string, number[][]> = {};
    for (let i = next[client] ?? 0; i < sent; i++) {
      const read = i % perKey;
      if (leavesOut(read)) continue;
      const log = String(Math.floor(i / perKey));
      msgs[log] ??= [];
      msgs[log].push([offset(read), read]);
    }
    next[client] = sent;
    yield* operation(client, "poll", [["poll"]], [["poll", msgs]]);
  }
}

const histories = [
  ["16 messages a key", (sends: number) => history(sends, 16)],
  ["one key", (sends: number) => history(sends, sends)],
  ["every third never polled", (sends: number) => history(sends, sends, { leavesOut: (i) => i % 3 === 1 })],
  ["all at one offset", (sends: number) => history(sends, sends, { offset: () => 0 })],
  ["in reverse", (sends: number) => history(sends, sends, { offset: (i) => sends - i })],
] as const;

interface Measurement {
  /** s of CPU that the checker took; the history is made before */
  readonly time: number;
  readonly entries: number;
  readonly kinds: number;
}

async function measure(make: () => Iterable<Operation>): Promise<Measurement> {
  const operations = [...make()];
  const start = process.cpuUsage();
  const verdict = check(new KafkaChecker(), operations);
  const { user, system } = process.cpuUsage(start);
  return {
    time: (user + system) / 1e6,
    entries: operations.length,
    kinds: verdict["error-types"].length,
  };
}

console.log(`${machine()}; medians of ${rounds} rounds [least - most]\n`);
for (const [name, make] of histories) {
  const subjects = sizes.map((sends) => [sends, () => make(sends)] as const);
  const results = await inTurn(subjects, rounds, measure);
  const base = median(results.get(sizes[0] ?? 0)?.map(({ time }) => time) ?? []) / (sizes[0] ?? 1);
  table([
    [name, "entries", "CPU s", "µs a send", "of the smallest", "kinds of anomalies"],
    ...[...results].map(([sends, runs]) => {
      const each = median(runs.map(({ time }) => time)) / sends;
      return [
        `  ${whole(sends)} sends`,
        whole(runs[0]?.entries ?? 0),
        spread(
          runs.map(({ time }) => time),
          hundredths,
        ),
        hundredths(each * 1e6),
        hundredths(each / base),
        whole(runs[0]?.kinds ?? 0),
      ];
    }),
  ]);
}
