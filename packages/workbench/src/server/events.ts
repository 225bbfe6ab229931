/**
 * What changes, told to all pages that listen: the list of runs, and how those stand that are going on. Nothing is looked at while
 * nobody listens, and who reads slowly gets less, not later.
 */
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import type { RunEntry } from "../pictures/served.ts";
import { type Clock, millisecond, type Scheduled, second } from "../time/clock.ts";
import { LiveRunFollower } from "./live-run.ts";
import type { RunList } from "./run-list.ts";

const interval = 500 * millisecond;
/** A store that takes long to look at is looked at less often: this much of the time is left for all else. */
const leisure = 4;
/** So often something is said, so that nobody in between takes the line for dead. */
const heartbeat = 15 * second;
/** Runs that are followed at once. */
const mostLive = 16;

export class Events {
  readonly #store: string;
  readonly #list: RunList;
  readonly #clock: Clock;
  readonly #listeners = new Set<Listener>();
  readonly #followed = new Map<string, LiveRunFollower>();
  #next: Scheduled | undefined;
  #looking = false;
  #runs = "";
  #spoken = 0;

  constructor(store: string, list: RunList, clock: Clock) {
    this.#store = store;
    this.#list = list;
    this.#clock = clock;
  }

  /** How many listen. */
  get size(): number {
    return this.#listeners.size;
  }

  /** Tells a page what changes, from how it is now on, until it goes away. */
  listen(response: ServerResponse): void {
    response.writeHead(200, {
      "Content-Type": "text/event-stream; charset=utf-8",
      "X-Accel-Buffering": "no",
    });
    response.flushHeaders();
    const listener = new Listener(response);
    this.#listeners.add(listener);
    response.on("close", () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#rest();
    });
    if (this.#runs !== "") listener.tell("runs", this.#runs);
    if (!this.#looking && this.#next === undefined) this.#schedule(0);
  }

  /** Ends all streams. */
  close(): void {
    for (const listener of this.#listeners) listener.end();
    this.#listeners.clear();
    this.#rest();
  }

  #schedule(after: number): void {
    this.#next = this.#clock.schedule(this.#clock.now() + after, () => {
      this.#next = undefined;
      this.#looking = true;
      const began = this.#clock.now();
      this.#look()
        // What cannot be read now may be the next time.
        .catch(() => {})
        .finally(() => {
          this.#looking = false;
          if (this.#listeners.size === 0) this.#rest();
          else this.#schedule(Math.max(interval, leisure * (this.#clock.now() - began)));
        });
    });
  }

  async #look(): Promise<void> {
    const runs = await this.#list.read();
    const json = JSON.stringify({ store: this.#store, runs });
    if (json !== this.#runs) {
      this.#runs = json;
      this.#tell("runs", json);
    }
    await this.#follow(runs.filter(({ state }) => state === "running").slice(0, mostLive));
    if (this.#clock.now() - this.#spoken < heartbeat) return;
    this.#spoken = this.#clock.now();
    for (const listener of this.#listeners) listener.beat();
  }

  async #follow(runs: readonly RunEntry[]): Promise<void> {
    const ids = new Set(runs.map(({ id }) => id));
    for (const [id, run] of this.#followed) {
      if (ids.has(id)) continue;
      run.close();
      this.#followed.delete(id);
    }
    for (const id of ids) {
      const run = this.#followed.get(id) ?? new LiveRunFollower(join(this.#store, id), id, this.#clock);
      this.#followed.set(id, run);
      // A run that cannot be read does not keep the others from being told of.
      const read = await run.read().then(
        () => true,
        () => false,
      );
      if (this.#listeners.size === 0) return;
      if (read) this.#tell(`live ${id}`, JSON.stringify(run.now()));
    }
  }

  #tell(topic: string, json: string): void {
    for (const listener of this.#listeners) listener.tell(topic, json);
  }

  /** Forgets what only listeners need. */
  #rest(): void {
    this.#next?.cancel();
    this.#next = undefined;
    this.#runs = "";
    for (const run of this.#followed.values()) run.close();
    this.#followed.clear();
  }
}

/** A page that listens. */
class Listener {
  readonly #response: ServerResponse;
  /** The newest of each topic that waits until the page has read what was sent before. */
  readonly #waiting = new Map<string, string>();

  constructor(response: ServerResponse) {
    this.#response = response;
    response.on("drain", () => {
      for (const [topic, json] of this.#waiting) {
        if (this.#response.writableNeedDrain) return;
        this.#waiting.delete(topic);
        this.tell(topic, json);
      }
    });
  }

  /** @param topic the event, and what it is about: a later one takes the place of one that waits */
  tell(topic: string, json: string): void {
    if (this.#response.writableNeedDrain) this.#waiting.set(topic, json);
    // JSON has no line ends.
    else this.#response.write(`event: ${topic.split(" ", 1)[0]}\ndata: ${json}\n\n`);
  }

  beat(): void {
    if (!this.#response.writableNeedDrain) this.#response.write(":\n\n");
  }

  end(): void {
    this.#response.end();
  }
}
