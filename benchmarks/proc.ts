/** What Linux says of a running process. */
import { readFileSync } from "node:fs";

/** Processor time so far, in ms, of all its threads. */
export function cpuTime(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  const ticks = Number(fields[11]) + Number(fields[12]);
  return ticks * 10;
}

/** In MB: what it has now, and the most that it ever had. Of a process that is ending both are NaN. */
export function memory(pid: number | undefined): { resident: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const megabytes = (name: string): number =>
    Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? Number.NaN) / 1024;
  return { resident: megabytes("VmRSS"), peak: megabytes("VmHWM") };
}
