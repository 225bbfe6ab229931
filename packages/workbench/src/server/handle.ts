/** One request: whether it may be asked, what it asks for, and the answer. */

import { readlink } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { FileEntry, Refusal } from "../pictures/served.ts";
import { PagesNotBuilt, pageAsset, servedPage } from "../report/page.ts";
import type { Access } from "./access.ts";
import { sendArchive } from "./archive.ts";
import type { Deletions } from "./delete-run.ts";
import type { Events } from "./events.ts";
import { common } from "./headers.ts";
import { codeOf, Refused } from "./refused.ts";
import { type Route, routeOf } from "./route.ts";
import type { RunAnswers } from "./run-answer.ts";
import type { RunList } from "./run-list.ts";
import { namesIn, type RunNames, runPath } from "./run-path.ts";
import { sendFile } from "./send-file.ts";
import { walk } from "./walk.ts";

/** What the server has to answer from. */
export interface Shown {
  /** The absolute path of the folder that is shown. */
  readonly store: string;
  readonly access: Access;
  readonly list: RunList;
  readonly answers: RunAnswers;
  readonly deletions: Deletions;
  readonly events: Events;
}

/** Entries of a run's folder that are listed at most. */
const listed = { perFolder: 1000, all: 10_000 };

/** Answers a request, whatever happens. Resolves when that is over. */
export async function handle(
  shown: Shown,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const [name, value] of Object.entries(common)) response.setHeader(name, value);
  try {
    await answer(shown, request, response);
  } catch (error) {
    // Whoever asked is gone, or knows by the end of the line that something was wrong with what came.
    if (response.headersSent || response.destroyed) response.destroy();
    else refuse(request, response, error);
  }
}

async function answer(shown: Shown, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const route = routeOf(request.url ?? "");
  shown.access.check(request, route.to === "page" || route.to === "pointer" ? "page" : "data");
  const { method } = request;
  const allowed = route.to === "run" ? ["GET", "HEAD", "DELETE"] : ["GET", "HEAD"];
  if (!allowed.includes(method ?? "")) {
    response.setHeader("Allow", allowed.join(", "));
    throw new Refused(405, `${method} is not done here; there is ${allowed.join(", ")}.`);
  }
  if (method === "DELETE" && route.to === "run") {
    await shown.deletions.delete(route.names);
    response.writeHead(204).end();
    return;
  }
  await give(shown, route, request, response);
}

async function give(
  { store, list, answers, events }: Shown,
  route: Route,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = request.method !== "HEAD";
  const json = (value: unknown): void =>
    send(response, "application/json; charset=utf-8", JSON.stringify(value));
  switch (route.to) {
    case "page":
      send(response, "text/html; charset=utf-8", servedPage());
      return;
    case "pointer":
      response.writeHead(302, { Location: await led(store, route.name) }).end();
      return;
    case "asset":
      send(response, assetTypes[route.name], pageAsset(route.name));
      return;
    case "list":
      json({ store, runs: await list.read() });
      return;
    case "events":
      if (body) events.listen(response);
      else response.writeHead(200, { "Content-Type": "text/event-stream; charset=utf-8" }).end();
      return;
    case "run":
      await sendPacked(await answers.get(route.names), request, response);
      return;
    case "files":
      json(await filesOf(await runPath(store, route.names)));
      return;
    case "file": {
      const folder = await runPath(store, route.names);
      await sendFile(folder, route.path, response, { save: route.save, body });
      return;
    }
    case "zip":
      await sendArchive(await runPath(store, route.names), route.names.join("-"), response, { body });
      return;
    case "nothing":
      throw new Refused(404, "There is nothing here.");
  }
}

const assetTypes = {
  "app.js": "text/javascript; charset=utf-8",
  "app.css": "text/css; charset=utf-8",
} as const;

/** Node.js leaves the body out where only the headers were asked for. */
function send(response: ServerResponse, type: string, body: string | Buffer): void {
  const bytes = Buffer.from(body);
  response.writeHead(200, { "Content-Type": type, "Content-Length": bytes.length }).end(bytes);
}

async function sendPacked(packed: Buffer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const head = { "Content-Type": "application/json; charset=utf-8", Vary: "Accept-Encoding" };
  if (acceptsGzip(request)) {
    response
      .writeHead(200, { ...head, "Content-Encoding": "gzip", "Content-Length": packed.length })
      .end(packed);
    return;
  }
  response.writeHead(200, head);
  if (request.method === "HEAD") response.end();
  else await pipeline(Readable.from([packed]), createGunzip(), response);
}

function acceptsGzip({ headers }: IncomingMessage): boolean {
  const accepted = String(headers["accept-encoding"] ?? "").toLowerCase();
  return /(^|[\s,])(gzip|\*)\s*(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted);
}

async function filesOf(folder: string): Promise<FileEntry[]> {
  const files: FileEntry[] = [];
  for await (const { names, size, remark } of walk(folder, listed))
    files.push({ path: names.join("/"), size, ...(remark !== undefined && { remark }) });
  return files;
}

/** The page of the run that a link of the store leads to. */
async function led(store: string, name: "latest" | "current"): Promise<string> {
  const target = await readlink(join(store, name)).catch(() => "");
  const names = namesIn(target.split("/").map(encodeURIComponent).join("/")) ?? [];
  const [workload, folder, ...more] = names;
  if (workload === undefined || folder === undefined || more.length > 0)
    throw new Refused(404, `There is no ${name} run.`);
  const run: RunNames = [workload, folder];
  await runPath(store, run);
  return `/runs/${run.map(encodeURIComponent).join("/")}`;
}

/** Says why something was not done: to programs as JSON, to people who look at it as text. */
function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const refused = asRefused(error);
  const forPeople = (request.headers.accept ?? "").includes("text/html");
  const refusal: Refusal = { error: refused.message };
  response.writeHead(refused.status, {
    "Content-Type": forPeople ? "text/plain; charset=utf-8" : "application/json; charset=utf-8",
  });
  response.end(forPeople ? `${refused.message}\n` : JSON.stringify(refusal));
}

function asRefused(error: unknown): Refused {
  if (error instanceof Refused) return error;
  if (error instanceof PagesNotBuilt) return new Refused(500, error.message);
  const reason = error instanceof Error ? error.message : String(error);
  return new Refused(500, `This failed, which is a mistake of eddy's: ${codeOf(error) ?? reason}`);
}
