/**
 * Kafka-like logs: what each key's log must have looked like, as clients saw it, and where they contradict each other.
 * Judges as Jepsen's checker of such logs does, for transactions of one operation, and says in words what it found.
 */
import type { Operation, OperationError, Process } from "../../history/operation.ts";
import { Pairing } from "../../history/pairs.ts";
import type { Checker } from "../checker.ts";
import { type Event, eventOf } from "./event.ts";
import { findAnomalies, firstReaders } from "./find.ts";
import { LagMeter } from "./lag.ts";
import { Log, type Poll, type Send } from "./log.ts";
import { assignedKeys, microOperations, type Read } from "./micro-operations.ts";
import { type KafkaVerdict, sumUp } from "./verdict.ts";

export interface KafkaCheckerOptions {
  /**
   * What was never polled is held against the nodes only when the history has a final phase, in which all was to be
   * polled. Histories that name no nodes are not ours: they do not say where that phase begins, and are taken to have one,
   * as are all without this.
   */
  readonly needsFinalPhase?: boolean;
}

/** Reasons for `info` that are kept. */
const maxCauses = 32;

const sendOrPoll: ReadonlySet<string> = new Set(["send", "poll", "txn"]);
const assignment: ReadonlySet<string> = new Set(["assign", "subscribe"]);

/** Judges a history of sends and polls. */
export class KafkaChecker implements Checker<KafkaVerdict> {
  readonly #needsFinalPhase: boolean;
  readonly #pairing = new Pairing();
  readonly #logs = new Map<string, Log>();
  /** For each process the last poll of each key that it goes on from, and its last send to each key. */
  readonly #lastPolls = new Map<Process, Map<string, Poll>>();
  readonly #lastSends = new Map<Process, Map<string, Send>>();
  readonly #lag = new LagMeter();
  readonly #causes = new Set<string>();
  /** When the last send or poll ended ok, ns. */
  #lastTime = 0;
  #final = false;
  #ours = false;
  #interrupted = false;

  constructor({ needsFinalPhase = false }: KafkaCheckerOptions = {}) {
    this.#needsFinalPhase = needsFinalPhase;
  }

  add(operation: Operation): void {
    if (operation.process === "nemesis") return;
    this.#final ||= operation.final === true;
    this.#ours ||= operation.node !== undefined;
    this.#interrupted ||= operation.error?.kind === "interrupted";
    const pair = this.#pairing.add(operation);
    if (operation.type === "invoke") this.#begin(operation);
    else if (pair !== undefined) this.#end(operation, pair.invocation);
  }

  verdict(): KafkaVerdict {
    const happened = this.#happened();
    return sumUp({
      findings: [...this.#logs.values()].map((log) => ({ log, ...findAnomalies(log, happened) })),
      lag: this.#lag.worst(),
      causes: [...this.#causes],
      lastTime: this.#lastTime,
      allPolled: !this.#interrupted && (this.#final || !this.#needsFinalPhase || !this.#ours),
    });
  }

  #begin(operation: Operation): void {
    if (operation.f !== "send" && operation.f !== "txn") return;
    const event = eventOf(operation, operation);
    for (const micro of microOperations(operation.value))
      if (micro.kind === "send") this.#log(micro.key).attempt(micro.message, event);
  }

  #end(operation: Operation, invocation: Operation): void {
    const { f, type, value, process, final = false } = operation;
    if (assignment.has(f) && (type === "ok" || type === "info"))
      this.#assign(process, assignedKeys(value), type === "ok", final);
    if (!sendOrPoll.has(f)) return;
    if (type === "ok") this.#lastTime = operation.time;
    if (type === "info" && operation.error !== undefined && this.#causes.size < maxCauses)
      this.#causes.add(causeOf(operation.error));
    const event = eventOf(operation, invocation);
    const polled = new Map<string, Read>();
    for (const micro of microOperations(value)) {
      if (micro.kind === "send") this.#send(micro.key, { event, ...micro });
      else for (const read of micro.reads) polled.set(read.key, joined(polled.get(read.key), read));
    }
    for (const read of polled.values()) this.#poll(read, event);
    if (type === "ok" && f !== "send") this.#lag.polled(process, invocation.time, heights(polled.values()));
  }

  /** A process goes on with these keys; in the final phase it begins anew with all of them. */
  #assign(process: Process, keys: readonly string[], ok: boolean, fromTheStart: boolean): void {
    if (ok) this.#lag.assign(process, keys);
    const before = this.#lastPolls.get(process);
    if (before === undefined) return;
    const kept = keys.flatMap((key) => {
      const poll = before.get(key);
      return poll === undefined || fromTheStart ? [] : [[key, poll] as const];
    });
    this.#lastPolls.set(process, new Map(kept));
  }

  #send(key: string, { event, message, offset }: Omit<Send, "previous">): void {
    const lastSends = ofProcess(this.#lastSends, event.process);
    const previous = lastSends.get(key);
    // What failed says nothing about the order.
    const send = { event, message, offset, previous: event.type === "fail" ? undefined : previous };
    this.#log(key).send(send);
    if (event.type !== "fail") lastSends.set(key, send);
    if (offset !== undefined && event.type !== "fail") this.#lag.known(key, offset, event.time);
  }

  #poll({ key, offsets, messages }: Read, event: Event): void {
    if (messages.length === 0) return;
    const lastPolls = ofProcess(this.#lastPolls, event.process);
    const poll = { event, offsets, messages, previous: lastPolls.get(key) };
    this.#log(key).poll(poll);
    if (event.type === "ok") lastPolls.set(key, poll);
    if (event.type !== "fail") this.#lag.known(key, highest(offsets), event.time);
  }

  #log(key: string): Log {
    let log = this.#logs.get(key);
    if (log === undefined) {
      log = new Log(key);
      this.#logs.set(key, log);
    }
    return log;
  }

  /** Which sends certainly had their effect: what ended ok, and what ended `info` and of which something was polled. */
  #happened(): (send: Send) => boolean {
    const visible = new Set<Event>();
    for (const log of this.#logs.values()) {
      const indefinite = log.sends.filter(({ event }) => event.type === "info");
      if (indefinite.length === 0) continue;
      const readers = firstReaders(log);
      for (const { event, message } of indefinite) if (readers.has(message)) visible.add(event);
    }
    return ({ event }) => event.type === "ok" || visible.has(event);
  }
}

function ofProcess<T>(all: Map<Process, Map<string, T>>, process: Process): Map<string, T> {
  let own = all.get(process);
  if (own === undefined) {
    own = new Map();
    all.set(process, own);
  }
  return own;
}

function joined(before: Read | undefined, { key, offsets, messages }: Read): Read {
  if (before === undefined) return { key, offsets, messages };
  return {
    key,
    offsets: [...before.offsets, ...offsets],
    messages: [...before.messages, ...messages],
  };
}

function heights(reads: Iterable<Read>): ReadonlyMap<string, number> {
  return new Map([...reads].map(({ key, offsets }) => [key, highest(offsets)]));
}

function highest(offsets: readonly number[]): number {
  return offsets.reduce((most, offset) => Math.max(most, offset), -1);
}

/** Malformed replies are all different; their text is in the history. */
function causeOf({ kind, name, message }: OperationError): string {
  return kind === "rpc-error" ? `${name ?? kind}: ${message}` : kind;
}
