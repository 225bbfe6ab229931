/** Both packages as their users get them: packed, and installed into an empty folder. */
import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { root } from "./sources.ts";

const run = promisify(execFile);
const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];

/** Packs a package and installs it alone into an empty folder, of which it gives the path and what was packed. */
async function install(
  ...packages: readonly string[]
): Promise<{ folder: string; files: string[]; sizes: number[] }> {
  const folder = mkdtempSync(join(tmpdir(), "eddy-"));
  const args = packages.flatMap((name) => ["-w", name]);
  const { stdout } = await run("npm", ["pack", ...args, "--json", "--pack-destination", folder], {
    cwd: root,
  });
  const packed: { filename: string; size: number; files: { path: string }[] }[] = Object.values(
    JSON.parse(stdout),
  );
  writeFileSync(join(folder, "package.json"), '{"private": true, "type": "module"}');
  const tarballs = packed.map(({ filename }) => join(folder, filename));
  await run("npm", ["install", "--prefer-offline", ...quiet, ...tarballs], { cwd: folder });
  const files = packed.flatMap(({ files }) => files.map(({ path }) => path));
  return { folder, files, sizes: packed.map(({ size }) => size) };
}

const server = `
import { Node } from "@eddy/node";

interface Echo {
  echo(request: { echo: unknown }): { type: "echo_ok"; echo: unknown };
}
const node = new Node<Echo>();
node.handle("echo", ({ body }) => ({ type: "echo_ok", echo: body.echo }));
await node.run();
`;

describe.concurrent("installed into an empty folder", () => {
  it("the workbench runs, on its own", async () => {
    const { folder, files } = await install("@eddy/workbench");
    const { stdout } = await run("npx", ["--no-install", "eddy", "--version"], { cwd: folder });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(files.filter((path) => /\.test\.|tsbuildinfo/.test(path))).toEqual([]);
    writeFileSync(
      join(folder, "check.ts"),
      'import { type Results, runTest } from "@eddy/workbench";\nexport const run: (r: Results) => unknown = (r) => [r["valid?"], runTest];\n',
    );
    await typeCheck(folder, "check.ts");
  });

  it("the node library is small, and has its testing network with it", async () => {
    const { folder, sizes } = await install("@eddy/node");
    expect(Math.max(...sizes)).toBeLessThan(40_000);
    writeFileSync(
      join(folder, "check.mjs"),
      `import { testNetwork } from "@eddy/node/testing";
      const net = testNetwork();
      net.start("n1", (node) => node.handle("echo", ({ body }) => ({ type: "echo_ok", echo: body.echo })));
      console.log((await net.client().rpc("n1", { type: "echo", echo: "heard" })).echo);`,
    );
    const { stdout } = await run(process.execPath, ["check.mjs"], { cwd: folder });
    expect(stdout).toBe("heard\n");
  });

  it("both together: a TypeScript server is checked, and tested without a build step", async () => {
    const { folder, files } = await install("@eddy/node", "@eddy/workbench");
    expect(files.filter((path) => /\.test\.|tsbuildinfo/.test(path))).toEqual([]);
    writeFileSync(join(folder, "server.ts"), server);
    await typeCheck(folder, "server.ts");
    const flags = ["-w", "echo", "--bin", "server.ts", "--node-count", "2", "--time-limit", "0.5"];
    const { stdout } = await run("npx", ["--no-install", "eddy", "test", ...flags], { cwd: folder });
    expect(stdout).toContain("Everything looks good!");
  });
});

/** Checks a file against the packages that are installed beside it, their own declarations included. */
async function typeCheck(folder: string, file: string): Promise<void> {
  const types = ["--types", "node", "--typeRoots", join(root, "node_modules/@types")];
  const flags = ["--noEmit", "--strict", "--target", "es2023", "--module", "nodenext", ...types, file];
  await run(join(root, "node_modules/.bin/tsc"), flags, { cwd: folder }).catch((error) => {
    throw new Error(`types of ${file}:\n${error.stdout}`);
  });
}
