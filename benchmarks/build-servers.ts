/** From the sources in `servers/` to programs that can be started. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** The project's folder; the benchmarks run bundled, in node_modules/.cache/benchmarks. */
export const root = fileURLToPath(new URL("../../../", import.meta.url));

const source = (name: string): string => join(root, "benchmarks/servers", name);

/** Bundles servers in TypeScript: `echo.ts` becomes `echo.cjs` in the folder. */
export async function bundle(names: readonly string[], folder: string): Promise<void> {
  await build({
    entryPoints: names.map((name) => source(`${name}.ts`)),
    outdir: folder,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    format: "cjs",
  });
}

/** Compiles a server in C with CC, or cc. Returns the path of the program, or nothing where there is no compiler. */
export function compile(name: string, folder: string): string | undefined {
  const program = join(folder, name);
  const { CC = "cc" } = process.env;
  const { error, status, stderr } = spawnSync(CC, ["-O2", "-o", program, source(`${name}.c`)]);
  if (error !== undefined) return undefined;
  if (status !== 0) throw new Error(`${CC} cannot compile ${name}.c:\n${stderr}`);
  return program;
}
