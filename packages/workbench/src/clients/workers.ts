/** The workers: take operations from the generator as they come due, have clients or the nemesis do them, and write the history. */
import type { History } from "../history/history.ts";
import type { Operation, Process } from "../history/operation.ts";
import type { Clock, Scheduled } from "../time/clock.ts";
import { type Client, ClientCrash, RequestFailed } from "./client.ts";
import { type Generator, type Invocation, updated } from "./generator.ts";
import { nemesisThread, type Thread, ThreadSet } from "./threads.ts";

/** Does one operation with a client and resolves with the value that it ended `ok` with. */
export type Perform = (client: Client, invocation: Invocation) => Promise<unknown>;

/** Makes something go wrong, or mends it, and resolves with what it did. */
export type Nemesis = (invocation: Invocation) => Promise<unknown>;

export interface WorkersOptions {
  readonly clock: Clock;
  readonly history: History;
  readonly generator: Generator;
  readonly perform: Perform;
  /** Absent when nothing is to go wrong: then the generator has no thread for it. */
  readonly nemesis?: Nemesis;
  /** The functions that change nothing, so that one which nobody answered has simply failed. */
  readonly idempotent: ReadonlySet<string>;
  /** A worker whose operation ended `info` goes on with the same client, instead of a new one. */
  readonly reusableClients?: boolean;
  /** How many operations may be under way at once. */
  readonly concurrency: number;
  /** Makes the client of a worker, which is bound to a node by its number. */
  readonly openClient: (worker: number) => Client;
  /** Is told what the generator has to tell. */
  readonly note?: (text: string) => void;
  /** Cuts the run short; its reason says why, in words. */
  readonly signal: AbortSignal;
}

interface Worker {
  readonly thread: Thread;
  /** Goes up by the concurrency whenever an operation ended `info`: that process may still be at it, for ever. */
  process: number;
  client: Client;
}

/** Runs operations until the generator has no more and all that began have ended. */
export function runWorkers(options: WorkersOptions): Promise<void> {
  return new Promise((resolve, reject) => new Workers(options, resolve, reject).start());
}

class Workers {
  readonly #options: Omit<WorkersOptions, "generator">;
  readonly #done: () => void;
  readonly #failed: (error: unknown) => void;
  readonly #workers: Worker[] = [];
  readonly #threads: ThreadSet;
  #free: ThreadSet;
  /** The thread after the one that began last: they take turns. */
  #turn: Thread = 0;
  readonly #start: number;
  #generator: Generator | undefined;
  #wakeUp: Scheduled | undefined;

  constructor(options: WorkersOptions, done: () => void, failed: (error: unknown) => void) {
    // The first generator leads to all that follow: whoever holds it holds the whole run.
    const { generator, ...others } = options;
    const { clock, concurrency, nemesis, openClient } = others;
    this.#options = others;
    this.#done = done;
    this.#failed = failed;
    this.#generator = generator;
    this.#start = clock.now();
    for (let thread = 0; thread < concurrency; thread++) {
      this.#workers.push({ thread, process: thread, client: openClient(thread) });
    }
    this.#threads = ThreadSet.range(nemesis === undefined ? 0 : nemesisThread, concurrency);
    this.#free = this.#threads;
  }

  start(): void {
    const { signal } = this.#options;
    if (signal.aborted) this.#cutShort();
    else signal.addEventListener("abort", () => this.#cutShort(), { once: true });
    this.#advance();
  }

  /** Starts what is due, and arranges to be back when the next is. */
  #advance(): void {
    this.#wakeUp?.cancel();
    while (this.#generator !== undefined && this.#free.size > 0) {
      const time = this.#options.clock.now() - this.#start;
      const step = this.#generator.next({
        time,
        threads: this.#threads,
        free: this.#free,
        turn: this.#turn,
      });
      if (step?.kind === "operation") {
        if (step.time > time) {
          this.#wakeAt(step.time);
          return;
        }
        this.#generator = step.rest;
        this.#begin(step.thread, step.invocation);
        continue;
      }
      this.#generator = step?.rest;
      if (step?.kind === "note") this.#options.note?.(step.text);
      if (step?.kind === "pending") {
        if (step.until !== undefined) this.#wakeAt(step.until);
        else if (this.#free.size === this.#threads.size)
          throw new Error("the generator waits, but nothing is under way that it could wait for");
        return;
      }
    }
    if (this.#generator === undefined && this.#free.size === this.#threads.size) this.#done();
  }

  #wakeAt(time: number): void {
    this.#wakeUp = this.#options.clock.schedule(this.#start + time, () => this.#advanceSafely());
  }

  #begin(thread: Thread, invocation: Invocation): void {
    this.#free = this.#free.without(thread);
    this.#turn = thread + 1;
    const worker = this.#workers[thread];
    const done = worker === undefined ? this.#disturb(invocation) : this.#operate(worker, invocation);
    done.then(
      (operation) => {
        this.#free = this.#free.with(thread);
        this.#happened(thread, operation);
        this.#advanceSafely();
      },
      (error) => this.#fail(error),
    );
  }

  /** Does an operation with a worker's client; resolves with how it ended. */
  async #operate(worker: Worker, invocation: Invocation): Promise<Operation> {
    const { history, perform, idempotent } = this.#options;
    const { process, client, thread } = worker;
    const entry = describe(process, invocation, client.node);
    this.#happened(thread, history.add({ type: "invoke", ...entry }));
    const messages = (): readonly number[] => client.takeMessages();
    try {
      const value = await perform(client, invocation);
      return history.add({ type: "ok", ...entry, value, messages: messages() });
    } catch (error) {
      if (error instanceof ClientCrash) {
        this.#retire(worker);
        return history.add({ type: "info", ...entry, messages: messages() });
      }
      if (!(error instanceof RequestFailed)) throw error;
      const { definite, reason } = error;
      const didNotHappen = definite || (idempotent.has(invocation.f) && reason.kind !== "malformed-reply");
      if (!didNotHappen) this.#retire(worker);
      return history.add({
        type: didNotHappen ? "fail" : "info",
        ...entry,
        error: reason,
        messages: messages(),
      });
    }
  }

  /** Nobody knows how an operation of a worker ended: its process may still be at it, and the worker goes on as another. */
  #retire(worker: Worker): void {
    const { concurrency, openClient, reusableClients } = this.#options;
    worker.process += concurrency;
    if (!reusableClients) worker.client = openClient(worker.thread);
  }

  /** Has the nemesis do something; resolves with what it did. */
  async #disturb(invocation: Invocation): Promise<Operation> {
    const { history, nemesis } = this.#options;
    const entry = describe("nemesis", invocation);
    this.#happened(nemesisThread, history.add({ type: "info", ...entry }));
    const value = await nemesis?.(invocation);
    return history.add({ type: "info", ...entry, value: value ?? null });
  }

  #happened(thread: Thread, operation: Operation): void {
    if (this.#generator !== undefined) this.#generator = updated(this.#generator, { thread, operation });
  }

  #advanceSafely(): void {
    try {
      this.#advance();
    } catch (error) {
      this.#fail(error);
    }
  }

  #cutShort(): void {
    this.#interrupt(String(this.#options.signal.reason));
    this.#advanceSafely();
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

/** What the entries of an operation have in common. */
function describe(
  process: Process,
  { f, value, final }: Invocation,
  node?: string,
): Pick<Operation, "process" | "f" | "value"> & { readonly node?: string; readonly final?: boolean } {
  return { process, f, value, ...(node !== undefined && { node }), ...(final && { final }) };
}
