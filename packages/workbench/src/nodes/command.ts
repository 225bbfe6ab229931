/** From `--bin` to a command line: an executable is run as it is, a TypeScript or JavaScript file by Node.js. */
import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from "node:fs";
import { extname, resolve } from "node:path";

/** A program and its arguments. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** What may be the matter if it ends at once. */
  readonly hint?: string;
}

/** `--bin` cannot be run; the message says why and what to do. */
export class BadBinary extends Error {}

const typescript: ReadonlySet<string> = new Set([".ts", ".mts", ".cts", ".tsx"]);
const javascript: ReadonlySet<string> = new Set([".js", ".mjs", ".cjs"]);

/**
 * The command that runs a node from a file.
 *
 * @param args what the node gets as its own arguments
 * @throws {BadBinary} when there is no such file or it cannot be run
 */
export function nodeCommand(bin: string, args: readonly string[]): Command {
  const file = resolve(bin);
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined)
    throw new BadBinary(`There is no file ${bin}${bin === file ? "" : `, that is, ${file}`}.`);
  if (!stats.isFile()) throw new BadBinary(`${bin} is no file: --bin takes the program that runs one node.`);
  const beginning = readBeginning(file);
  const interpreter = shebang(beginning);
  const executable = isExecutable(file);
  // A first line that names an interpreter is the author's word. But node alone runs no TypeScript in all its versions.
  const chosen = executable && interpreter !== undefined;
  const extension = extname(file);
  if (typescript.has(extension) && !(chosen && !/\bnode\b/.test(interpreter))) {
    return { file: process.execPath, args: ["--import", import.meta.resolve("tsx"), file, ...args] };
  }
  if (javascript.has(extension) && !chosen) return { file: process.execPath, args: [file, ...args] };
  if (!executable) throw new BadBinary(`${bin} is not executable. Make it so with: chmod +x ${bin}`);
  const program = interpreter?.split(/\s/)[0];
  if (program?.startsWith("/") && !existsSync(program)) {
    throw new BadBinary(`${bin} asks in its first line for ${program}, which is not on this machine.`);
  }
  // The operating system runs a text without such a line as a shell script.
  if (interpreter !== undefined || beginning.includes("\0")) return { file, args };
  return {
    file,
    args,
    hint: `The shell ran ${bin}, because it has no first line such as #!/usr/bin/env node.`,
  };
}

/** The first bytes of a file, as text. */
function readBeginning(file: string): string {
  const bytes = Buffer.alloc(256);
  try {
    const fd = openSync(file, "r");
    const length = readSync(fd, bytes);
    closeSync(fd);
    return bytes.toString("latin1", 0, length);
  } catch {
    // What may be run but not read is run.
    return "\0";
  }
}

/** What stands after `#!` in the first line, if the file begins so. */
function shebang(beginning: string): string | undefined {
  return /^#!\s*(.+)/.exec(beginning)?.[1]?.trim();
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
