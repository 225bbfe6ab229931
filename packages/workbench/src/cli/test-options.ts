/** The options of `eddy test`: those of the original under their names, and eddy's own; read, checked and explained. */
import { readFileSync } from "node:fs";
import { type Command, Option } from "commander";
import { faultNames } from "../faults/nemesis.ts";
import { type LatencyDistribution, latencyDistributions } from "../network/latency.ts";
import { isClient, serviceNames } from "../network/names.ts";
import type { TestOptions } from "../run/options.ts";
import { freshSeed, seedBound } from "../time/random.ts";
import { plannedWorkloads, workloads } from "../workloads/catalogue.ts";
import { topologyNames } from "../workloads/topology.ts";
import { consistencyModels } from "./consistency-models.ts";
import { availability, type Concurrency, concurrency, names, number } from "./values.ts";

/** What a test prints when it is over. */
export const formats = ["text", "json", "edn"] as const;
export type Format = (typeof formats)[number];

/** How to run a test, beside the test itself. */
export interface TestRequest {
  readonly test: TestOptions;
  /** How many times to run it; it ends at the first run that is not valid. */
  readonly testCount: number;
  readonly format: Format;
}

/** The options as the command line has them. */
interface Words {
  readonly workload: string;
  readonly bin: string;
  readonly nodeCount?: number;
  readonly node?: readonly string[];
  readonly nodes?: readonly string[];
  readonly nodesFile?: string;
  readonly concurrency: Concurrency;
  readonly timeLimit: number;
  readonly rate: number;
  readonly latency: number;
  readonly latencyDist: LatencyDistribution;
  readonly topology: string;
  readonly availability?: "total" | number;
  readonly nemesis: readonly string[];
  readonly nemesisInterval: number;
  readonly grace: number;
  readonly consistencyModels: readonly string[];
  readonly keyCount?: number;
  readonly maxTxnLength: number;
  readonly maxWritesPerKey: number;
  readonly testCount: number;
  readonly checkerTimeLimit: number;
  readonly logStderr?: boolean;
  readonly logNetSend?: boolean;
  readonly logNetRecv?: boolean;
  readonly seed?: number;
  readonly store: string;
  readonly format: Format;
}

const positive = number({ above: 0, max: 1e6 });
const positiveWhole = number({ min: 1, whole: true });
/** So many nodes and clients at most: more are a slip of the finger. */
const [maxNodes, maxClients] = [1000, 100_000];

/** Declares the options on the command, in groups. */
export function declareTestOptions(command: Command): void {
  for (const [heading, options] of Object.entries(optionGroups())) {
    command.optionsGroup(`${heading}:`);
    for (const option of options) command.addOption(option);
  }
}

/** How long judging may take. */
export function checkerTimeLimitOption(): Option {
  return new Option(
    "--checker-time-limit <s>",
    "how long judging may take; what is not known then is unknown",
  )
    .argParser(positive)
    .default(60);
}

/** What a command prints at the end. */
export function formatOption(): Option {
  const text = "what is printed at the end: text for people, json, or edn as the original has it";
  return new Option("--format <kind>", text).choices(formats).default("text");
}

function optionGroups(): Record<string, Option[]> {
  const option = (flags: string, description: string): Option => new Option(flags, description);
  const built = [...workloads.keys()].join(", ");
  return {
    "What is tested": [
      option(
        "-w, --workload <name>",
        `what clients do and what is judged; built: ${built}; to come: ${plannedWorkloads.join(", ")}`,
      ).default("lin-kv"),
      option(
        "--bin <file>",
        "the program that runs one node: an executable, or a .ts, .js or .mjs file",
      ).makeOptionMandatory(),
      option(
        "--node-count <n>",
        "how many nodes: n0, n1, …; overrides --nodes, --node and --nodes-file",
      ).argParser(number({ min: 1, max: maxNodes, whole: true })),
      option(
        "--nodes <names>",
        "the nodes' names, with commas between them (default: n1,n2,n3,n4,n5)",
      ).argParser(names()),
      option("-n, --node <name>", "the name of one node; may be given many times").argParser(
        (word: string, before: readonly string[] = []) => [...before, word],
      ),
      option("--nodes-file <file>", "a file with the nodes' names, one a line"),
    ],
    "How much, and for how long": [
      option("--time-limit <s>", "for how long clients begin operations").argParser(positive).default(60),
      option("--rate <n>", "operations a second, of all clients together; with 0 there are none")
        .argParser(number({ min: 0 }))
        .default(5),
      option(
        "--grace <s>",
        "how long a node may take to end when it gets SIGTERM; with 0 it is killed at once",
      )
        .argParser(number({ min: 0, max: 3600 }))
        .default(1),
      option("--concurrency <n>", "how many clients; 4n is four for each node")
        .argParser(concurrency)
        .default({ factor: 1, perNode: true }, "1n"),
      option("--test-count <n>", "how many times to run the test, up to the first that is not valid")
        .argParser(positiveWhole)
        .default(1),
      option(
        "--availability <goal>",
        "which part of the operations must end ok: total, or a number from 0 to 1",
      ).argParser(availability),
      checkerTimeLimitOption(),
    ],
    "The network between the nodes, and what goes wrong": [
      option("--latency <ms>", "mean latency; what clients send and get has none")
        .argParser(number({ min: 0 }))
        .default(0),
      option("--latency-dist <kind>", "how latency is distributed")
        .choices(latencyDistributions)
        .default("constant"),
      option(
        "--nemesis <faults>",
        `what goes wrong, with commas between: ${faultNames.join(", ")}; see docs/faults.md`,
      )
        .argParser(names(faultNames))
        .default([], "none"),
      option(
        "--nemesis-interval <s>",
        "mean time from the beginning of a fault to its end, and to its next beginning",
      )
        .argParser(positive)
        .default(10),
    ],
    "For some workloads only": [
      option("--topology <kind>", "who is whose neighbour, for broadcast")
        .choices(topologyNames)
        .default("grid"),
      option("--consistency-models <names>", "what transactions must fulfil")
        .argParser(names(consistencyModels))
        .default(["strict-serializable"], "strict-serializable"),
      option("--key-count <n>", "how many keys are in use at once").argParser(positiveWhole),
      option("--max-txn-length <n>", "operations in a transaction at most")
        .argParser(positiveWhole)
        .default(4),
      option("--max-writes-per-key <n>", "writes to one key at most").argParser(positiveWhole).default(16),
    ],
    "What is shown and kept": [
      option("--log-stderr", "show what nodes log"),
      option("--log-net-send", "show each message when it is sent"),
      option("--log-net-recv", "show each message when it is received"),
      formatOption(),
      option("--store <folder>", "where runs are kept").default("store"),
      option("--seed <n>", "decides all that is left to chance (default: another one each time)").argParser(
        number({ min: 0, max: seedBound - 1, whole: true }),
      ),
    ],
    // These have no meaning here: they are accepted, so that command lines of the original run unchanged.
    "Of the original": [
      "--username <user>",
      "--password <password>",
      "--ssh-private-key <file>",
      "--strict-host-key-checking",
      "--no-ssh",
      "--leave-db-running",
      "--logging-json",
    ].map((flags) => option(flags, "").hideHelp()),
  };
}

