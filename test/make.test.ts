/** The Makefile, as somebody uses it who follows the tutorial. */
import { execFile } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./sources.ts";

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(command: string, args: readonly string[], input = ""): Promise<Outcome> {
  // What make tells its own children must not reach the make of a test.
  const { MAKEFLAGS: _, MFLAGS: __, MAKELEVEL: ___, ...env } = process.env;
  return new Promise((resolve) => {
    const child = execFile(command, args, { cwd: root, env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
    // Who does not read its input may be gone before it comes.
    child.stdin?.on("error", () => {}).end(input);
  });
}

const make = (...args: readonly string[]): Promise<Outcome> => run("make", args);

/** A program that stands in for a workbench, and prints how it was called. */
function recorder(): string {
  const file = join(mkdtempSync(join(tmpdir(), "eddy-")), "maelstrom");
  writeFileSync(file, '#!/bin/sh\necho "called: $*"\n');
  chmodSync(file, 0o755);
  return file;
}

// One after the other: they share what is built.
describe("make", () => {
  it("run: builds the echo server, tests it for ten seconds, and says that it is right", async () => {
    const { code, stdout } = await make("run");
    expect(code).toBe(0);
    expect(stdout).toContain("--bin bin/maelstrom-echo --node-count 1 --time-limit 10");
    expect(stdout).toContain(":valid? true");
    expect(stdout).toContain("Everything looks good! ヽ(‘ー`)ノ");
    const results = JSON.parse(readFileSync(join(root, "store/latest/results.json"), "utf8"));
    expect(results["valid?"]).toBe(true);
    expect(results.stats["ok-count"]).toBeGreaterThan(30);
    expect(readFileSync(join(root, "store/latest/node-logs/n0.log"), "utf8")).toContain(
      "node n0 of 1 is ready",
    );
  });

  it("build: does nothing when nothing has changed", async () => {
    const before = statSync(join(root, "bin/maelstrom-echo")).mtimeMs;
    const { stdout } = await make("build");
    expect(stdout).toMatch(/Nothing to be done|up to date|^$/);
    expect(statSync(join(root, "bin/maelstrom-echo")).mtimeMs).toBe(before);
  });

  it("build: makes a binary that runs wherever it is copied, in a CommonJS package and in a module", async () => {
    for (const manifest of [undefined, '{"type":"commonjs"}', '{"type":"module"}']) {
      const folder = mkdtempSync(join(tmpdir(), "eddy-"));
      if (manifest !== undefined) writeFileSync(join(folder, "package.json"), manifest);
      const copy = join(folder, "server");
      copyFileSync(join(root, "bin/maelstrom-echo"), copy);
      const messages = [
        { type: "init", msg_id: 1, node_id: "n9", node_ids: ["n9"] },
        { type: "echo", msg_id: 2, echo: { deep: [null] } },
      ].map((body) => `${JSON.stringify({ src: "c1", dest: "n9", body })}\n`);
      const { code, stdout } = await run(copy, [], messages.join(""));
      expect(code).toBe(0);
      expect(
        stdout
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line)),
      ).toEqual([
        { src: "n9", dest: "c1", body: { type: "init_ok", in_reply_to: 1 } },
        { src: "n9", dest: "c1", body: { type: "echo_ok", echo: { deep: [null] }, in_reply_to: 2 } },
      ]);
    }
  });

  it("run: takes another workbench, another binary, another workload", async () => {
    const workbench = recorder();
    const { stdout } = await make("run", `MAELSTROM=${workbench}`);
    expect(stdout).toContain("called: test -w echo --bin bin/maelstrom-echo --node-count 1 --time-limit 10");
    const other = await make("run", `MAELSTROM=${workbench}`, "BINARY=/opt/server");
    expect(other.stdout).toContain("called: test -w echo --bin /opt/server --node-count 1 --time-limit 10");
    const unknown = await make("run", "WORKLOAD=nothing");
    expect(unknown.code).not.toBe(0);
    expect(unknown.stderr).toContain(
      "there is no MAELSTROM_CMD_nothing in the Makefile; WORKLOAD is one of: broadcast echo g-counter",
    );
  });

  it("run: takes another challenge", async () => {
    const { stdout } = await make("run", `MAELSTROM=${recorder()}`, "MODULE=broadcast");
    expect(stdout).toContain(
      "called: test -w broadcast --bin bin/maelstrom-broadcast --node-count 5 --rate 10",
    );
  });

  it("challenges: builds and runs them all, and says in one table what came of them", async () => {
    const { code, stdout, stderr } = await make("challenges", `MAELSTROM=${recorder()}`);
    // The recorder says nothing that could be judged.
    expect(code).not.toBe(0);
    for (const name of [
      "broadcast",
      "echo",
      "g-counter",
      "g-set",
      "kafka",
      "lin-kv",
      "pn-counter",
      "unique-ids",
    ]) {
      expect(stderr).toContain(`test -w ${name} --bin bin/maelstrom-${name} `);
      expect(stdout).toMatch(new RegExp(`^${name} .*not run`, "m"));
    }
  });

  it("run: fails with a message when the server does", async () => {
    const { code, stderr } = await make("run", "BINARY=packages/workbench/test/nodes/exits-at-once.mjs");
    expect(code).not.toBe(0);
    expect(stderr).toContain("n0 exited with status 3");
  });

  it("debug: shows the runs, whatever the workbench and the workload", async () => {
    const workbench = recorder();
    const { stdout } = await make("debug", `MAELSTROM=${workbench}`);
    expect(stdout).toMatch(/^called: serve$/m);
    const other = await make("debug", `MAELSTROM=${workbench}`, "PORT=8081", "WORKLOAD=nothing");
    expect(other.stdout).toMatch(/^called: serve --port 8081$/m);
  });

  it("help: lists targets and variables, and is what make alone does", async () => {
    const [help, alone] = [await make("help"), await make()];
    for (const target of ["run", "build", "test", "debug", "help"])
      expect(help.stdout).toContain(`make ${target} `);
    for (const name of ["MODULE", "WORKLOAD", "BINARY", "MAELSTROM"])
      expect(help.stdout).toContain(`${name}=`);
    expect(alone.stdout).toBe(help.stdout);
  });

  it("names the challenge that is not there", async () => {
    const { code, stderr } = await make("build", "MODULE=nothing");
    expect(code).not.toBe(0);
    expect(stderr).toContain("challenges/nothing/main.ts");
    expect(existsSync(join(root, "bin/maelstrom-nothing"))).toBe(false);
  });
});
