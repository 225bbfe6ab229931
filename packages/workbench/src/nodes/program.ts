/** From `--bin` to a program: an executable or a JavaScript file as it is, TypeScript compiled in memory. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readSync,
  type Stats,
  statSync,
} from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { BuildFailure } from "esbuild";

/** What a node runs. */
export type Program =
  /** A file that the operating system can start. The hint says what may be the matter if it ends at once. */
  | { readonly kind: "executable"; readonly file: string; readonly hint?: string }
  /** A file for Node.js. */
  | { readonly kind: "script"; readonly file: string }
  /** The text of a module for Node.js, which needs no other files. */
  | { readonly kind: "compiled"; readonly text: string };

/** A program's file and its arguments, as a process is started with them. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly hint?: string;
}

/** `--bin` cannot be run; the message says why and what to do. */
export class BadBinary extends Error {}

const typescript: ReadonlySet<string> = new Set([".ts", ".mts", ".cts", ".tsx"]);
const javascript: ReadonlySet<string> = new Set([".js", ".mjs", ".cjs"]);

/**
 * Finds out how to run a node from a file.
 *
 * @throws {BadBinary} when there is no such file or it cannot be run
 */
export async function findProgram(bin: string): Promise<Program> {
  const file = resolve(bin);
  const stats = look(bin, file);
  if (stats === undefined)
    throw new BadBinary(`There is no file ${bin}${bin === file ? "" : `, that is, ${file}`}.`);
  if (!stats.isFile()) throw new BadBinary(`${bin} is no file: --bin takes the program that runs one node.`);
  const beginning = readBeginning(file);
  const interpreter = /^#!\s*(.+)/.exec(beginning)?.[1]?.trim();
  const executable = isExecutable(file);
  // A first line that names an interpreter is the author's word. But node alone runs no TypeScript in all its versions.
  const chosen = executable && interpreter !== undefined;
  const extension = extname(file);
  if (typescript.has(extension) && !(chosen && !/\bnode\b/.test(interpreter))) {
    return { kind: "compiled", text: await compile(file) };
  }
  if (javascript.has(extension) && !chosen) return { kind: "script", file };
  if (!executable) throw new BadBinary(`${bin} is not executable. Make it so with: chmod +x ${bin}`);
  const program = interpreter?.split(/\s/)[0];
  if (program?.startsWith("/") && !existsSync(program)) {
    throw new BadBinary(`${bin} asks in its first line for ${program}, which is not on this machine.`);
  }
  // The operating system runs a text without such a line as a shell script.
  if (interpreter !== undefined || beginning.includes("\0")) return { kind: "executable", file };
  const hint = `The shell ran ${bin}, because it has no first line such as #!/usr/bin/env node.`;
  return { kind: "executable", file, hint };
}

/**
 * The command that runs a program.
 *
 * @param compiled where the text of a compiled program lies
 */
export function commandOf(program: Program, args: readonly string[], compiled: string): Command {
  switch (program.kind) {
    case "executable":
      return { file: program.file, args, ...(program.hint !== undefined && { hint: program.hint }) };
    case "script":
      return { file: process.execPath, args: [program.file, ...args] };
    case "compiled":
      return { file: process.execPath, args: ["--enable-source-maps", resolve(compiled), ...args] };
  }
}

/** Bundles a TypeScript file and all that it imports into one module; errors still point into the sources. */
async function compile(file: string): Promise<string> {
  const { build, formatMessages, stop } = await import("esbuild");
  const folder = dirname(file);
  const url = JSON.stringify(pathToFileURL(file).href);
  try {
    const { outputFiles } = await build({
      entryPoints: [file],
      outfile: join(folder, `${basename(file, extname(file))}.mjs`),
      write: false,
      bundle: true,
      platform: "node",
      format: "esm",
      target: `node${process.versions.node}`,
      sourcemap: "inline",
      sourcesContent: false,
      sourceRoot: `${pathToFileURL(folder)}/`,
      // The module lies elsewhere than its source, which is where it looks for files and packages.
      define: {
        "import.meta.url": url,
        "import.meta.filename": JSON.stringify(file),
        "import.meta.dirname": JSON.stringify(folder),
        __filename: JSON.stringify(file),
        __dirname: JSON.stringify(folder),
      },
      banner: {
        js: `import { createRequire as $require } from "node:module"; var require = $require(${url});`,
      },
      logLevel: "silent",
    });
    return outputFiles[0]?.text ?? "";
  } catch (error) {
    const errors = isBuildFailure(error)
      ? await formatMessages(error.errors, { kind: "error" })
      : [String(error)];
    const unresolved = errors.some((text) => text.includes("Could not resolve"));
    const advice = unresolved
      ? "What it imports must be installed (npm install) in its folder or one above.\n"
      : "";
    throw new BadBinary(`${file} cannot be compiled:\n\n${errors.join("")}${advice}`.trimEnd());
  } finally {
    await stop();
  }
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}

function look(bin: string, file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch (error) {
    throw new BadBinary(`${bin} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
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

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
