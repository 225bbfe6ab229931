/** `eddy serve`: shows the runs of a store in a browser, until Ctrl-C. */
import { statSync } from "node:fs";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Server } from "../server/serve.ts";
import { serve } from "../server/serve.ts";
import { RealClock } from "../time/real-clock.ts";
import { exitCodes } from "./exit-codes.ts";
import { watchInterruptions } from "./interrupt.ts";
import { number } from "./values.ts";

export interface ServeRequest {
  readonly port: number;
  readonly host: string;
  readonly store: string;
}

/** Declares the options on the command. */
export function declareServeOptions(command: Command): void {
  command
    .addOption(
      new Option("--port <n>", "the port to listen on; with 0 any that is free")
        .argParser(number({ min: 0, max: 65_535, whole: true }))
        .default(8080),
    )
    .addOption(
      new Option(
        "--host <address>",
        "the address or name of this machine to listen on; 0.0.0.0 for all of them",
      )
        .argParser(host)
        .default("127.0.0.1"),
    )
    .addOption(new Option("--store <folder>", "where the runs are").default("store"));
}

/** Shows the runs until a signal comes. Resolves with the exit code. */
export async function serveCommand({ port, host, store }: ServeRequest): Promise<number> {
  if (statSync(store, { throwIfNoEntry: false })?.isDirectory() === false)
    return complain(`${store} is no folder. Say with --store where the runs are.`);
  const interruptions = watchInterruptions();
  const clock = new RealClock();
  try {
    let server: Server;
    try {
      server = await serve({ store, host, port, clock });
    } catch (error) {
      return complain(whyNot(error, host, port));
    }
    process.stdout.write(`eddy serve: ${server.url} shows the runs in ${server.store}; Ctrl-C ends it\n`);
    if (!isLocal(host))
      process.stderr.write(
        `warning: whoever reaches this machine at ${host} can read these runs, and delete them\n`,
      );
    await new Promise<void>((ended) => {
      if (interruptions.signal.aborted) ended();
      interruptions.signal.addEventListener("abort", () => ended());
    });
    await server.close();
    return exitCodes.valid;
  } finally {
    clock.stop();
    interruptions.stop();
  }
}

function whyNot(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "EADDRINUSE":
      return `port ${port} of ${host} is taken, perhaps by another eddy serve. Choose another one: --port ${port + 1}, or --port 0 for any that is free.`;
    case "EACCES":
      return `port ${port} is only for the administrator. Choose one above 1023: --port 8080.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `${host} is no address of this machine. Without --host it is 127.0.0.1.`;
    default:
      return `cannot listen on ${host}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function isLocal(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d+){3}$/.test(host);
}

function host(word: string): string {
  if (!/^[\w.:%-]+$/.test(word))
    throw new InvalidArgumentError(
      "It must be an address such as 0.0.0.0 or ::1, or the name of this machine.",
    );
  return word;
}

function complain(message: string): number {
  process.stderr.write(`error: ${message}\n`);
  return exitCodes.badArguments;
}
