/** Real echo nodes as processes, driven through pipes: the ways in which the benchmarks measure one. */
import { type ChildProcess, spawn } from "node:child_process";
import { cpuTime, memory } from "./proc.ts";

/** What starts a node: a program and its arguments. */
export type Command = readonly [program: string, ...args: string[]];

const newline = 10;
export const init = { type: "init", msg_id: 1, node_id: "n0", node_ids: ["n0"] };

export function line(body: object): string {
  return `${JSON.stringify({ id: 0, src: "c1", dest: "n0", body })}\n`;
}

export interface Pipelined {
  /** Echoes a second. */
  readonly rate: number;
  /** Of processor time for each echo, in µs, without start-up. */
  readonly cpu: number;
  /** The most memory that the process had, in MB. */
  readonly memory: number;
  /** Replies that did not come in the order of their requests, as a share of all. */
  readonly outOfOrder: number;
}

/** Sends `count` echo requests as fast as they are taken, and checks every reply. */
export async function pipelined(command: Command, count: number): Promise<Pipelined> {
  const requests = Buffer.from(
    Array.from({ length: count }, (_, i) =>
      line({ echo: `Please echo ${i % 128}`, type: "echo", msg_id: i + 2 }),
    ).join(""),
  );
  const node = await start(command);
  const cpuBefore = cpuTime(node.process.pid);
  const begin = performance.now();
  node.write(requests);
  const output = await node.read(count);
  const ms = performance.now() - begin;
  const cpu = ((cpuTime(node.process.pid) - cpuBefore) * 1000) / count;
  const { peak } = memory(node.process.pid);
  await node.stop();
  return { rate: (count / ms) * 1000, cpu, memory: peak, outOfOrder: check(output, count) / count };
}

/** Checks that each request has its reply. Returns how many came before one that was asked earlier. */
function check(output: Buffer, count: number): number {
  const seen = new Set<number>();
  let [highest, outOfOrder] = [0, 0];
  for (const text of output.toString().trimEnd().split("\n")) {
    const { dest, body } = JSON.parse(text);
    const id = body.in_reply_to;
    const expected = `Please echo ${(id - 2) % 128}`;
    if (dest !== "c1" || body.type !== "echo_ok" || body.echo !== expected || seen.has(id))
      throw new Error(`a wrong reply: ${text}`);
    seen.add(id);
    if (id < highest) outOfOrder += 1;
    highest = Math.max(highest, id);
  }
  if (seen.size !== count) throw new Error(`${seen.size} replies to ${count} requests`);
  return outOfOrder;
}

/** Round trips one after the other, in µs: the middle one, and the one that only 1 % are slower than. */
export async function pingPong(command: Command, count: number): Promise<{ p50: number; p99: number }> {
  const node = await start(command);
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const begin = performance.now();
    node.write(Buffer.from(line({ echo: `Please echo ${i % 128}`, type: "echo", msg_id: i + 2 })));
    await node.read(1);
    times.push((performance.now() - begin) * 1000);
  }
  await node.stop();
  // The first tenth is the time in which the node's code is compiled.
  const sorted = times.slice(count / 10).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

/** From spawning the node to its `init_ok`, in ms. */
export async function startUp(command: Command): Promise<number> {
  const begin = performance.now();
  const node = await start(command);
  const ms = performance.now() - begin;
  await node.stop();
  return ms;
}

/** From spawning a program to its end, in ms. */
export async function lifetime([program, ...args]: Command): Promise<number> {
  const begin = performance.now();
  const child = spawn(program, args, { stdio: "ignore" });
  await new Promise((resolve) => child.on("close", resolve));
  return performance.now() - begin;
}

/** Gives a node a request, and passes what it asks `n1` on to an echo node; returns its reply's body. */
export async function withPeer(
  command: Command,
  peer: Command,
  body: object,
): Promise<Record<string, unknown>> {
  const [node, echo] = [await start(command), await start(peer)];
  const reply = new Promise<Record<string, unknown>>((resolve) => {
    pass(node.process, (text) => {
      if (text.includes('"dest":"n1"')) echo.process.stdin?.write(text);
      else resolve(JSON.parse(text).body);
    });
  });
  pass(echo.process, (text) => node.process.stdin?.write(text));
  node.write(Buffer.from(line(body)));
  const result = await reply;
  await Promise.all([node.stop(), echo.stop()]);
  return result;
}

/** Hands over what a process writes, whole lines at a time; lines that go to different nodes come apart. */
function pass({ stdout }: ChildProcess, take: (text: string) => void): void {
  let rest = "";
  stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    const text = rest + chunk;
    const end = text.lastIndexOf("\n") + 1;
    rest = text.slice(end);
    const lines = text.slice(0, end);
    if (lines.includes('"dest":"c1"')) for (const each of lines.match(/.*\n/g) ?? []) take(each);
    else if (lines !== "") take(lines);
  });
}

interface Running {
  readonly process: ChildProcess;
  write(bytes: Buffer): void;
  /** Waits for that many more lines, and gives all that has come since the last time. */
  read(lines: number): Promise<Buffer>;
  stop(): Promise<void>;
}

/** Starts a node, and waits for its `init_ok`. */
async function start([program, ...args]: Command): Promise<Running> {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "ignore"] });
  const ended = new Promise((resolve) => child.on("close", resolve));
  let chunks: Buffer[] = [];
  let [missing, enough] = [0, (): void => {}];
  child.stdout.on("data", (bytes: Buffer | string) => {
    const chunk = Buffer.from(bytes);
    chunks.push(chunk);
    for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, at + 1)) missing -= 1;
    if (missing <= 0) enough();
  });
  const running: Running = {
    process: child,
    write: (bytes) => child.stdin.write(bytes),
    async read(lines) {
      missing += lines;
      if (missing > 0) {
        await Promise.race([
          new Promise<void>((resolve) => {
            enough = resolve;
          }),
          ended,
        ]);
        if (missing > 0) throw new Error(`${program} ended before all replies came`);
      }
      const output = Buffer.concat(chunks);
      chunks = [];
      return output;
    },
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
  running.write(Buffer.from(line(init)));
  await running.read(1);
  return running;
}
