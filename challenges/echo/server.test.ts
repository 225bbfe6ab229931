/** The echo server under the very lines that the original workbench wrote to its own, where those are at hand. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { testNetwork } from "@eddy/node/testing";
import { expect, it } from "vitest";
import { type EchoProtocol, EchoServer } from "./server.ts";

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

it("sends every payload back", async () => {
  const net = testNetwork();
  net.start("n3", (node) => new EchoServer(node));
  for (const echo of ["hello", null, { deep: [null, 1.5, ""] }, 2n ** 64n]) {
    const reply = await net.client<EchoProtocol>().rpc("n3", { type: "echo", echo });
    expect(reply).toEqual({ type: "echo_ok", echo, in_reply_to: 1 });
  }
});