/** Reads the command's options. What cannot be carried out ends the command with a message. */
export function readTestOptions(command: Command, args: readonly string[]): TestRequest {
  const words = command.opts<Words>();
  const refuse = (message: string): never => command.error(`error: ${message}`);
  if (!workloads.has(words.workload)) {
    const built = [...workloads.keys()].join(", ");
    if (plannedWorkloads.includes(words.workload)) {
      refuse(`the workload ${words.workload} is not built yet. Built: ${built}. Choose one with -w.`);
    }
    refuse(
      `there is no workload ${words.workload}. Built: ${built}; to come: ${plannedWorkloads.join(", ")}.`,
    );
  }
  const nodes = nodeNames(words, refuse);
  const concurrency = words.concurrency.factor * (words.concurrency.perNode ? nodes.length : 1);
  if (concurrency > maxClients)
    refuse(`--concurrency makes ${concurrency} clients; ${maxClients} are the most.`);
  const { keyCount } = words;
  return {
    testCount: words.testCount,
    format: words.format,
    test: {
      workload: words.workload,
      bin: words.bin,
      args,
      nodes,
      concurrency,
      timeLimit: words.timeLimit,
      rate: words.rate,
      latency: { mean: words.latency, distribution: words.latencyDist },
      nemesis: { faults: words.nemesis, interval: words.nemesisInterval },
      grace: words.grace,
      availability: words.availability,
      checkerTimeLimit: words.checkerTimeLimit,
      tuning: {
        topology: words.topology,
        consistencyModels: words.consistencyModels,
        ...(keyCount !== undefined && { keyCount }),
        maxTxnLength: words.maxTxnLength,
        maxWritesPerKey: words.maxWritesPerKey,
      },
      seed: words.seed ?? freshSeed(),
      store: words.store,
      show: {
        stderr: words.logStderr ?? false,
        send: words.logNetSend ?? false,
        receive: words.logNetRecv ?? false,
      },
    },
  };
}

/** Puts the ways to name nodes together as the original does. */
function nodeNames(words: Words, refuse: (message: string) => never): string[] {
  if (words.nodeCount !== undefined) return Array.from({ length: words.nodeCount }, (_, i) => `n${i}`);
  const fromFile = words.nodesFile === undefined ? [] : readNodesFile(words.nodesFile, refuse);
  const given = [...fromFile, ...(words.nodes ?? []), ...(words.node ?? [])];
  if (given.length === 0) return ["n1", "n2", "n3", "n4", "n5"];
  const seen = new Set<string>();
  for (const name of given) {
    // Names become file names, and must not be mistaken for those of clients.
    if (!/^[A-Za-z0-9][\w.-]{0,99}$/.test(name))
      refuse(`${JSON.stringify(name)} cannot be the name of a node: letters, digits, . _ - can.`);
    if (isClient(name)) refuse(`a node cannot be called ${name}: that is the name of a client.`);
    if (serviceNames.includes(name))
      refuse(`a node cannot be called ${name}: that is the name of a service.`);
    if (seen.has(name)) refuse(`there are two nodes called ${name}.`);
    seen.add(name);
  }
  return given;
}

function readNodesFile(file: string, refuse: (message: string) => never): string[] {
  try {
    return readFileSync(file, "utf8")
      .split(/\s*\n\s*/)
      .filter((name) => name !== "");
  } catch (error) {
    return refuse(`--nodes-file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
