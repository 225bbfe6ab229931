/** RPCs that wait for an answer: which reply belongs to which, how long each waits, and when it is sent again. */
import { type Clock, checkDuration } from "./clock.ts";
import { errorCodes, RPCError } from "./errors.ts";
import { show } from "./log.ts";
import type { Body } from "./message.ts";
import type { SomeBody } from "./protocol.ts";

/** How long an RPC waits for its reply, and what it does meanwhile. */
export interface RPCOptions {
  /**
   * So long the reply is waited for, in ms: above 0 and at most 2^31 - 1, or `Infinity`. Unless it is given, an RPC
   * waits 5,000 ms, as the clients of the workbench do, and one with `retry` for ever.
   */
  readonly timeout?: number | undefined;
  /** Gives the RPC up when it is aborted: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Sends the request again and again, with the same `msg_id`, until there is a reply to any of them; codes 0, timeout,
   * and 11, temporarily unavailable, are none. Such a request may be handled more than once: no harm for a read or for
   * adding to a set, but not for adding to a counter.
   */
  readonly retry?: boolean | Backoff | undefined;
}

/** The pauses before a request is sent again. Each is drawn from 3/4 to 5/4 of its length, so that nodes do not keep step. */
export interface Backoff {
  /** The first pause in ms; each that follows is twice as long. 200 unless given. */
  readonly first?: number | undefined;
  /** The longest pause in ms, 2,000 unless given. */
  readonly longest?: number | undefined;
}

/** An RPC whose protocol is not the node's but a service's: the way of the services' clients, which are no part of it. */
export const call = Symbol("call");

/** A node, as the clients of the services need it. */
export interface Caller {
  [call]<Reply>(dest: string, body: SomeBody, options?: RPCOptions): Promise<Reply>;
}

const never = Number.POSITIVE_INFINITY;

/** RPCs that one signal gives up, and what stops listening to it. */
interface Group {
  readonly ids: Set<number>;
  readonly release: () => void;
}

/** An RPC that waits. Its times are those of the clock, in ms. */
interface Call {
  /** What was asked and of whom, in words. */
  readonly what: string;
  readonly timeout: number;
  readonly deadline: number;
  nextSend: number;
  pause: number;
  readonly longestPause: number;
  readonly send: (msgId: number) => void;
  readonly promise: Promise<Body>;
  readonly resolve: (reply: Body) => void;
  readonly reject: (reason: unknown) => void;
  /** All that its signal gives up. */
  readonly group: Group | undefined;
}

