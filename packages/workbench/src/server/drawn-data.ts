/**
 * The data of a run as its report carries it, packed: to read a long run takes seconds, and this was done when its report was
 * drawn. It counts only as long as nothing in the run's folder is newer.
 */
import { promisify } from "node:util";
import { constants, gunzip } from "node:zlib";
import { openFile } from "./open-file.ts";

const unpack = promisify(gunzip);
/** bytes; no report that eddy draws comes near it */
const largest = 64 * 1024 * 1024;
const beginning = Buffer.from('<script type="application/octet-stream" id="run" data-view="report">');
const end = Buffer.from("</script>");

/**
 * The packed JSON in a run's `report.html`; undefined when there is none that tells of the run as it is now.
 *
 * @param changed when anything in the folder was changed last, ms since 1970
 */
export async function drawnData(folder: string, id: string, changed: number): Promise<Buffer | undefined> {
  const page = await readNewer(folder, changed).catch(() => undefined);
  if (page === undefined) return undefined;
  const from = page.indexOf(beginning) + beginning.length;
  const to = page.indexOf(end, from);
  if (from < beginning.length || to === -1) return undefined;
  const packed = Buffer.from(page.toString("latin1", from, to), "base64");
  // A run that was moved, and data of another version of eddy, begin otherwise.
  const head = `{"format":1,"id":${JSON.stringify(id)},`;
  return (await beginsWith(packed, head)) ? packed : undefined;
}

async function readNewer(folder: string, changed: number): Promise<Buffer | undefined> {
  const { handle, size } = await openFile(folder, ["report.html"]);
  try {
    if (size > largest || (await handle.stat()).mtimeMs < changed) return undefined;
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** Whether what is packed begins with this; only the beginning is unpacked. */
async function beginsWith(packed: Buffer, head: string): Promise<boolean> {
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 64 * 1024 * 1024 };
  const start = await unpack(packed.subarray(0, 16 * 1024), options).catch(() => undefined);
  return start?.subarray(0, Buffer.byteLength(head)).toString() === head;
}
