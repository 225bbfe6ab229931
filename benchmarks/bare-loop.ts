/** The baseline of the workbench: a loop in this process that asks an echo node as clients do, and is nothing else. */
import { spawn } from "node:child_process";
import { type Command, init, line } from "./echo-node.ts";

export interface Exchanged {
  /** Echoes a second. */
  readonly rate: number;
  /** Of processor time of this process for each echo, in µs. */
  readonly cpu: number;
}

/** So many clients send a request each, and the next one when its reply is there, as often as they can. */
export async function bareLoop(
  [program, ...args]: Command,
  clients: number,
  seconds: number,
): Promise<Exchanged> {
  const node = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((resolve) => node.on("close", resolve));
  // What it takes to start is not counted.
  const ready = new Promise((resolve) => node.stdout.setEncoding("utf8").once("data", resolve));
  node.stdin.write(line(init));
  await Promise.race([ready, ended]);
  let [asked, answered, over] = [0, 0, false];
  const payload = (id: number): string => `Please echo ${id % 128}`;
  const request = (): string => {
    const id = asked++;
    return line({ echo: payload(id), type: "echo", msg_id: id });
  };
  let rest = "";
  node.stdout.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    let out = "";
    for (const text of lines) {
      const { dest, body } = JSON.parse(text);
      if (dest !== "c1" || body.type !== "echo_ok" || body.echo !== payload(body.in_reply_to))
        throw new Error(`a wrong reply: ${text}`);
      answered += 1;
      out += request();
    }
    if (!over) node.stdin.write(out);
  });
  const cpuBefore = process.cpuUsage();
  const begin = performance.now();
  node.stdin.write(Array.from({ length: clients }, request).join(""));
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, seconds * 1000))]);
  const ms = performance.now() - begin;
  const { user, system } = process.cpuUsage(cpuBefore);
  const count = answered;
  if (count === 0 || node.exitCode !== null) throw new Error(`${program} does not answer`);
  over = true;
  node.stdin.end();
  await ended;
  return { rate: (count / ms) * 1000, cpu: (user + system) / count };
}
