/** One test from its options to its results: the only place that knows the order of things. */
import { setMaxListeners } from "node:events";
import { Client } from "../clients/client.ts";
import { type Generator, idleUntil, stagger, timeLimit } from "../clients/generator.ts";
import { runWorkers } from "../clients/workers.ts";
import type { Operation } from "../history/operation.ts";
import { type Message, toLine } from "../network/message.ts";
import { Network } from "../network/network.ts";
import { isFatal, type Problem } from "../nodes/problem.ts";
import { commandOf, findProgram } from "../nodes/program.ts";
import { RunFolder } from "../store/run-folder.ts";
import { StoreError } from "../store/store-error.ts";
import { type Clock, second } from "../time/clock.ts";
import { randomStream } from "../time/random.ts";
import { workloads } from "../workloads/catalogue.ts";
import type { Workload } from "../workloads/workload.ts";
import { Cluster } from "./cluster.ts";
import type { TestOptions } from "./options.ts";
import { Recording } from "./recording.ts";
import { judge, type Results } from "./results.ts";
import { version } from "./version.ts";

/** Is told what happens while a test runs. */
export interface Observer {
  /** The run has a folder, and its nodes are being started. */
  began?(folder: string): void;
  operation?(operation: Operation): void;
  /** A node did something wrong, for the first time in that way. */
  problem?(problem: Problem): void;
  /** A line for the terminal that was asked for by `show`. */
  note?(line: string): void;
}

/** What a run needs from outside. */
export interface RunEnvironment {
  readonly clock: Clock;
  readonly observer: Observer;
  /** Cuts the run short from outside; its reason says why, in words. What there is by then is judged and stored. */
  readonly signal: AbortSignal;
}

/** A finished run. */
export interface Run {
  /** Path of its folder in the store. */
  readonly folder: string;
  readonly results: Results;
  /** Why not all of it could be stored. What was recorded until then is there. */
  readonly storeError?: StoreError;
}

/**
 * Runs one test.
 *
 * @throws {BadBinary} when `bin` cannot be run
 * @throws {StoreError} when the run's folder cannot be made
 */
export async function runTest(
  options: TestOptions,
  { clock, observer, signal }: RunEnvironment,
): Promise<Run> {
  const workload = workloads.get(options.workload);
  if (workload === undefined) throw new Error(`there is no workload ${options.workload}`);
  const program = await findProgram(options.bin);
  const folder = RunFolder.create(options.store, workload.name, clock.date());
  if (program.kind === "compiled") folder.write("server.mjs", program.text);
  const command = commandOf(program, options.args, folder.file("server.mjs"));
  folder.write("test.json", describeTest(options, clock));
  observer.began?.(folder.path);

  const stop = new AbortController();
  // Every node listens to it while it starts.
  setMaxListeners(0, stop.signal);
  let storeError: StoreError | undefined;
  const storeFailed = (error: StoreError): void => {
    storeError ??= error;
    stop.abort(error.message);
  };
  const recording = new Recording({
    folder,
    clock,
    operation: (operation) => observer.operation?.(operation),
    failed: storeFailed,
  });
  const problem = (found: Problem): void => {
    if (recording.problem(found)) observer.problem?.(found);
    if (isFatal(found)) stop.abort(found.message);
  };
  const show = (line: string): void => {
    recording.note(line);
    observer.note?.(line);
  };
  const network = new Network({
    latency: options.latency,
    clock,
    random: randomStream(options.seed, "latency"),
    journal: recording.journal,
    ...(options.show.send && { sent: (message: Message) => show(`send ${toLine(message).trimEnd()}`) }),
    ...(options.show.receive && {
      received: (message: Message) => show(`recv ${toLine(message).trimEnd()}`),
    }),
  });
  let clients = 0;
  const openClient = (node: string): Client =>
    new Client({ name: `c${clients++}`, node, network, clock, problem });
  const cluster = new Cluster({
    names: options.nodes,
    command,
    logFile: (name) => folder.file("node-logs", `${name}.log`),
    clock,
    network,
    openClient,
    problem,
    logFailed: storeFailed,
    ...(options.show.stderr && { stderrLine: (name: string, line: string) => show(`${name}: ${line}`) }),
  });

  const interrupt = (): void => stop.abort(signal.reason);
  signal.addEventListener("abort", interrupt);
  if (signal.aborted) interrupt();
  let began = false;
  try {
    recording.note(`starting ${options.nodes.join(", ")}: ${[command.file, ...command.args].join(" ")}`);
    await cluster.start(stop.signal);
    if (!stop.signal.aborted) {
      began = true;
      recording.note("all nodes are ready, the clients begin");
      await runWorkers({
        clock,
        history: recording.history,
        generator: operations(options, workload),
        perform: (client, invocation) => workload.perform(client, invocation),
        idempotent: workload.idempotent,
        concurrency: options.concurrency,
        openClient: (worker) => openClient(options.nodes[worker % options.nodes.length] ?? ""),
        signal: stop.signal,
      });
    }
    if (stop.signal.aborted) recording.note(`the run was cut short: ${stop.signal.reason}`);
  } finally {
    signal.removeEventListener("abort", interrupt);
    try {
      await cluster.stop();
    } finally {
      recording.close();
    }
  }

  const results = judge(options, workload, {
    history: recording.history.operations,
    messages: recording.journal.counts,
    conduct: recording.conduct,
    began,
    interrupted: cutShortBy(signal, storeError),
  });
  try {
    if (storeError === undefined) recording.writeResults(results);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    storeError = error;
  }
  return { folder: folder.path, results, ...(storeError && { storeError }) };
}

/** What ended the run early that was not the nodes' doing. */
function cutShortBy(signal: AbortSignal, storeError: StoreError | undefined): string | undefined {
  return signal.aborted ? String(signal.reason) : storeError?.message;
}

/** The workload's operations at the rate that was asked for, until the time is over. */
function operations({ rate, seed, timeLimit: limit }: TestOptions, workload: Workload): Generator {
  if (rate === 0) return idleUntil(limit * second);
  const generator = workload.generator(randomStream(seed, "operations"));
  return timeLimit(limit * second, stagger(second / rate, randomStream(seed, "stagger"), generator));
}

/** The text of `test.json`: all that is needed to run the same test again. */
function describeTest(options: TestOptions, clock: Clock): string {
  const { versions, platform, arch } = process;
  const start = clock.date().toISOString();
  const folder = process.cwd();
  return `${JSON.stringify({ start, folder, options, versions: { eddy: version, node: versions.node }, platform, arch }, null, 2)}\n`;
}