/** All RPCs of a node that wait. */
export class Calls {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #waiting = new Map<number, Call>();
  readonly #groups = new Map<AbortSignal, Group>();
  #lastId = 0;
  #ended = false;
  /** When the one timer goes off that there is for all calls, and what cancels it. */
  #wakeUp = never;
  #cancelTimer: () => void = () => {};

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /**
   * Sends a request, with a number of its own as `msg_id`, and waits for its reply's body.
   *
   * @throws when the options make no sense, the signal is aborted already, or no reply can come any more
   */
  call(what: string, send: (msgId: number) => void, options: RPCOptions): Promise<Body> {
    const { signal, retry = false, timeout = retry === false ? 5000 : never } = options;
    const { first = 200, longest = 2000 } = typeof retry === "object" ? retry : {};
    if (timeout !== never) checkDuration("a timeout", timeout);
    checkDuration("the first pause of a retry", first);
    checkDuration("the longest pause of a retry", longest);
    signal?.throwIfAborted();
    if (this.#ended) throw atTheEnd(what);
    let [resolve, reject]: [Call["resolve"], Call["reject"]] = [() => {}, () => {}];
    const promise = new Promise<Body>((...settle) => {
      [resolve, reject] = settle;
    });
    this.#lastId += 1;
    const id = this.#lastId;
    const now = this.#clock.now();
    const times = { timeout, deadline: now + timeout, nextSend: never, pause: first, longestPause: longest };
    const group = signal && this.#group(signal);
    const call: Call = { what, ...times, send, promise, resolve, reject, group };
    if (retry !== false) this.#scheduleNextSend(call, now);
    this.#waiting.set(id, call);
    group?.ids.add(id);
    this.#send(id, call);
    this.#wakeUpAt(Math.min(call.deadline, call.nextSend), now);
    return promise;
  }

  /**
   * Takes a reply. One that nobody waits for any more, because it is the second or came too late, is dropped. Returns
   * `false` when nothing was ever asked with that number.
   */
  settle(id: number, reply: Body): boolean {
    const call = this.#waiting.get(id);
    if (call === undefined) return id > 0 && id <= this.#lastId;
    if (reply.type !== "error") this.#take(id)?.resolve(reply);
    else {
      const retried = reply.code === errorCodes.timeout || reply.code === errorCodes.temporarilyUnavailable;
      if (call.nextSend === never || !retried) this.#take(id)?.reject(asError(reply));
    }
    return true;
  }

  /** No reply can come any more: rejects all that wait, and all that are still to come. */
  end(): void {
    this.#ended = true;
    this.#cancelTimer();
    for (const [id, { what, promise }] of this.#waiting) {
      // Whoever sent a request without waiting for the reply need not hear that the node has ended.
      promise.catch(() => {});
      this.#take(id)?.reject(atTheEnd(what));
    }
  }

  #send(id: number, call: Call): void {
    try {
      call.send(id);
    } catch (error) {
      this.#take(id)?.reject(error);
    }
  }

  #take(id: number): Call | undefined {
    const call = this.#waiting.get(id);
    this.#waiting.delete(id);
    call?.group?.ids.delete(id);
    if (call?.group?.ids.size === 0) call.group.release();
    return call;
  }

  /** What a signal gives up when it is aborted. One listener a signal: thousands of RPCs may share it. */
  #group(signal: AbortSignal): Group {
    const known = this.#groups.get(signal);
    if (known !== undefined) return known;
    const ids = new Set<number>();
    const abort = (): void => {
      for (const id of ids) this.#take(id)?.reject(signal.reason);
    };
    const release = (): void => {
      signal.removeEventListener("abort", abort);
      this.#groups.delete(signal);
    };
    signal.addEventListener("abort", abort);
    this.#groups.set(signal, { ids, release });
    return { ids, release };
  }

  #scheduleNextSend(call: Call, now: number): void {
    const pause = Math.min(call.pause, call.longestPause);
    call.nextSend = now + pause * (0.75 + this.#random() / 2);
    call.pause = pause * 2;
  }

  #wakeUpAt(time: number, now: number): void {
    if (time >= this.#wakeUp) return;
    this.#cancelTimer();
    this.#wakeUp = time;
    this.#cancelTimer = this.#clock.after(Math.min(time - now, 2 ** 31 - 1), () => this.#wake());
  }

  /** Looks through all that waits. That is at most once a millisecond, and cheaper than a timer for each. */
  #wake(): void {
    const now = this.#clock.now();
    this.#wakeUp = never;
    let next = never;
    for (const [id, call] of this.#waiting) {
      if (call.deadline <= now) {
        this.#take(id)?.reject(RPCError.timeout(`no reply to ${call.what} within ${call.timeout} ms`));
        continue;
      }
      if (call.nextSend <= now) {
        this.#scheduleNextSend(call, now);
        this.#send(id, call);
      }
      next = Math.min(next, call.deadline, call.nextSend);
    }
    this.#wakeUpAt(next, now);
  }
}

function atTheEnd(what: string): RPCError {
  return RPCError.timeout(`no reply to ${what}: the input has ended`);
}

function asError({ code, text }: Body): RPCError {
  if (!Number.isSafeInteger(code)) return RPCError.crash(`an error came back without a code: ${show(text)}`);
  return new RPCError(Number(code), typeof text === "string" ? text : show(text));
}
