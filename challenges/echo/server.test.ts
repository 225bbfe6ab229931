/** The echo server under the very lines that the original workbench wrote to its own, where those are at hand. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

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
