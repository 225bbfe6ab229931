import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// biome-ignore lint/style/noDefaultExport: Vitest takes it so
export default defineConfig({
  resolve: {
    // Tests of servers see the library's sources, so that a change shows without a build.
    alias: { "@eddy/node": fileURLToPath(new URL("packages/node/src/index.ts", import.meta.url)) },
  },
  test: {
    include: ["{packages,challenges}/**/*.test.ts", "test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    // Tests with real processes take real time; none of them asserts how much.
    testTimeout: 60_000,
    maxConcurrency: 12,
  },
});
