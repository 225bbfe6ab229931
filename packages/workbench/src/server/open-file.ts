/** Opens files below a folder that others may have filled: no links, and nothing that is not a plain file. */
import { constants } from "node:fs";
import { type FileHandle, lstat, open, readlink, realpath } from "node:fs/promises";
import { join } from "node:path";
import { Refused, refusedBy } from "./refused.ts";

/** To open a pipe without O_NONBLOCK waits for somebody who writes to it; a link at the end is not followed. */
export const openFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

export interface OpenFile {
  readonly handle: FileHandle;
  /** bytes, when it was opened */
  readonly size: number;
}

/**
 * Opens a file for reading.
 *
 * @param names the way to it from the folder
 * @throws {Refused} when it is not there, cannot be read, or is no plain file that is reached without a link
 */
export async function openFile(folder: string, names: readonly string[]): Promise<OpenFile> {
  const what = `file ${names.join("/")}`;
  const path = join(folder, ...names);
  let handle: FileHandle | undefined;
  try {
    // Devices are not even opened.
    requirePlain(await lstat(path), what);
    handle = await open(path, openFlags);
    const opened = await handle.stat();
    requirePlain(opened, what);
    if ((await placeOf(handle, path)) !== join(await realpath(folder), ...names))
      throw new Refused(404, `${what} is not shown: a link leads to it.`);
    return { handle, size: opened.size };
  } catch (error) {
    await handle?.close();
    throw refusedBy(error, what);
  }
}

/**
 * Where an open file stands, without any link. Linux knows that of the file itself, whatever has been moved meanwhile: asked by
 * its path, a folder could be a link while it is opened, and a folder while one looks.
 */
async function placeOf(handle: FileHandle, path: string): Promise<string> {
  try {
    return await readlink(`/proc/self/fd/${handle.fd}`);
  } catch {
    return realpath(path);
  }
}

interface Kind {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

function requirePlain(kind: Kind, what: string): void {
  if (kind.isFile()) return;
  const other = kind.isDirectory() ? "a folder" : kind.isSymbolicLink() ? "a link" : "no plain file";
  throw new Refused(404, `${what} is not shown: it is ${other}.`);
}

const pieceSize = 64 * 1024;

/**
 * A file's bytes, as many as it had when it was opened. It stays open.
 *
 * @throws when it has become shorter meanwhile: whoever waits for the rest must not wait for ever
 */
export async function* piecesOf({ handle, size }: OpenFile): AsyncGenerator<Buffer> {
  for (let at = 0; at < size; ) {
    const piece = Buffer.allocUnsafe(Math.min(pieceSize, size - at));
    const { bytesRead } = await handle.read(piece, 0, piece.length, at);
    if (bytesRead === 0) throw new Error("the file has become shorter while it was read");
    at += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}
