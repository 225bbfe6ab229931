/** Gives a file of a run: as text, to be saved, or as the picture or page that it is; nothing of it may harm who looks at it. */
import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { attachment, inertPolicy, picturePolicy, reportPolicy } from "./headers.ts";
import { type OpenFile, openFile, piecesOf } from "./open-file.ts";

/**
 * Sends a file as it is now; it may be growing.
 *
 * @param names the way to it from the run's folder
 * @throws {Refused}
 */
export async function sendFile(
  folder: string,
  names: readonly string[],
  response: ServerResponse,
  { save, body }: { readonly save: boolean; readonly body: boolean },
): Promise<void> {
  const file = await openFile(folder, names);
  try {
    const binary = !save && (await isBinary(file));
    response.writeHead(200, {
      ...(save || binary ? saved : shownAs(names)),
      ...(save && { "Content-Disposition": attachment(names.at(-1) ?? "") }),
      "Content-Length": file.size,
    });
    if (body) await pipeline(piecesOf(file), response);
    else response.end();
  } finally {
    await file.handle.close();
  }
}

const saved = { "Content-Type": "application/octet-stream", "Content-Security-Policy": inertPolicy };

/** What may be shown as more than text: what eddy itself writes into the folder of a run, by its names. */
function shownAs(names: readonly string[]): Record<string, string> {
  const [name = ""] = names;
  if (names.length === 1 && (name === "report.html" || name === "timeline.html"))
    return { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": reportPolicy };
  if (names.length === 1 && name.endsWith(".svg"))
    return { "Content-Type": "image/svg+xml; charset=utf-8", "Content-Security-Policy": picturePolicy };
  return { "Content-Type": "text/plain; charset=utf-8", "Content-Security-Policy": inertPolicy };
}

/** Text holds no NUL. */
async function isBinary({ handle }: OpenFile): Promise<boolean> {
  const start = Buffer.alloc(8192);
  const { bytesRead } = await handle.read(start, 0, start.length, 0);
  return start.subarray(0, bytesRead).includes(0);
}
