/** The echo server under the very lines that the original workbench wrote to its own, where those are at hand. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { EchoServer } from "./server.ts";

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const wire = file("../../../shared/original/wire");
const recorded = existsSync(wire);

it.skipIf(!recorded)(
  `answers as the original's echo server did (read from ${recorded ? "" : "the absent "}shared/)`,
  async () => {
    const server = spawn(file("../../bin/maelstrom-echo"), { stdio: ["pipe", "pipe", "ignore"] });
    let stdout = "";
    server.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    server.stdin.end(readFileSync(`${wire}/echo-node0.stdin.jsonl`));
    await new Promise((resolve) => server.on("close", resolve));
    const messages = (text: string): unknown[] =>
      text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));
    expect(messages(stdout)).toEqual(messages(readFileSync(`${wire}/echo-node0.stdout.jsonl`, "utf8")));
  },
);

it("remembers its name, and sends every payload back", async () => {
  const requests = [
    { type: "init", msg_id: 1, node_id: "n3", node_ids: ["n3", "n4"] },
    { type: "echo", msg_id: 2, echo: "hello" },
    { type: "echo", msg_id: 3, echo: { deep: [null, 1.5, ""] } },
  ];
  const sent: unknown[] = [];
  await new EchoServer().run({
    async read(take) {
      for (const body of requests) take(JSON.stringify({ src: "c1", dest: "n3", body }));
    },
    write: (line) => sent.push(JSON.parse(line).body),
    async flush() {},
  });
  expect(sent).toEqual([
    { type: "init_ok", in_reply_to: 1 },
    { type: "echo_ok", echo: "hello", in_reply_to: 2 },
    { type: "echo_ok", echo: { deep: [null, 1.5, ""] }, in_reply_to: 3 },
  ]);
});
