/** The command that runs a test again, from its options: what is the same without saying it is left out. */

type Options = Readonly<Record<string, unknown>>;

/** Whatever the options hold, it is a line that a shell takes as what it says. */
export function commandLine(options: Options): string {
  const words = ["eddy test"];
  const say = (flag: string, value: unknown, standard?: unknown): void => {
    if (value === undefined || value === null || value === standard) return;
    words.push(`${flag} ${quoted(wordOf(value))}`);
  };
  const latency = recordOf(options.latency);
  const nemesis = recordOf(options.nemesis);
  const tuning = recordOf(options.tuning);
  const show = recordOf(options.show);
  say("-w", options.workload);
  say("--bin", options.bin);
  const nodes = textsOf(options.nodes);
  words.push(...nodeWords(nodes));
  say("--concurrency", concurrencyOf(options.concurrency, nodes.length), "1n");
  say("--rate", options.rate, 5);
  say("--time-limit", options.timeLimit, 60);
  say("--latency", latency.mean, 0);
  say("--latency-dist", latency.distribution, "constant");
  const faults = textsOf(nemesis.faults);
  if (faults.length > 0) {
    say("--nemesis", faults.join(","));
    say("--nemesis-interval", nemesis.interval, 10);
  }
  say("--topology", tuning.topology, "grid");
  say(
    "--consistency-models",
    textsOf(tuning.consistencyModels).join(",") || undefined,
    "strict-serializable",
  );
  say("--key-count", tuning.keyCount);
  say("--max-txn-length", tuning.maxTxnLength, 4);
  say("--max-writes-per-key", tuning.maxWritesPerKey, 16);
  say("--availability", options.availability);
  say("--grace", options.grace, 1);
  say("--checker-time-limit", options.checkerTimeLimit, 60);
  for (const [flag, shown] of [
    ["--log-stderr", show.stderr],
    ["--log-net-send", show.send],
    ["--log-net-recv", show.receive],
  ] as const)
    if (shown === true) words.push(flag);
  say("--seed", options.seed);
  const args = textsOf(options.args);
  if (args.length > 0) words.push("--", ...args.map(quoted));
  return words.join(" ");
}

/** Names that follow a rule are told by it. */
function nodeWords(nodes: readonly string[]): string[] {
  if (nodes.length === 0) return [];
  if (nodes.every((name, i) => name === `n${i}`)) return [`--node-count ${nodes.length}`];
  if (nodes.length === 5 && nodes.every((name, i) => name === `n${i + 1}`)) return [];
  return [`--nodes ${quoted(nodes.join(","))}`];
}

function concurrencyOf(clients: unknown, nodes: number): unknown {
  if (typeof clients !== "number" || clients % nodes !== 0) return clients;
  return `${clients / nodes}n`;
}

/** One word for a POSIX shell. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function wordOf(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function recordOf(value: unknown): Options {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(wordOf) : [];
}
