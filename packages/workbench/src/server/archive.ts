/** The folder of a run as a zip file, written as it is sent: nothing of it is gathered in memory or on the disk. */

import type { ServerResponse } from "node:http";
import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { attachment } from "./headers.ts";
import { type OpenFile, openFile, piecesOf } from "./open-file.ts";
import { type Found, walk } from "./walk.ts";

/** Entries that a zip takes: each is remembered until its end. */
const limits = { perFolder: 200_000, all: 200_000 };

/** bytes; what is larger, or may become so while it is read, needs larger fields */
const large = 3_000_000_000;

/** The file in a zip that says what is not in it. */
const leftOutName = "LEFT-OUT.txt";

/** Sends a folder as a zip with one folder in it. Fails when a file cannot be read to its end. */
export async function sendArchive(
  folder: string,
  name: string,
  response: ServerResponse,
  { body }: { readonly body: boolean },
): Promise<void> {
  response.writeHead(200, {
    "Content-Type": "application/zip",
    "Content-Disposition": attachment(`${name}.zip`),
  });
  if (!body) {
    response.end();
    return;
  }
  const archive = new Archive(folder, printable(name));
  try {
    const filled = archive.fill();
    await pipeline(archive.out, response);
    await filled;
  } finally {
    archive.close();
  }
}

class Archive {
  /** What is to be sent. */
  readonly out = new PassThrough();
  readonly #folder: string;
  readonly #root: string;
  readonly #zip = new ZipFile();
  /** Those that are being read. */
  readonly #open = new Set<Readable>();

  constructor(folder: string, root: string) {
    this.#folder = folder;
    this.#root = root;
    this.#zip.on("error", (error) => this.out.destroy(error));
    this.#zip.outputStream.pipe(this.out);
  }

  /** Puts all that is there in; what is wrong with it ends `out`. */
  async fill(): Promise<void> {
    try {
      const leftOut: string[] = [];
      for await (const found of walk(this.#folder, limits)) {
        const why = found.remark ?? unfit(found);
        if (why !== undefined) leftOut.push(`${found.names.join("/") || "the folder"}: ${why}\n`);
        else this.#add(found);
      }
      if (leftOut.length > 0)
        this.#zip.addBuffer(Buffer.from(leftOut.join("")), `${this.#root}/${leftOutName}`);
      this.#zip.end();
    } catch (error) {
      this.out.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Whoever reads no more leaves a file open in the middle. */
  close(): void {
    this.out.destroy();
    for (const stream of this.#open) stream.destroy();
  }

  #add({ names, size, modified }: Found): void {
    const options = { mtime: modified, mode: 0o100644, compressionLevel: 1, forceZip64Format: size > large };
    // It is opened when its turn comes.
    this.#zip.addReadStreamLazy(`${this.#root}/${names.join("/")}`, options, (give) => {
      openFile(this.#folder, names).then(
        (file) => give(null, this.#read(file)),
        (error) => give(error, new PassThrough()),
      );
    });
  }

  #read(file: OpenFile): Readable {
    const stream = Readable.from(piecesOf(file), { objectMode: false });
    this.#open.add(stream);
    stream.on("close", () => {
      this.#open.delete(stream);
      void file.handle.close();
    });
    // Whoever asked may have gone while it was opened.
    if (this.out.destroyed) stream.destroy();
    return stream;
  }
}

/** Why a file cannot be in a zip; what unpacks it may read a backslash as a slash. */
function unfit({ names }: Found): string | undefined {
  if (names.some((name) => name.includes("\\"))) return "a backslash in its name";
  if (names.join("/") === leftOutName) return "this list has its name";
  return undefined;
}

/** A name that is one on every system. */
function printable(name: string): string {
  return name.replaceAll(/[^\w.()+ -]/g, "_").replace(/^\.+/, "_");
}
