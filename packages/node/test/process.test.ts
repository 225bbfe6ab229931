/** Nodes as real processes: what goes through descriptors 0, 1 and 2. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const fileOf = (server: string): string => fileURLToPath(new URL(`servers/${server}.mjs`, import.meta.url));

function start(server: string, flags: readonly string[] = [], env: Record<string, string> = {}) {
  return spawn(process.execPath, [...flags, fileOf(server)], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
}

type Server = ReturnType<typeof start>;

function write(server: Server, ...bodies: object[]): void {
  for (const body of bodies) server.stdin.write(`${JSON.stringify({ src: "c1", dest: "n1", body })}\n`);
}

const init = { type: "init", msg_id: 1, node_id: "n1", node_ids: ["n1"] };

function echoes(count: number, echo: (i: number) => unknown): object[] {
  return Array.from({ length: count }, (_, i) => ({ type: "echo", msg_id: i, echo: echo(i) }));
}

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
  write(server, init, ...echoes(500, (i) => i));
  server.stdin.end();
  const { code, bodies } = await finish(server);
  expect(code).toBe(0);
  expect(bodies).toHaveLength(501);
});

it("loses nothing to a reader that pauses", async () => {
  const server = start("slow");
  const echo = "x".repeat(10_000);
  write(server, init, ...echoes(2000, () => echo));
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
  write(server, ...echoes(100, (i) => i));
  server.stdin.on("error", () => {});
  const { code, stderr } = await finish(server);
  expect([code, stderr]).toEqual([0, ""]);
});

it("ends on SIGTERM with code 0, and nothing that it had to say is lost, however slow the reader", async () => {
  const server = start("stubborn");
  const echo = "x".repeat(10_000);
  write(server, init, { type: "wait", msg_id: 2 }, ...echoes(100, () => echo));
  await new Promise<void>((resolve) => {
    let log = "";
    server.stderr.on("data", (text: Buffer) => {
      log += text;
      if (log.includes("echo 99")) resolve();
    });
  });
  server.kill("SIGTERM");
  await new Promise((resolve) => setTimeout(resolve, 200));
  const { code, bodies } = await finish(server);
  expect(code).toBe(0);
  expect(bodies).toHaveLength(101);
});

it("loses nothing that was answered when a handler ends the process, however slow the reader", async () => {
  const server = start("quitter");
  const echo = "x".repeat(1000);
  write(server, init, ...echoes(5000, () => echo), { type: "quit", msg_id: 2 });
  await new Promise((resolve) => setTimeout(resolve, 200));
  const { code, bodies } = await finish(server);
  expect([code, bodies.length]).toEqual([3, 5001]);
});

it("answers no faster than its reader reads, also when a few requests make many megabytes", async () => {
  const server = start("verbose", ["--max-old-space-size=64"]);
  write(server, init, ...echoes(300, (i) => i));
  server.stdin.end();
  let [bytes, peak] = [0, 0];
  server.stdout.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes < 299_000_000) peak = Math.max(peak, peakMemory(server));
  });
  expect(await new Promise((resolve) => server.on("close", resolve))).toBe(0);
  expect(bytes).toBeGreaterThan(300_000_000);
  expect(peak).toBeLessThan(150);
});

it("ends on SIGTERM even when it has always more to say", async () => {
  const server = start("verbose");
  write(server, init, { type: "talk", msg_id: 2 });
  await new Promise((resolve) => server.stderr.once("data", resolve));
  server.kill("SIGTERM");
  const { code, bodies } = await finish(server);
  expect(code).toBe(0);
  expect(bodies.slice(0, 2)).toMatchObject([{ type: "init_ok" }, { type: "talk_ok" }]);
});

it("ends with code 0 although a handler never does", async () => {
  const server = start("waiting");
  write(server, init, { type: "echo", msg_id: 2 });
  server.stdin.end();
  const { code, stderr } = await finish(server);
  expect(code).toBe(0);
  expect(stderr).toContain("handlers that wait for what will never come: 1");
  expect(stderr).toContain("run is over");
});

it("says what it skips, and why it cannot write", async () => {
  const server = start("echo");
  server.stdin.write("garbage\n");
  write(server, init, { type: "echo_ok", in_reply_to: 7 });
  server.stdin.end();
  const { stderr } = await finish(server);
  expect(stderr).toContain("skipped a line: it is not JSON: garbage");
  expect(stderr).toContain("skipped a reply to a request that was never sent");
  const input = `${JSON.stringify({ src: "c1", dest: "n1", body: init })}\n`;
  const full = spawnSync("sh", ["-c", '"$0" "$1" > /dev/full', process.execPath, fileOf("echo")], { input });
  expect([full.status, full.stderr.toString()]).toEqual([0, expect.stringContaining("ENOSPC")]);
});

it("logs a rejected promise that nobody handles, and lives on", async () => {
  const server = start("careless");
  write(server, init, ...echoes(3, (i) => i));
  await new Promise((resolve) => server.stderr.once("data", resolve));
  write(server, ...echoes(3, (i) => i));
  server.stdin.end();
  const { code, bodies, stderr } = await finish(server);
  expect([code, bodies.length]).toEqual([0, 7]);
  expect(stderr).toContain("nobody saw to it: Error: nobody looks after 2");
});

it("keeps its memory bounded when its reader stops", async () => {
  const server = start("echo", ["--max-old-space-size=64"]);
  const echo = "x".repeat(1000);
  write(server, init);
  const requests = `${echoes(1000, () => echo)
    .map((body) => JSON.stringify({ src: "c1", dest: "n1", body }))
    .join("\n")}\n`;
  let sent = 0;
  // 100 MB, as fast as they are taken; nobody reads a reply.
  const feed = (): void => {
    while (sent < 100_000) {
      sent += 1000;
      if (!server.stdin.write(requests)) {
        server.stdin.once("drain", feed);
        return;
      }
    }
    server.stdin.end();
  };
  feed();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(sent).toBeLessThan(10_000);
  expect(peakMemory(server)).toBeLessThan(120);
  const { code, bodies } = await finish(server);
  expect([code, bodies.length]).toEqual([0, 100_001]);
});

it("echoes a line of 64 MB, 10,000 nested arrays, and a line that is cut between any two bytes", async () => {
  const server = start("echo");
  const [long, deep] = ["ä".repeat(32 * 1024 * 1024), `${"[".repeat(10_000)}${"]".repeat(10_000)}`];
  write(server, init, { type: "echo", msg_id: 2, echo: long });
  server.stdin.write(`{"src":"c1","dest":"n1","body":{"type":"echo","msg_id":3,"echo":${deep}}}\n`);
  const line = Buffer.from(
    '\r\n{"src":"c1","dest":"n1","body":{"type":"echo","msg_id":4,"echo":"😀ü"}}\r\n\n',
  );
  for (const byte of line) {
    server.stdin.write(Buffer.from([byte]));
    await new Promise((resolve) => setImmediate(resolve));
  }
  server.stdin.end();
  let stdout = "";
  server.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  expect(await new Promise((resolve) => server.on("close", resolve))).toBe(0);
  const reply = (echo: string, id: number): string =>
    `{"src":"n1","dest":"c1","body":{"type":"echo_ok","echo":${echo},"in_reply_to":${id}}}`;
  // Not by toEqual, which would show 64 MB.
  const lines = stdout.split("\n");
  expect(lines.length).toBe(5);
  expect(lines[1] === reply(`"${long}"`, 2)).toBe(true);
  expect(lines[2] === reply(deep, 3)).toBe(true);
  expect(lines[3]).toBe(reply('"😀ü"', 4));
});

it("takes its input from a file, and writes to one", () => {
  const folder = mkdtempSync(join(tmpdir(), "eddy-"));
  const [input, output] = [join(folder, "messages.jsonl"), join(folder, "replies.jsonl")];
  const lines = [init, ...echoes(5000, (i) => i)].map((body) =>
    JSON.stringify({ src: "c1", dest: "n1", body }),
  );
  writeFileSync(input, lines.join("\n"));
  const { status } = spawnSync("sh", [
    "-c",
    '"$0" "$1" < "$2" > "$3"',
    process.execPath,
    fileOf("echo"),
    input,
    output,
  ]);
  expect(status).toBe(0);
  expect(readFileSync(output, "utf8").split("\n")).toHaveLength(5002);
});

it("loses no line of its log, however it ends", async () => {
  const server = start("echo", [], { LOG: "1" });
  write(server, init, ...echoes(20_000, (i) => i));
  server.stdin.end();
  const { stderr } = await finish(server);
  const logged = stderr.split("\n").slice(0, -1);
  expect(logged).toHaveLength(20_000);
  expect(logged.at(-1)).toMatch(/^\d\d:\d\d:\d\d\.\d\d\d echo 19999$/);
});

const canTrace = spawnSync("strace", ["-o", "/dev/null", "true"]).status === 0;

it.skipIf(!canTrace)(
  `writes whole messages to descriptor 1, and nothing else${canTrace ? "" : " (there is no strace here that may trace)"}`,
  () => {
    const input = [init, ...echoes(100, (i) => `echo ${i}`)]
      .map((body) => `${JSON.stringify({ src: "c1", dest: "n1", body })}\n`)
      .join("");
    const trace = join(mkdtempSync(join(tmpdir(), "eddy-")), "trace");
    const flags = [
      "-f",
      "-e",
      "trace=write,writev,pwrite64,sendto,sendmsg",
      "-s",
      "1000000",
      "-xx",
      "-o",
      trace,
    ];
    const { status, stdout } = spawnSync("strace", [...flags, process.execPath, fileOf("talkative")], {
      input,
    });
    expect(status).toBe(0);
    const writes = [
      ...readFileSync(trace, "utf8").matchAll(/ \w+\(1, "((?:\\x[0-9a-f]{2})*)", \d+\) += (\d+)/g),
    ];
    const texts = writes.map(([, hex = ""]) => Buffer.from(hex.replaceAll("\\x", ""), "hex"));
    expect(texts.map(({ length }) => length)).toEqual(writes.map(([, , taken]) => Number(taken)));
    expect(Buffer.concat(texts).equals(stdout)).toBe(true);
    for (const text of texts) {
      expect(text.at(-1)).toBe(10);
      for (const line of text.toString().trimEnd().split("\n"))
        expect(JSON.parse(line)).toMatchObject({
          src: "n1",
          dest: "c1",
          body: { in_reply_to: expect.any(Number) },
        });
    }
  },
);

/** The most memory that a process has had so far, in MB. */
function peakMemory({ pid }: Server): number {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}
