/** Builds the pages into the workbench: one script and one style sheet, which work from the disk as well as from `eddy serve`. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

// biome-ignore lint/style/noDefaultExport: Vite takes it so
export default defineConfig({
  root: path("."),
  logLevel: "warn",
  resolve: { alias: { "@eddy/workbench/pictures": path("../workbench/src/pictures/index.ts") } },
  build: {
    outDir: path("../workbench/dist/pages"),
    emptyOutDir: true,
    target: "es2022",
    cssCodeSplit: false,
    rolldownOptions: {
      input: path("src/main.tsx"),
      // A classic script: one that a page loaded from the disk may contain.
      output: { format: "iife", entryFileNames: "app.js", assetFileNames: "app[extname]" },
    },
  },
});
