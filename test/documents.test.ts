/** What the documents show, done as they show it. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { root } from "./sources.ts";

const run = promisify(execFile);
const documents = [
  "README.md",
  "CONTRIBUTING.md",
  "docs/dependencies.md",
  "docs/results.md",
  "packages/node/README.md",
];
const servers = ["README.md", "packages/node/README.md"];

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

/** A new folder below the project, gone when the test is over. */
function folderInProject(): string {
  const folder = mkdtempSync(join(root, "node_modules/.cache/documents-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

it.each(documents)("the links of %s lead somewhere", (file) => {
  for (const [, target = ""] of read(file).matchAll(/\]\(((?!https?:|#)[^)#]+)[^)]*\)/g)) {
    expect(existsSync(join(root, dirname(file), target)), `${file} links to ${target}`).toBe(true);
  }
});

describe("a server in a document", () => {
  it.each(servers)("of %s is right", async (file) => {
    const [, server = ""] = /```ts\n([\s\S]*?)```/.exec(read(file)) ?? [];
    expect(server.trimEnd().split("\n").length).toBeLessThanOrEqual(10);
    // Below the project, where @eddy/node is found.
    const folder = folderInProject();
    writeFileSync(join(folder, "my-server.ts"), server);
    const types = ["--types", "node", "--typeRoots", join(root, "node_modules/@types")];
    const checks = [
      "--ignoreConfig",
      "--noEmit",
      "--strict",
      "--target",
      "es2023",
      "--module",
      "nodenext",
      ...types,
      "my-server.ts",
    ];
    writeFileSync(join(folder, "package.json"), '{"type": "module"}');
    await run(join(root, "node_modules/.bin/tsc"), checks, { cwd: folder });
    const flags = ["-w", "echo", "--bin", "my-server.ts", "--node-count", "3", "--time-limit", "0.5"];
    const { stdout } = await run(join(root, "node_modules/.bin/eddy"), ["test", ...flags], { cwd: folder });
    expect(stdout).toContain("Everything looks good!");
  });
});

it("the README's way to try a server by hand works", async () => {
  const [command = ""] = /printf[\s\S]*?maelstrom-echo/.exec(read("README.md")) ?? [];
  const { stdout } = await run("sh", ["-c", command], { cwd: root });
  expect(stdout.split("\n")).toEqual([
    '{"src":"n0","dest":"c0","body":{"type":"init_ok","in_reply_to":1}}',
    '{"src":"n0","dest":"c1","body":{"type":"echo_ok","echo":"hello","in_reply_to":1}}',
    "",
  ]);
});

it("the README's transcript is what a run prints today, but for numbers", async () => {
  const [, transcript = ""] = /```\n\$ make run\n([\s\S]*?)```/.exec(read("README.md")) ?? [];
  const flags = ["-w", "echo", "--bin", "bin/maelstrom-echo", "--node-count", "1", "--time-limit", "1"];
  const store = folderInProject();
  const outcome = await run(join(root, "node_modules/.bin/eddy"), ["test", ...flags, "--store", store], {
    cwd: root,
  });
  const shape = (text: string): string[] =>
    text
      .replaceAll(store, "store")
      .replaceAll(/\d{8}T[\d.]+Z/g, "TIME")
      .replaceAll(/ *[\d.]+/g, " N")
      .split("\n")
      .filter((line) => !/a second.*left$|^packages\//.test(line));
  expect(shape(outcome.stderr + outcome.stdout)).toEqual(shape(transcript));
});
