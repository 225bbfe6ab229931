/** Runs the real command in an empty folder, and tells what came of it and whether any process is left. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

export const eddyBin = fileURLToPath(new URL("../bin/eddy.js", import.meta.url));

/** The path of a node under test/nodes. */
export function node(name: string): string {
  return fileURLToPath(new URL(`nodes/${name}`, import.meta.url));
}

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The folder it ran in. */
  readonly cwd: string;
  /** Processes that it started and that are still there, by their command lines. */
  readonly leftBehind: readonly string[];
  /** The most memory (RSS, MiB) that it was seen to use. */
  readonly peakMemory: number;
  /** Reads a file of the newest run. */
  read(file: string): string;
  /** Reads a file of JSON lines of the newest run. */
  lines(file: string): Record<string, unknown>[];
  results(): Record<string, unknown> & { readonly "valid?": unknown };
}

export interface Running {
  readonly child: ChildProcess;
  readonly cwd: string;
  /** What its processes carry in their environment. */
  readonly mark: string;
  readonly outcome: Promise<Outcome>;
}

/** How to start `eddy`, beside its arguments. */
export interface Surroundings {
  /** A shell command that is run before, in the same process: `ulimit -f 40`. */
  readonly before?: string;
}

/** The folders in which it ran; what floods a run leaves much behind. */
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Starts `eddy` with these arguments. */
export function startEddy(args: readonly string[], { before = ":" }: Surroundings = {}): Running {
  const cwd = mkdtempSync(join(tmpdir(), "eddy-"));
  folders.push(cwd);
  const mark = `EDDY_TEST_MARK=${randomUUID()}`;
  const [name = "", value = ""] = mark.split("=");
  const child = spawn("sh", ["-c", `${before}; exec "$@"`, "sh", process.execPath, eddyBin, ...args], {
    cwd,
    env: { ...process.env, [name]: value },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let peakMemory = 0;
  const watch = setInterval(() => {
    peakMemory = Math.max(peakMemory, memoryOf(child.pid));
  }, 50);
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const outcome = new Promise<Outcome>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", async (code) => {
      clearInterval(watch);
      const read = (file: string): string => readFileSync(join(cwd, "store", "current", file), "utf8");
      const lines = (file: string) =>
        read(file)
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line));
      const results = () => JSON.parse(read("results.json"));
      const leftBehind = await stillThere(mark);
      resolve({ code, stdout, stderr, cwd, leftBehind, peakMemory, read, lines, results });
    });
  });
  return { child, cwd, mark, outcome };
}

export function eddy(...args: readonly string[]): Promise<Outcome> {
  return startEddy(args).outcome;
}

/** The highest resident size that a process has had, MiB; 0 when it is gone. */
function memoryOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** What is still there after a while: to be killed takes a moment. */
async function stillThere(mark: string): Promise<string[]> {
  for (let patience = 50; patience > 0; patience--) {
    if (processesWith(mark).length === 0) return [];
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return processesWith(mark);
}

/** The command lines of all processes that have inherited this line in their environment. */
export function processesWith(mark: string): string[] {
  const found: string[] = [];
  for (const pid of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      if (!readFileSync(`/proc/${pid}/environ`, "utf8").includes(mark)) continue;
      found.push(readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " "));
    } catch {
      // It ended while we looked, or is none of ours.
    }
  }
  return found;
}
