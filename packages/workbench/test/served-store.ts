/** A store with runs in it, and a server that shows it, for tests of `eddy serve`; both are gone when the test is over. */
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { request as ask } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Server, serve } from "../src/server/serve.ts";
import { thisProcess } from "../src/store/run-process.ts";
import type { Clock } from "../src/time/clock.ts";
import { RealClock } from "../src/time/real-clock.ts";

/** A process that has ended. */
export const gone = { ...thisProcess(), pid: 4_194_999 };

/** A new folder, gone when the test is over. */
export function emptyStore(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "eddy-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "store");
}

/** Makes a folder in a store, with these files in it; a path with `/` makes the folders on its way. */
export function addFolder(store: string, id: string, files: Readonly<Record<string, string>> = {}): string {
  const folder = join(store, id);
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** The text of a `test.json`. */
export function testJson(about: object = {}, options: object = {}): string {
  const some = { workload: "echo", nodes: ["n0", "n1"], seed: 7, timeLimit: 10, checkerTimeLimit: 60 };
  const nemesis = { faults: ["kill"], interval: 10 };
  const start = "2026-11-25T02:34:17.030Z";
  return JSON.stringify({
    start,
    options: { ...some, nemesis, ...options },
    versions: {},
    ...gone,
    ...about,
  });
}

/** The text of a `results.json`. */
export function resultsJson(valid: unknown = true, count = 3): string {
  const counts = { "valid?": true, count, "ok-count": count, "fail-count": 0, "info-count": 0 };
  return `${JSON.stringify({ stats: { ...counts, "by-f": { echo: counts } }, "valid?": valid }, null, 2)}\n`;
}

/** A line of a history. */
export function entry(
  index: number,
  time: number,
  type: string,
  process: unknown = 0,
  more: object = {},
): string {
  return `${JSON.stringify({ index, time, type, process, f: "echo", value: "x", node: "n0", ...more })}\n`;
}

/** A run that came to its end. */
export function addRun(store: string, id: string, files: Readonly<Record<string, string>> = {}): string {
  const history = entry(0, 5, "invoke") + entry(1, 2_000_000_009, "ok");
  return addFolder(store, id, {
    "test.json": testJson({}, { workload: id.split("/")[0] }),
    "results.json": resultsJson(),
    "history.jsonl": history,
    "messages.jsonl": "",
    "eddy.log": "",
    ...files,
  });
}

/** Makes links in a store. */
export function link(target: string, path: string): void {
  symlinkSync(target, path);
}

/** Makes a pipe: to open it waits for somebody at its other end. */
export function addPipe(path: string): void {
  execFileSync("mkfifo", [path]);
}

/** Makes all files of a folder that are not links look as old as this, s. */
export function age(folder: string, seconds: number): void {
  const then = Date.now() / 1000 - seconds;
  for (const name of ["test.json", "eddy.log", "history.jsonl", "messages.jsonl"])
    try {
      utimesSync(join(folder, name), then, then);
    } catch {
      // Not every run has every file.
    }
}

/** Shows a store; on 127.0.0.1 unless it is said otherwise. */
export async function show(
  store: string,
  { host = "127.0.0.1", clock = new RealClock() }: { host?: string; clock?: Clock } = {},
): Promise<Server & { readonly port: number }> {
  const server = await serve({ store, host, port: 0, clock });
  onTestFinished(() => server.close());
  return Object.assign(server, { port: Number(new URL(server.url).port) });
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly text: string;
  json(): unknown;
}

/** Asks as a program does. The path goes out as it stands, with all its dots. */
export function get(
  port: number,
  path: string,
  {
    method = "GET",
    headers = {},
    host = "127.0.0.1",
  }: { method?: string; headers?: Record<string, string>; host?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = ask({ host, port, path, method, headers, agent: false }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("error", reject);
      response.on("end", () => {
        const body = Buffer.concat(pieces);
        const text = body.toString();
        const json = (): unknown => JSON.parse(text);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body, text, json });
      });
    });
    asked.on("error", reject);
    asked.end();
  });
}

/** Deletes as a page of the server does. */
export function remove(port: number, path: string): Promise<Answer> {
  return get(port, path, { method: "DELETE", headers: { Origin: `http://127.0.0.1:${port}` } });
}

/** Sends bytes as they are, and gives all that comes back until the server hangs up. */
export function raw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes, "latin1"));
    socket.setEncoding("latin1");
    socket.on("data", (piece: string) => {
      text += piece;
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(text));
  });
}
