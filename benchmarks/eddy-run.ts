/** One run of the real command `eddy test` with real nodes: what it found, how long it took and what it needed. */
import { spawn } from "node:child_process";
import { closeSync, fstatSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./build-servers.ts";
import { cpuTime, memory } from "./proc.ts";

/** What the benchmarks read of the results. */
interface Results {
  readonly "valid?": unknown;
  readonly stats: { readonly "ok-count": number; readonly count: number };
  readonly net: { readonly all: Traffic; readonly servers: Traffic };
}

interface Traffic {
  readonly "recv-count": number;
}

export interface Run {
  readonly results: Results;
  /** s from its start until clients begin. */
  readonly before: number;
  /** s from the end of the time limit, when clients begin nothing any more, to the end of the process. */
  readonly after: number;
  /**
   * s from the last reply to the end of the process. A run ends when no operation fits into the limit any more: where there
   * are few of them, well before the limit.
   */
  readonly afterReplies: number;
  /** s of processor time of the workbench itself, its judging included, without its nodes. */
  readonly cpu: number;
  /** MB at most until the time limit; until the end. */
  readonly peak: { readonly running: number; readonly all: number };
  /** MB at most in the second that ends so many s after clients began. */
  resident(second: number): number;
}

/** ms between two looks at the process. What it does after the last one is missing in its processor time. */
const interval = 10;

/**
 * Runs a test, and does not take it for measured unless it is valid.
 *
 * @param folder where the run is stored until it has been measured
 */
export async function eddyTest(
  folder: string,
  bin: string,
  timeLimit: number,
  ...flags: readonly string[]
): Promise<Run> {
  const store = mkdtempSync(join(folder, "store-"));
  const words = ["test", "-w", "echo", "--bin", bin, "--time-limit", String(timeLimit), ...flags];
  const own = ["--store", store, "--format", "json"];
  const command = [join(root, "packages/workbench/bin/eddy.js"), ...words, ...own];
  const start = Date.now();
  const { stdout, stderr, status, end, looks } = await watch(command);
  const failed = (why: string): Error =>
    new Error(`${why}: ${command.join(" ")}\n${stderr.slice(-10_000)}\n${stdout.slice(-10_000)}`);
  if (status !== 0) throw failed(`a run that is not valid (exit code ${status}) has no speed`);
  const results: Results = JSON.parse(stdout);
  if (results["valid?"] !== true) throw failed("a run that is not valid has no speed");
  const log = readFileSync(join(store, "latest/eddy.log"), "utf8");
  const begin = Date.parse(/^(\S+) .*the clients begin$/m.exec(log)?.[1] ?? "");
  if (Number.isNaN(begin)) throw failed(`when did clients begin? eddy.log does not say:\n${log}\n`);
  // The first operation begins when clients do.
  const history = ends(join(store, "latest/history.jsonl"));
  rmSync(store, { recursive: true });
  const [first = Number.NaN, last = Number.NaN] = history.map((text): number => JSON.parse(text).time / 1e6);

  const limit = begin + timeLimit * 1000;
  const most = (from: number, to: number, value: (look: Look) => number): number =>
    Math.max(...looks.filter(({ time }) => time > from && time <= to).map(value));
  return {
    results,
    before: (begin - start) / 1000,
    after: (end - limit) / 1000,
    afterReplies: (end - begin - (last - first)) / 1000,
    cpu: (looks.at(-1)?.cpu ?? Number.NaN) / 1000,
    peak: { running: most(start, limit, ({ peak }) => peak), all: most(start, end, ({ peak }) => peak) },
    resident: (second) =>
      most(begin + (second - 1) * 1000, begin + second * 1000, ({ resident }) => resident),
  };
}

/** The first and the last line of a file that may be too long to be read. */
function ends(path: string): string[] {
  const file = openSync(path, "r");
  const { size } = fstatSync(file);
  const buffer = Buffer.alloc(Math.min(size, 4096));
  const [head, tail] = [0, size - buffer.length].map((position) => {
    readSync(file, buffer, 0, buffer.length, position);
    return buffer.toString().trimEnd().split("\n");
  });
  closeSync(file);
  return [head?.at(0) ?? "", tail?.at(-1) ?? ""];
}

interface Look {
  /** ms, the time of day */
  readonly time: number;
  /** ms */
  readonly cpu: number;
  /** MB */
  readonly resident: number;
  readonly peak: number;
}

interface Watched {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
  /** ms, the time of day */
  readonly end: number;
  readonly looks: readonly Look[];
}

/** Runs a script to its end, and looks again and again at what it needs. */
async function watch(command: readonly string[]): Promise<Watched> {
  const child = spawn(process.execPath, command, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const looks: Look[] = [];
  let last: Look = { time: Date.now(), cpu: 0, resident: 0, peak: 0 };
  const look = (): void => {
    try {
      const { resident, peak } = memory(child.pid);
      // While it ends, it has no memory any more but still needs time.
      if (!Number.isNaN(peak)) last = { ...last, resident, peak };
      last = { ...last, time: Date.now(), cpu: cpuTime(child.pid) };
      looks.push(last);
    } catch {
      // It has ended between two looks.
    }
  };
  const looking = setInterval(look, interval);
  const texts = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    texts.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    texts.stderr += text;
  });
  const exited = new Promise<number>((resolve) =>
    child.once("exit", () => {
      clearInterval(looking);
      resolve(Date.now());
    }),
  );
  await new Promise((resolve) => child.once("close", resolve));
  return { ...texts, status: child.exitCode, end: await exited, looks };
}
