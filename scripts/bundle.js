/**
 * Bundles a server into one executable file: `node scripts/bundle.js challenges/echo/main.ts bin/maelstrom-echo`.
 *
 * The file has no extension, so Node.js takes it for CommonJS or for a module depending on the package.json it happens
 * to lie under. It is written so that it is both, and can be copied anywhere.
 */
import { chmodSync } from "node:fs";
import { build } from "esbuild";

const [entry, outfile] = process.argv.slice(2);
if (entry === undefined || outfile === undefined) {
  console.error("usage: node scripts/bundle.js <main.ts> <executable>");
  process.exit(2);
}

const { errors } = await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "cjs",
  // Stack traces point into the sources.
  sourcemap: "inline",
  sourcesContent: false,
  banner: {
    js: [
      "#!/usr/bin/env node",
      "process.setSourceMapsEnabled(true);",
      'var require = process.getBuiltinModule("node:module").createRequire(process.cwd() + "/");',
    ].join("\n"),
  },
  logLevel: "warning",
}).catch(({ errors }) => ({ errors }));
// What is wrong has been said above, by esbuild; but not what to do about this:
if (errors.some(({ text }) => text.includes("Top-level await"))) {
  console.error(
    "A file that is CommonJS, too, cannot await at its top level: write `node.run();` without the await.",
  );
}
if (errors.length > 0) process.exit(1);
chmodSync(outfile, 0o755);
