/** For tests: runs of the workload kafka in simulated time, with all that the clients asked their node and were answered. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Results } from "../src/checkers/judge.ts";
import type { Operation } from "../src/history/operation.ts";
import type { MemoryProgram } from "../src/nodes/memory-node.ts";
import type { TestOptions } from "../src/run/options.ts";
import { simulate } from "../src/run/simulate.ts";
import { readHistory } from "../src/store/history-files.ts";

const options: TestOptions = {
  workload: "kafka",
  bin: "",
  args: [],
  nodes: ["n0"],
  concurrency: 3,
  timeLimit: 120,
  rate: 30,
  latency: { mean: 0, distribution: "constant" },
  nemesis: { faults: [], interval: 10 },
  grace: 1,
  checkerTimeLimit: 60,
  availability: undefined,
  tuning: { topology: "grid", consistencyModels: [], maxTxnLength: 4, keyCount: 4, maxWritesPerKey: 40 },
  seed: 11,
  store: "",
  show: { stderr: false, send: false, receive: false },
};

export type Offsets = Record<string, number>;

/** What a client asked, when, and what it was answered; undefined is no answer. */
export interface Exchange {
  readonly client: string;
  readonly type: string;
  readonly body: { readonly offsets?: Offsets; readonly keys?: string[]; readonly key?: string };
  readonly answer: Answer | undefined;
  /** ns */
  readonly time: number;
}

export interface Answer {
  readonly type: string;
  readonly code?: number;
  readonly offset?: number;
  readonly offsets?: Offsets;
  readonly msgs?: Record<string, [number, unknown][]>;
}

/** Changes an answer, or leaves it out; the number counts the exchanges of this type from 0. */
export type Twist = (answer: Answer, count: number, time: number) => Answer | undefined;

export interface Recorded {
  readonly results: Results;
  readonly history: readonly Operation[];
  readonly exchanges: readonly Exchange[];
  /** The text of `history.edn`. */
  readonly edn: string;
}

/** A run of the workload kafka, in simulated time, with one node that is good but for the twist. */
export async function recordKafka(
  twist: Twist = (answer) => answer,
  changes: Partial<TestOptions> = {},
): Promise<Recorded> {
  const exchanges: Exchange[] = [];
  const logs = new Map<string, [number, unknown][]>();
  const committed: Offsets = {};
  const counts = new Map<string, number>();
  const program: MemoryProgram = ({ send, clock }) => {
    const answerTo = (body: Record<string, never>): Answer => {
      const { type, key, msg, offsets, keys } = body;
      switch (String(type)) {
        case "send": {
          const log = logs.get(key ?? "") ?? [];
          logs.set(key ?? "", log);
          // Offsets are 10, 20, 30, …
          log.push([10 * (log.length + 1), msg]);
          return { type: "send_ok", offset: 10 * log.length };
        }
        case "poll": {
          const wanted: [string, number][] = Object.entries(offsets ?? {});
          const given = wanted.map(([k, from]) => {
            const pairs = (logs.get(k) ?? []).filter(([offset]) => offset >= from).slice(0, 5);
            return [k, pairs] as const;
          });
          return { type: "poll_ok", msgs: Object.fromEntries(given.filter(([, pairs]) => pairs.length > 0)) };
        }
        case "commit_offsets":
          Object.assign(committed, offsets);
          return { type: "commit_offsets_ok" };
        case "list_committed_offsets": {
          const known = Object.entries(committed).filter(([k]) => JSON.stringify(keys).includes(`"${k}"`));
          return { type: "list_committed_offsets_ok", offsets: Object.fromEntries(known) };
        }
        default:
          return { type: "init_ok" };
      }
    };
    return (line) => {
      const { src: client, body } = JSON.parse(line);
      const count = counts.get(body.type) ?? 0;
      counts.set(body.type, count + 1);
      const answer = body.type === "init" ? answerTo(body) : twist(answerTo(body), count, clock.now());
      exchanges.push({ client, type: body.type, body, answer, time: clock.now() });
      if (answer === undefined) return;
      send(JSON.stringify({ src: "n0", dest: client, body: { ...answer, in_reply_to: body.msg_id } }));
    };
  };
  const store = mkdtempSync(join(tmpdir(), "eddy-"));
  onTestFinished(() => rmSync(store, { recursive: true }));
  const { folder, results } = await simulate({ ...options, ...changes, store }, program);
  const history = [...readHistory(join(folder, "history.jsonl"))];
  return { results, history, exchanges, edn: readFileSync(join(folder, "history.edn"), "utf8") };
}
