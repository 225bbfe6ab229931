/** Reads a piece of a file at once, for a look into it: small pieces of plain files only. */
import { closeSync, lstatSync, openSync, readSync, type Stats } from "node:fs";
import { openFlags } from "./open-file.ts";

/** What a path leads to; undefined when there is nothing, or it cannot be seen. Links are not followed. */
export function look(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/**
 * The last bytes of a file, or the first: `length` at most. Undefined when it is no plain file or cannot be read.
 */
export function readPiece(path: string, end: "first" | "last", length: number): Buffer | undefined {
  const found = look(path);
  if (!found?.isFile()) return undefined;
  try {
    const fd = openSync(path, openFlags);
    try {
      const piece = Buffer.alloc(Math.min(length, found.size));
      const read = readSync(fd, piece, 0, piece.length, end === "first" ? 0 : found.size - piece.length);
      return piece.subarray(0, read);
    } finally {
      closeSync(fd);
    }
  } catch {
    return undefined;
  }
}
