/** The workers: take operations from the generator as they come due, have clients do them, and write the history. */
import type { History } from "../history/history.ts";
import type { Operation } from "../history/operation.ts";
import type { Clock, Scheduled } from "../time/clock.ts";
import { type Client, RequestFailed } from "./client.ts";
import type { Generator, Invocation } from "./generator.ts";

/** Does one operation with a client and resolves with the value that it ended `ok` with. */
export type Perform = (client: Client, invocation: Invocation) => Promise<unknown>;

export interface WorkersOptions {
  readonly clock: Clock;
  readonly history: History;
  readonly generator: Generator;
  readonly perform: Perform;
  /** The functions that change nothing, so that one which nobody answered has simply failed. */
  readonly idempotent: ReadonlySet<string>;
  /** How many operations may be under way at once. */
  readonly concurrency: number;
  /** Makes the client of a worker, which is bound to a node by its number. */
  readonly openClient: (worker: number) => Client;
  /** Cuts the run short; its reason says why, in words. */
  readonly signal: AbortSignal;
}

interface Worker {
  readonly number: number;
  /** Goes up by the concurrency whenever an operation ended `info`: that process may still be at it, for ever. */
  process: number;
  client: Client;
}

/** Runs operations until the generator has no more and all that began have ended. */
export function runWorkers(options: WorkersOptions): Promise<void> {
  return new Promise((resolve, reject) => new Workers(options, resolve, reject).start());
}

class Workers {
  readonly #options: WorkersOptions;
  readonly #done: () => void;
  readonly #failed: (error: unknown) => void;
  readonly #workers: Worker[] = [];
  readonly #free: Worker[];
  readonly #start: number;
  #generator: Generator | undefined;
  #wakeUp: Scheduled | undefined;

  constructor(options: WorkersOptions, done: () => void, failed: (error: unknown) => void) {
    this.#options = options;
    this.#done = done;
    this.#failed = failed;
    this.#generator = options.generator;
    this.#start = options.clock.now();
    for (let number = 0; number < options.concurrency; number++) {
      this.#workers.push({ number, process: number, client: options.openClient(number) });
    }
    this.#free = [...this.#workers];
  }

  start(): void {
    const { signal } = this.#options;
    if (signal.aborted) this.#cutShort();
    else signal.addEventListener("abort", () => this.#cutShort(), { once: true });
    this.#advance();
  }

  /** Starts what is due, and arranges to be back when the next is. */
  #advance(): void {
    const { clock } = this.#options;
    this.#wakeUp?.cancel();
    while (this.#generator !== undefined && this.#free.length > 0) {
      const time = clock.now() - this.#start;
      const step = this.#generator.next({ time });
      if (step !== undefined && step.time > time) {
        this.#wakeUp = clock.schedule(this.#start + step.time, () => this.#advance());
        return;
      }
      this.#generator = step?.rest;
      if (step?.invocation !== undefined) this.#begin(step.invocation);
    }
    if (this.#generator === undefined && this.#free.length === this.#workers.length) this.#done();
  }

  #begin({ f, value }: Invocation): void {
    const worker = this.#free.shift();
    if (worker === undefined) return;
    const { history, perform } = this.#options;
    const { process, client } = worker;
    history.add({ type: "invoke", process, f, value, node: client.node });
    attempt(perform, client, { f, value })
      .then(
        (result) => history.add({ type: "ok", process, f, value: result, node: client.node }),
        (error) => this.#failedOperation(worker, { f, value }, error),
      )
      .then(() => {
        this.#free.push(worker);
        this.#advance();
      })
      .catch((error) => this.#fail(error));
  }

  #failedOperation(worker: Worker, { f, value }: Invocation, error: unknown): Operation {
    if (!(error instanceof RequestFailed)) throw error;
    const { history, idempotent, concurrency, openClient } = this.#options;
    const { process, client } = worker;
    const didNotHappen = error.definite || (idempotent.has(f) && error.reason.kind !== "malformed-reply");
    const type = didNotHappen ? "fail" : "info";
    if (type === "info") {
      worker.process += concurrency;
      worker.client = openClient(worker.number);
    }
    return history.add({ type, process, f, value, node: client.node, error: error.reason });
  }

  #cutShort(): void {
    this.#interrupt(String(this.#options.signal.reason));
    this.#advance();
  }

  /** Something is wrong with the workbench itself. */
  #fail(error: unknown): void {
    this.#interrupt("the workbench failed");
    this.#failed(error);
  }

  #interrupt(reason: string): void {
    this.#generator = undefined;
    this.#wakeUp?.cancel();
    for (const { client } of this.#workers) client.interrupt(reason);
  }
}

/** Performs an operation; what it throws at once is a rejection, too. */
async function attempt(perform: Perform, client: Client, invocation: Invocation): Promise<unknown> {
  return await perform(client, invocation);
}
