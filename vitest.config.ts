import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** A source of the node library. */
const source = (name: string): string => path(`packages/node/src/${name}.ts`);

/** Tests of what nodes do when they are stopped and ended: a machine that is busy with others would look the same. */
const alone = ["packages/workbench/test/faults.test.ts", "packages/workbench/test/interruption.test.ts"];

// biome-ignore lint/style/noDefaultExport: Vitest takes it so
export default defineConfig({
  resolve: {
    // Tests of servers see the library's sources, so that a change shows without a build.
    alias: [
      { find: /^@eddy\/node$/, replacement: source("index") },
      { find: /^@eddy\/node\/testing$/, replacement: source("testing") },
      { find: /^@eddy\/workbench\/pictures$/, replacement: path("packages/workbench/src/pictures/index.ts") },
    ],
  },
  test: {
    setupFiles: [path("test/quiet.ts")],
    // Tests with real processes take real time; none of them asserts how much.
    testTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    maxConcurrency: 12,
    projects: [
      {
        extends: true,
        test: {
          name: "together",
          include: ["{packages,challenges}/**/*.test.ts", "test/**/*.test.ts"],
          exclude: ["**/node_modules/**", "**/dist/**", ...alone],
          // One more than Vitest would take on two cores: most tests of real processes wait.
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: "alone", include: alone, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
