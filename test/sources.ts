/** The project's own sources, for the tests that watch over how they are written. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the whole project. */
export const root = fileURLToPath(new URL("..", import.meta.url));

export interface Source {
  /** Relative to the folder that was read, e.g. "time/clock.ts". */
  readonly path: string;
  readonly text: string;
  /** The text without comments and without what stands in strings. */
  readonly code: string;
}

/** All TypeScript files below a folder of the project, but for tests. */
export function sourcesIn(folder: string): Source[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  return files
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
    .map((path) => {
      const text = readFileSync(join(root, folder, path), "utf8");
      return { path, text, code: withoutWords(text) };
    });
}

/** Leaves out comments, the insides of strings, and text between tags; what is between `${` and `}` stays. */
export function withoutWords(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\/|(?<![:"'`])\/\/.*$/gm, "")
    .replaceAll(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, '""')
    .replaceAll(
      /`(?:[^`\\]|\\.)*`/g,
      (template) => `\`${[...template.matchAll(/\$\{[^`]*?\}/g)].join(" ")}\``,
    )
    .replaceAll(/>[^<>{}();=]+</g, "><");
}
