/** One test from its options to its results: the only place that knows the order of things. */
import { setMaxListeners } from "node:events";
import { basename } from "node:path";
import type { AvailabilityGoal } from "../checkers/availability.ts";
import { Judge, type Results } from "../checkers/judge.ts";
import { Client } from "../clients/client.ts";
import { runWorkers } from "../clients/workers.ts";
import { Nemesis } from "../faults/nemesis.ts";
import type { Operation } from "../history/operation.ts";
import { fromBytes } from "../network/bytes.ts";
import { type Message, toLine } from "../network/message.ts";
import { Network } from "../network/network.ts";
import type { MemoryProgram } from "../nodes/memory-node.ts";
import { isFatal, type Problem } from "../nodes/problem.ts";
import { RunDrawing } from "../report/pictures-files.ts";
import { hostServices } from "../services/host.ts";
import { toResultsEdn, toResultsJson } from "../store/results-files.ts";
import { RunFolder } from "../store/run-folder.ts";
import { thisProcess } from "../store/run-process.ts";
import { StoreError } from "../store/store-error.ts";
import { type Clock, second, sleep } from "../time/clock.ts";
import { type Random, randomStream } from "../time/random.ts";
import { workloads } from "../workloads/catalogue.ts";
import type { Workload } from "../workloads/workload.ts";
import { analyse } from "./analysis.ts";
import { Cluster } from "./cluster.ts";
import type { TestOptions } from "./options.ts";
import { Recording } from "./recording.ts";
import { schedule } from "./schedule.ts";
import { setUp } from "./set-up.ts";
import { findStarter } from "./starter.ts";
import { version } from "./version.ts";

/** Is told what happens while a test runs. */
export interface Observer {
  /** The run has a folder, and its nodes are being started. */
  began?(folder: string): void;
  operation?(operation: Operation): void;
  /** A node did something wrong, for the first time in that way. */
  problem?(problem: Problem): void;
  /** A line for those who watch: what was asked for by `show`, and what the run is waiting for. */
  note?(line: string): void;
  /** So many entries of the history have been judged, of so many. */
  judged?(entries: number, of: number): void;
  /** The next picture is being drawn. */
  drawing?(): void;
}

/** What a run needs from outside. */
export interface RunEnvironment {
  readonly clock: Clock;
  readonly observer?: Observer;
  /** Cuts the run short from outside; its reason says why, in words. What there is by then is judged and stored. */
  readonly signal?: AbortSignal;
  /** What each node runs, in memory, instead of a process of `bin`. */
  readonly program?: MemoryProgram;
  /** A workload that is not among those of eddy, instead of the one that the options name. */
  readonly workload?: Workload;
}

