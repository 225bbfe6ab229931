/** Asks `eddy serve`. What it answers is looked at before anything is made of it, and what goes wrong is told in words. */
import type { FileEntry, RunData, RunList } from "@eddy/workbench/pictures";
import { runDataOf } from "../run-shape.ts";
import type { Guard } from "../shape.ts";
import { fileHref, pathOf } from "./route.ts";
import { isFileList, isRefusal, isRunList, parsed } from "./served-shape.ts";

/** Why something was not done, for people. `status` is that of HTTP; 0 when there was no answer at all. */
export class NotDone extends Error {
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

export const silence =
  "The server does not answer. Is `eddy serve` still running? Start it again, then load this page again.";

export async function fetchRuns(): Promise<RunList> {
  return understood(await (await answer("/api/runs")).text(), isRunList);
}

/** @throws NotDone, UnreadableData */
export async function fetchRun(id: string, signal: AbortSignal): Promise<RunData> {
  const response = await answer(pathOf("api", "runs", id), { signal });
  let value: unknown;
  try {
    value = await response.json();
  } catch {
    if (signal.aborted) throw new NotDone("The page was left.", 0);
    throw new NotDone("The data of this run did not arrive whole. Load the page again.", response.status);
  }
  return runDataOf(value);
}

export async function fetchFiles(id: string, signal: AbortSignal): Promise<readonly FileEntry[]> {
  const response = await answer(pathOf("api", "runs", id, "files"), { signal });
  return understood(await response.text(), isFileList);
}

export async function deleteRun(id: string): Promise<void> {
  await answer(pathOf("api", "runs", id), { method: "DELETE" });
}

/** The beginning of a file as text. */
export interface Excerpt {
  readonly text: string;
  /** There is more of the file. */
  readonly cut: boolean;
  /** It holds NUL: nothing to be read. */
  readonly binary: boolean;
}

/** Reads `limit` bytes at most, and leaves the rest of the file where it is. */
export async function fetchExcerpt(
  id: string,
  path: string,
  limit: number,
  signal: AbortSignal,
): Promise<Excerpt> {
  const response = await answer(fileHref(id, path), { signal });
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  while (reader && length <= limit) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    length += value.length;
  }
  await reader?.cancel();
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer()).subarray(0, limit);
  // What is cut off in the middle of a letter loses that letter.
  const text = new TextDecoder().decode(bytes, { stream: length > limit });
  return { text, cut: length > limit, binary: bytes.includes(0) };
}

async function answer(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new NotDone(silence, 0);
  }
  if (response.ok) return response;
  const refusal = parsed(await response.text().catch(() => ""), isRefusal);
  throw new NotDone(
    refusal?.error ?? `The server answered ${response.status} ${response.statusText}.`,
    response.status,
  );
}

function understood<T>(json: string, guard: Guard<T>): T {
  const value = parsed(json, guard);
  if (value === undefined) {
    throw new NotDone(
      "The server's answer cannot be understood. It may be of another version than this page: load the page again.",
      0,
    );
  }
  return value;
}

/** What is told of anything that was thrown. */
export const inWords = (error: unknown): string => (error instanceof Error ? error.message : String(error));
