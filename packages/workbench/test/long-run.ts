/** For tests of reports: the folder of a long run, as if it had been one: only as large as it has to be. */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";

export interface LongRun {
  readonly operations: number;
  /** In all; each operation has two of them, and two more between the nodes for each that is left. */
  readonly messages: number;
  /** ns between the beginnings of two operations */
  readonly pace: number;
}

/** Writes a run of `echo` whose node n0 tells n1 about it. */
export function writeLongRun(folder: string, { operations, messages, pace }: LongRun): void {
  mkdirSync(join(folder, "node-logs"), { recursive: true });
  const options = { workload: "echo", nodes: ["n0", "n1"], nemesis: { faults: [], interval: 10 }, seed: 1 };
  writeFileSync(
    join(folder, "test.json"),
    JSON.stringify({ start: "2026-01-01T00:00:00.000Z", elapsed: 0, options, versions: { eddy: "0" } }),
  );
  const gossip = Math.max(0, Math.floor(messages / operations) - 2);
  const [history, journal] = [
    new Lines(join(folder, "history.jsonl")),
    new Lines(join(folder, "messages.jsonl")),
  ];
  let id = 0;
  for (let i = 0; i < operations; i++) {
    const [time, process] = [i * pace, i % 20];
    const value = `Please echo ${(i * 7919) % 128}`;
    const common = { process, f: "echo" };
    const took = 300_000 + ((i * 104_729) % 900_000);
    history.write({ index: 2 * i, time, type: "invoke", ...common, value, node: "n0" });
    const send = (at: number, src: string, dest: string, body: object): number => {
      journal.write({ time: at, event: "send", id, src, dest, body });
      journal.write({ time: at, event: "recv", id, src, dest });
      return id++;
    };
    const asked = send(time, "c1", "n0", { type: "echo", echo: value, msg_id: i });
    for (let more = 0; more < gossip; more++)
      send(time + 100 + more, "n0", "n1", { type: "gossip", text: value, number: (i * 31 + more) % 997 });
    const reply = { type: "echo_ok", echo: value, in_reply_to: i };
    const answered = send(time + 1000, "n0", "c1", reply);
    const end = { index: 2 * i + 1, time: time + (took % (pace - 2000)) + 1000, type: "ok", ...common };
    history.write({ ...end, value: reply, node: "n0", messages: [asked, answered] });
  }
  history.close();
  journal.close();
}

class Lines {
  readonly #fd: number;
  #waiting: string[] = [];

  constructor(path: string) {
    this.#fd = openSync(path, "w");
  }

  write(value: object): void {
    this.#waiting.push(JSON.stringify(value));
    if (this.#waiting.length > 10_000) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#fd);
  }

  #flush(): void {
    writeSync(this.#fd, this.#waiting.map((line) => `${line}\n`).join(""));
    this.#waiting = [];
  }
}
