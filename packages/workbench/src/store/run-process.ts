/** Which process a run belongs to, as `test.json` tells it, so that others can see whether the run is still going on. */
import { readFileSync, readlinkSync } from "node:fs";

export interface RunProcess {
  readonly pid: number;
  /**
   * When the process began, and in which world its number means it: the boot of the machine, and the container. Numbers of
   * processes are given again. Only Linux tells it.
   */
  readonly born?: string;
}

/** This process. */
export function thisProcess(): RunProcess {
  const born = birthOf(process.pid);
  return { pid: process.pid, ...(born !== undefined && { born }) };
}

/** Whether a process still lives; undefined when that cannot be told from here: it was on another machine, or in a container. */
export function isAlive({ pid, born }: RunProcess): boolean | undefined {
  if (born === undefined) return thisWorld() === undefined ? hasProcess(pid) : undefined;
  const world = thisWorld();
  if (world === undefined || !born.startsWith(`${world} `)) return undefined;
  return birthOf(pid) === born;
}

function birthOf(pid: number): string | undefined {
  const world = thisWorld();
  if (world === undefined) return undefined;
  try {
    // The name of the program stands in parentheses, and may hold some itself.
    const [state, ...fields] =
      readFileSync(`/proc/${pid}/stat`, "latin1").split(") ").at(-1)?.split(" ") ?? [];
    const ended = state === "Z" || state === "X";
    return ended ? undefined : `${world} ${fields[18]}`;
  } catch {
    return undefined;
  }
}

/** Where numbers of processes mean the same as here. */
function thisWorld(): string | undefined {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return undefined;
  }
}

function hasProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
