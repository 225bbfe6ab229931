/** Who starts the nodes of a run: processes of `--bin`, or a program in memory. */
import { MemoryNodes, type MemoryProgram } from "../nodes/memory-node.ts";
import type { NodeStarter } from "../nodes/node.ts";
import { Processes } from "../nodes/processes.ts";
import { commandOf, findProgram } from "../nodes/program.ts";
import { LineFile } from "../store/line-file.ts";
import type { RunFolder } from "../store/run-folder.ts";
import type { StoreError } from "../store/store-error.ts";
import { type Clock, second } from "../time/clock.ts";
import type { Random } from "../time/random.ts";
import type { TestOptions } from "./options.ts";

/** What a starter needs of its run. */
export interface StarterSurroundings {
  readonly folder: RunFolder;
  readonly clock: Clock;
  readonly random: (name: string) => Random;
  readonly failed: (error: StoreError) => void;
  /** Shows a line, when lines of stderr are to be shown. */
  readonly show: (line: string) => void;
}

export interface FoundStarter {
  /** What the nodes run, for the log of the run. */
  readonly description: string;
  starter(surroundings: StarterSurroundings): NodeStarter;
}

/**
 * Finds out how nodes are started, before anything of the run is there.
 *
 * @throws {BadBinary} when `bin` cannot be run
 */
export async function findStarter(
  { bin, args, grace, show: { stderr } }: TestOptions,
  memoryProgram: MemoryProgram | undefined,
): Promise<FoundStarter> {
  if (memoryProgram !== undefined)
    return {
      description: "programs in memory",
      starter: (surroundings) => inMemory(memoryProgram, stderr, surroundings),
    };
  const program = await findProgram(bin);
  return {
    description: [bin, ...args].join(" "),
    starter({ folder, clock, failed, show }) {
      if (program.kind === "compiled") folder.write("server.mjs", program.text);
      return new Processes({
        command: commandOf(program, args, folder.file("server.mjs")),
        path: (...name) => folder.file(...name),
        grace: grace * second,
        clock,
        logFailed: failed,
        ...(stderr && { stderrLine: (name: string, line: string) => show(`${name}: ${line}`) }),
      });
    },
  };
}

function inMemory(
  program: MemoryProgram,
  showsLogs: boolean,
  { folder, clock, random, failed, show }: StarterSurroundings,
): NodeStarter {
  const files = new Map<string, LineFile>();
  const log = (name: string, line: string): void => {
    const file = files.get(name) ?? new LineFile(folder.file("node-logs", `${name}.log`), clock, failed);
    files.set(name, file);
    file.write(`${line}\n`);
    if (showsLogs) show(`${name}: ${line}`);
  };
  const nodes = new MemoryNodes({ program, clock, random, log });
  return {
    start: (name, listener) => nodes.start(name, listener),
    async close() {
      for (const file of files.values()) file.close();
    },
  };
}
