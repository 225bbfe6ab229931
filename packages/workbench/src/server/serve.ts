/** `eddy serve` as a server: listens, answers until it is closed, and then lets go of everything at once. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import type { Clock } from "../time/clock.ts";
import { Access, bracketed, isEverywhere } from "./access.ts";
import { Deletions } from "./delete-run.ts";
import { Events } from "./events.ts";
import { handle, type Shown } from "./handle.ts";
import { RunAnswers } from "./run-answer.ts";
import { RunList } from "./run-list.ts";

export interface ServeOptions {
  /** The folder with the runs; it need not be there yet. */
  readonly store: string;
  /** What to listen on: a name or an address of this machine. */
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly clock: Clock;
}

export interface Server {
  /** Where it can be reached from this machine. */
  readonly url: string;
  /** The absolute path of the folder that is shown. */
  readonly store: string;
  /** Pages that listen to what changes. */
  readonly listeners: number;
  /** Ends all connections, also in the middle of an answer. */
  close(): Promise<void>;
}

/** ms */
const patience = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 2_000,
};
const mostConnections = 512;

/**
 * Starts the server; resolves when it listens.
 *
 * @throws the system's error when it cannot listen: EADDRINUSE, EACCES, EADDRNOTAVAIL, ENOTFOUND, …
 */
export async function serve({ store: given, host, port: asked, clock }: ServeOptions): Promise<Server> {
  const store = resolve(given);
  const list = new RunList(store, clock);
  const events = new Events(store, list, clock);
  const server = createServer({ ...patience, maxHeaderSize: 16 * 1024 });
  server.maxConnections = mostConnections;
  const port = await new Promise<number>((listening, failed) => {
    server.once("error", failed);
    server.listen(asked, host, () => {
      server.off("error", failed);
      listening(portOf(server.address()));
    });
  });
  const shown: Shown = {
    store,
    access: new Access(host, port),
    list,
    answers: new RunAnswers(store, list),
    deletions: new Deletions(store, list),
    events,
  };
  server.on("request", (request, response) => {
    response.on("error", () => {});
    void handle(shown, request, response);
  });
  return {
    url: `http://${isEverywhere(host) ? "127.0.0.1" : bracketed(host)}:${port}/`,
    store,
    get listeners() {
      return events.size;
    },
    close() {
      events.close();
      return new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      });
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === "object" && address !== null ? address.port : 0;
}
