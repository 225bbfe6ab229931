/** The pages of the challenges: their links lead somewhere, and the code that they show is that of the challenges. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), "utf8");
const challenges = readdirSync(join(root, "challenges")).filter(
  (name) => name !== "echo" && existsSync(join(root, "challenges", name, "main.ts")),
);
const page = (name: string): string => `docs/challenges/${name}.md`;

/** Lines without their indentation, which is another in the middle of a class. */
function lines(code: string): string {
  return code
    .trim()
    .split("\n")
    .map((line) => line.trim())
    .join("\n");
}

describe.each(challenges)("the page of %s", (name) => {
  const text = existsSync(join(root, page(name))) ? read(page(name)) : "";

  it("is there, and in the list of all", () => {
    expect(text).not.toBe("");
    expect(read(page("README"))).toContain(`(${name}.md)`);
  });

  it("shows code of the challenge, line by line", () => {
    const sources = readdirSync(join(root, "challenges", name))
      .filter((file) => file.endsWith(".ts"))
      .map((file) => lines(read(`challenges/${name}/${file}`)));
    const shown = [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = ""]) => lines(code));
    expect(shown.length).toBeGreaterThan(1);
    for (const code of shown)
      expect(
        sources.some((source) => source.includes(code)),
        code,
      ).toBe(true);
  });

  it("has commands for files that are there, or that make builds", () => {
    const binaries = [...text.matchAll(/--bin (\S+)/g)].map(([, file = ""]) => file);
    expect(binaries).toContain(`challenges/${name}/naive.ts`);
    for (const file of binaries)
      expect(file === `bin/maelstrom-${name}` || existsSync(join(root, file)), file).toBe(true);
    expect(text).toContain(`make run MODULE=${name}\n`);
  });
});

it.each([...challenges, "README"])("the links of %s lead somewhere", (name) => {
  for (const [, target = ""] of read(page(name)).matchAll(/\]\(((?!https?:|#)[^)#]+)[^)]*\)/g))
    expect(existsSync(join(root, dirname(page(name)), target)), target).toBe(true);
});
