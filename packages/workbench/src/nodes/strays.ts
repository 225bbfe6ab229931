/** Processes that a node started and that left its process group: found by the mark which they inherited in their environment. */
import { readdirSync, readFileSync } from "node:fs";

/** Kills every process that has one of these marks in its environment, until there is none. Only Linux tells; elsewhere nothing is done. */
export function killStrays(...marks: readonly string[]): void {
  const wanted = new Set(marks);
  // One that was just starting another may have been faster.
  for (let look = 0; look < 5 && kill(strays(wanted)); look++);
}

/** Returns whether there was any. */
function kill(pids: readonly number[]): boolean {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
  return pids.length > 0;
}

function strays(marks: ReadonlySet<string>): number[] {
  let entries: string[];
  try {
    entries = readdirSync("/proc");
  } catch {
    return [];
  }
  return entries
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => pid !== process.pid && carriesOne(pid, marks));
}

function carriesOne(pid: number, marks: ReadonlySet<string>): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1")
      .split("\0")
      .some((variable) => marks.has(variable));
  } catch {
    // It is another user's, or is gone.
    return false;
  }
}