/** A finished run. */
export interface Run {
  /** Path of its folder in the store. */
  readonly folder: string;
  readonly workload: Workload;
  readonly availability: AvailabilityGoal;
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
export async function runTest(options: TestOptions, environment: RunEnvironment): Promise<Run> {
  const { clock, observer = {}, signal = new AbortController().signal } = environment;
  const workload = environment.workload ?? workloads.get(options.workload);
  if (workload === undefined) throw new Error(`there is no workload ${options.workload}`);
  const random = (name: string): Random => randomStream(options.seed, name);

  const stop = new AbortController();
  // Every node listens to it while it starts.
  setMaxListeners(0, stop.signal);
  let storeError: StoreError | undefined;
  const storeFailed = (error: StoreError): void => {
    storeError ??= error;
    stop.abort(error.message);
  };
  const program = await findStarter(options, environment.program);
  const folder = RunFolder.create(options.store, workload.name, clock.date());
  folder.write("test.json", describeTest(options, clock));
  observer.began?.(folder.path);
  let entries = 0;
  const recording = new Recording({
    folder,
    clock,
    operation: (operation) => {
      entries++;
      observer.operation?.(operation);
    },
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
  const showMessage = (event: string) => (message: Message) =>
    show(`${event} ${fromBytes(toLine(message)).trimEnd()}`);
  const lost = new Set<string>();
  const network = new Network({
    link: { latency: options.latency, loss: 0, duplication: 0, reordering: 0 },
    clock,
    random,
    journal: recording.journal,
    ...(options.show.send && { sent: showMessage("send") }),
    ...(options.show.receive && { received: showMessage("recv") }),
    dropped: ({ dest }, why) => {
      if (why !== "full" || lost.has(dest)) return;
      lost.add(dest);
      show(
        `${dest} reads too slowly, or too much is on its way: some of what is sent to it is lost from here on`,
      );
    },
  });
  hostServices(network, random);
  let clients = 0;
  const openClient = (node: string): Client =>
    new Client({ name: `c${clients++}`, node, network, clock, problem });
  const starter = program.starter({ folder, clock, random, failed: storeFailed, show });
  const cluster = new Cluster({
    names: options.nodes,
    starter,
    clock,
    network,
    openClient,
    problem,
    signal: stop.signal,
  });
  const { faults, interval } = options.nemesis;
  const system = { nodes: options.nodes, network, processes: cluster };
  const nemesis =
    faults.length === 0 ? undefined : new Nemesis({ faults, interval: interval * second, system, random });

  const interrupt = (): void => stop.abort(signal.reason);
  signal.addEventListener("abort", interrupt);
  if (signal.aborted) interrupt();
  let [began, completed] = [false, false];
  try {
    recording.note(`starting ${options.nodes.join(", ")}: ${program.description}`);
    await cluster.start();
    const { nodes, tuning, concurrency, latency } = options;
    const context = { nodes, tuning, concurrency, latency };
    const setup = workload.setup?.(context);
    if (setup) await setUp(setup, { nodes, clock, openClient, problem, signal: stop.signal });
    if (!stop.signal.aborted) {
      began = true;
      recording.note("all nodes are ready, the clients begin");
      await runWorkers({
        clock,
        history: recording.history,
        generator: schedule(options, workload, context, nemesis, random),
        perform: (client, invocation) => workload.perform(client, invocation, context),
        ...(nemesis && { nemesis: (invocation) => nemesis.perform(invocation) }),
        idempotent: workload.idempotent,
        reusableClients: workload.reusableClients ?? false,
        concurrency: options.concurrency,
        openClient: (worker) => openClient(options.nodes[worker % options.nodes.length] ?? ""),
        note: show,
        signal: stop.signal,
      });
    }
    // What stops the run from here on has come too late to change what was seen.
    completed = began && !stop.signal.aborted;
    if (stop.signal.aborted) recording.note(`the run was cut short: ${stop.signal.reason}`);
  } finally {
    signal.removeEventListener("abort", interrupt);
    try {
      await cluster.stop();
    } finally {
      recording.close();
    }
  }

  try {
    const limits = { timeLimit: options.checkerTimeLimit, now: () => clock.now() };
    const judge = new Judge(workload.checker(limits), options.availability);
    const drawing = new RunDrawing();
    await analyse(folder, [judge, drawing], clock, storeFailed, (judged) =>
      observer.judged?.(judged, entries),
    );
    let results = judge.results({
      messages: recording.journal.counts,
      conduct: recording.conduct,
      began,
      // What ended the run early that was not the nodes' doing.
      interrupted: signal.aborted && !completed ? String(signal.reason) : storeError?.message,
    });
    try {
      if (storeError === undefined) {
        // Whoever is killed while it draws has its results.
        writeResults(folder, results);
        folder.complete();
        results = await drawing.drawRun(results, {
          folder,
          id: `${workload.name}/${basename(folder.path)}`,
          async pause() {
            observer.drawing?.();
            await sleep(clock, 0);
          },
          failed: show,
          store: (whole) => writeResults(folder, whole),
        });
      }
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      storeError = error;
    }
    const { availability } = options;
    return { folder: folder.path, workload, availability, results, ...(storeError && { storeError }) };
  } finally {
    recording.end();
  }
}

/** @throws {StoreError} when the files cannot be written */
function writeResults(folder: RunFolder, results: Results): void {
  folder.write("results.edn", toResultsEdn(results));
  folder.write("results.json", toResultsJson(results));
}

/** The text of `test.json`: all that is needed to run the same test again, and to know the run while it goes on. */
function describeTest(options: TestOptions, clock: Clock): string {
  const { versions, platform, arch } = process;
  const test = {
    start: clock.date().toISOString(),
    // ns that the clock of the run, which all of its times are of, had gone by then.
    elapsed: clock.now(),
    folder: process.cwd(),
    options,
    versions: { eddy: version, node: versions.node },
    platform,
    arch,
    ...thisProcess(),
  };
  return `${JSON.stringify(test, null, 2)}\n`;
}
