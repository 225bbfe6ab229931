/** Nodes as real processes: what goes through descriptors 0, 1 and 2. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

function start(server: string) {
  const file = fileURLToPath(new URL(`servers/${server}.mjs`, import.meta.url));
  return spawn(process.execPath, [file], { stdio: ["pipe", "pipe", "pipe"] });
}

type Server = ReturnType<typeof start>;

function write(server: Server, ...bodies: object[]): void {
  for (const body of bodies) server.stdin.write(`${JSON.stringify({ src: "c1", dest: "n1", body })}\n`);
}

const init = { type: "init", msg_id: 1, node_id: "n1", node_ids: ["n1"] };

async function finish(server: Server): Promise<{ code: number | null; bodies: unknown[]; stderr: string }> {
  let [stdout, stderr] = ["", ""];
  server.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  server.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve) => server.on("close", resolve));
  const lines = stdout.split("\n").slice(0, -1);
  return { code, bodies: lines.map((line) => JSON.parse(line).body), stderr };
}

it("lets nothing but messages reach stdout", async () => {
  const server = start("talkative");
  write(server, init, { type: "echo", msg_id: 2, echo: "hello" });
  server.stdin.end();
  const { code, bodies, stderr } = await finish(server);
  expect(code).toBe(0);
  expect(bodies).toEqual([
    { type: "init_ok", in_reply_to: 1 },
    { type: "echo_ok", echo: "hello", in_reply_to: 2 },
  ]);
  expect(stderr.split("\n")).toEqual([
    "console.log",
    "console.info",
    "process.stdout.write",
    "after the end",
    "",
  ]);
});

it("finishes what is in flight when its input ends, and then ends by itself", async () => {
  const server = start("slow");
  write(server, init, ...Array.from({ length: 500 }, (_, i) => ({ type: "echo", msg_id: i, echo: i })));
  server.stdin.end();
  const { code, bodies } = await finish(server);
  expect(code).toBe(0);
  expect(bodies).toHaveLength(501);
});

it("loses nothing to a reader that pauses", async () => {
  const server = start("slow");
  const echo = "x".repeat(10_000);
  write(server, init, ...Array.from({ length: 2000 }, (_, i) => ({ type: "echo", msg_id: i, echo })));
  server.stdin.end();
  // 20 MB of replies, more than any pipe holds.
  await new Promise((resolve) => setTimeout(resolve, 500));
  const { code, bodies } = await finish(server);
  expect(code).toBe(0);
  expect(bodies).toHaveLength(2001);
});

it("ends quietly when its reader is gone", async () => {
  const server = start("slow");
  write(server, init);
  await new Promise((resolve) => server.stdout.once("data", resolve));
  server.stdout.destroy();
  write(server, ...Array.from({ length: 100 }, (_, i) => ({ type: "echo", msg_id: i, echo: i })));
  server.stdin.on("error", () => {});
  const { code, stderr } = await finish(server);
  expect([code, stderr]).toEqual([0, ""]);
});
