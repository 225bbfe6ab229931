/** What the documents show, done as they show it. */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { root } from "./sources.ts";

const run = promisify(execFile);
const documents = [
  "README.md",
  "CONTRIBUTING.md",
  "docs/dependencies.md",
  "docs/faults.md",
  "docs/node.md",
  "docs/results.md",
  "docs/workloads.md",
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

/** The examples of a document, in TypeScript. */
function examplesOf(file: string): string[] {
  return [...read(file).matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = ""]) => code);
}

it.each([
  ["docs/node.md", 11],
  ["docs/faults.md", 2],
])("%s has examples that the compiler takes, and that do what they say", async (document, least) => {
  const examples = examplesOf(document);
  expect(examples.length).toBeGreaterThanOrEqual(least);
  const folder = folderInProject();
  writeFileSync(join(folder, "package.json"), '{"type": "module"}');
  const files = examples.map((code, i) => {
    writeFileSync(join(folder, `example-${i}.ts`), code);
    return `example-${i}.ts`;
  });
  const strict = ["--strict", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes", "--skipLibCheck"];
  const types = ["--types", "node", "--typeRoots", join(root, "node_modules/@types")];
  const target = ["--noEmit", "--target", "es2023", "--module", "nodenext"];
  await run(
    join(root, "node_modules/.bin/tsc"),
    ["--ignoreConfig", ...strict, ...target, ...types, ...files],
    {
      cwd: folder,
    },
  ).catch(({ stdout }) => expect.fail(stdout));
  const flags = [
    "--bundle",
    "--platform=node",
    "--format=esm",
    "--packages=external",
    "--outdir=.",
    "--log-level=error",
  ];
  await run(join(root, "node_modules/.bin/esbuild"), [...files, ...flags], { cwd: folder });
  for (const [i, code] of examples.entries()) {
    const example = run(process.execPath, [`example-${i}.js`], { cwd: folder });
    example.child.stdin?.end();
    await example.catch(({ stderr }) => expect.fail(`${code}\n${stderr}`));
  }
});

describe("docs/node.md", () => {
  const text = read("docs/node.md");
  const examples = examplesOf("docs/node.md");

  it("leads from an empty folder to a node that runs, under eddy and as a program", async () => {
    const [pack = "", install = "", test = "", program = "", byHand = ""] = [
      ...text.matchAll(/```sh\n([\s\S]*?)```/g),
    ].map(([, commands]) => commands);
    const folder = mkdtempSync(join(tmpdir(), "eddy-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const packages = join(folder, "packages");
    const empty = join(folder, "empty");
    mkdirSync(empty);
    const sh = async (commands: string, cwd: string): Promise<string> => {
      // What stands for Maelstrom here is eddy.
      const script = commands.replaceAll("/tmp/eddy", packages).replace(/^maelstrom /m, "npx eddy ");
      const { stdout } = await run("sh", ["-ec", script], { cwd }).catch((error) =>
        expect.fail(`${script}\n${error.stdout}${error.stderr}`),
      );
      return stdout;
    };
    // What is built by now need not be built again.
    await sh(pack.replace("make build", "test -e packages/node/dist"), root);
    await sh(install.replace("npm install", "npm install --prefer-offline"), empty);
    writeFileSync(join(empty, "server.ts"), examples[0] ?? "");
    expect(await sh(test.replace("--time-limit 5", "--time-limit 1"), empty)).toContain(
      "Everything looks good!",
    );
    const [, messages = ""] = /```jsonl\n([\s\S]*?)```/.exec(text) ?? [];
    writeFileSync(join(empty, "messages.jsonl"), messages);
    expect(await sh(program.replace("--time-limit 5", "--time-limit 1"), empty)).toContain(
      "Everything looks good!",
    );
    expect((await sh(byHand, empty)).trimEnd().split("\n")).toEqual([
      '{"src":"n1","dest":"c0","body":{"type":"init_ok","in_reply_to":1}}',
      '{"src":"n1","dest":"c1","body":{"type":"echo_ok","echo":"hello","in_reply_to":1}}',
    ]);
  });

  it("lists every error of the protocol", async () => {
    const { errorCodes, isDefinite } = await import("../packages/node/src/errors.ts");
    for (const [name, code] of Object.entries(errorCodes)) {
      expect(text).toMatch(
        new RegExp(`^\\| ${code} +\\| \`${name}\` +\\| ${isDefinite(code) ? "yes" : "no"} `, "m"),
      );
    }
  });
});

it("docs/workloads.md is what eddy doc prints: make docs writes it anew", async () => {
  const { stdout } = await run(join(root, "node_modules/.bin/eddy"), ["doc"]);
  expect(read("docs/workloads.md")).toBe(stdout);
  const { stdout: one } = await run(join(root, "node_modules/.bin/eddy"), ["doc", "echo"]);
  expect(stdout).toContain(one.trim());
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
