/** From `--bin` to a command line: an executable is run as it is, a TypeScript or JavaScript file by Node.js. */
import { accessSync, closeSync, constants, openSync, readSync, statSync } from "node:fs";
import { extname, resolve } from "node:path";

/** A program and its arguments. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
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
  if (stats === undefined) throw new BadBinary(`There is no file ${bin} (looked for ${file}).`);
  if (stats.isDirectory())
    throw new BadBinary(`${bin} is a folder: --bin takes the program that runs one node.`);
  const interpreter = shebang(file);
  const extension = extname(file);
  // A first line that names an interpreter is the author's word. But node alone runs no TypeScript in all its versions.
  const chosen = interpreter !== undefined && isExecutable(file);
  if (typescript.has(extension) && !(chosen && !/\bnode\b/.test(interpreter))) {
    return { file: process.execPath, args: ["--import", import.meta.resolve("tsx"), file, ...args] };
  }
  if (javascript.has(extension) && !chosen) return { file: process.execPath, args: [file, ...args] };
  if (!isExecutable(file)) {
    throw new BadBinary(`${bin} is not executable. Make it so with: chmod +x ${bin}`);
  }
  return { file, args };
}

/** What the operating system's refusal to start a file means, in words. */
export function startFailure(command: Command, error: Error): string {
  const code = "code" in error ? error.code : undefined;
  const interpreter = shebang(command.file);
  if (code === "ENOENT" && interpreter !== undefined) {
    return `its first line asks for ${interpreter}, which is not on this machine`;
  }
  if (code === "ENOEXEC") {
    return "the operating system does not know how to run it; a script needs a first line such as #!/usr/bin/env node";
  }
  return error.message;
}

/** What stands after `#!` in the first line, if the file begins so. */
function shebang(file: string): string | undefined {
  const head = Buffer.alloc(256);
  let fd: number;
  try {
    fd = openSync(file, "r");
  } catch {
    return undefined;
  }
  const length = readSync(fd, head);
  closeSync(fd);
  return /^#!\s*(.+)/.exec(head.toString("utf8", 0, length))?.[1]?.trim();
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
