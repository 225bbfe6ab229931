/** Processes that a node started and that left its process group: found by the mark which they inherited in their environment. */
import { readdirSync, readFileSync } from "node:fs";

/** Kills every process that has this mark in its environment. Only Linux tells; elsewhere nothing is done. */
export function killStrays(mark: string): void {
  for (const pid of strays(mark)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
}

function strays(mark: string): number[] {
  let entries: string[];
  try {
    entries = readdirSync("/proc");
  } catch {
    return [];
  }
  return entries
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => pid !== process.pid && carries(pid, mark));
}

function carries(pid: number, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1").split("\0").includes(mark);
  } catch {
    // It is another user's, or is gone.
    return false;
  }
}
