/** The rules of the house that no linter knows: which room may import which, who may ask for the time, how types are kept. */
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, it } from "vitest";
import { root, type Source, sourcesIn, withoutWords } from "./sources.ts";

/** The rooms of the workbench from the ground up, and on each floor from left to right: a room imports what stands before it. */
const rooms = [
  ["time"],
  ["network", "history", "store"],
  ["nodes", "services", "clients", "checkers", "pictures"],
  ["workloads", "faults"],
  ["report", "run", "server"],
  ["cli"],
].flat();

function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"/g)].map(([, specifier = ""]) => specifier);
}

/** The imports of a file in a room that lead to a room which it must not know. */
function upwardImports(source: Pick<Source, "path" | "text">): string[] {
  const room = rooms.indexOf(source.path.split("/")[0] ?? "");
  return importsOf(source.text)
    .filter((specifier) => specifier.startsWith("."))
    .map((specifier) => posix.join(posix.dirname(source.path), specifier))
    .filter(
      (target) =>
        rooms.indexOf(target.split("/")[0] ?? "") > room || !rooms.includes(target.split("/")[0] ?? ""),
    )
    .map((target) => `${source.path} imports ${target}`);
}

const machineTime =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\b|\bsetTimeout\b|\bsetInterval\b|\bsetImmediate\b|\bhrtime\b|\bMath\.random\b|\brandomUUID\b|\brandomBytes\b|\brandomInt\b|\bgetRandomValues\b/g;

/** Where code asks the machine for the time, for a timer or for chance. */
function machineTimeIn({ path, code, text }: Source): string[] {
  const uses = [...code.matchAll(machineTime)].map(([use]) => `${path} uses ${use}`);
  return importsOf(text).includes("node:timers/promises")
    ? [...uses, `${path} imports node:timers/promises`]
    : uses;
}

const workbench = sourcesIn("packages/workbench/src");
const inRooms = workbench.filter(({ path }) => path.includes("/"));
const everything = [
  ...workbench,
  ...sourcesIn("packages/node/src"),
  ...sourcesIn("packages/viewer/src"),
  ...sourcesIn("challenges"),
];

describe("the rooms of the workbench", () => {
  it("are those of the plan", () => {
    for (const { path } of inRooms) expect(rooms).toContain(path.split("/")[0]);
    expect(workbench.filter(({ path }) => !path.includes("/")).map(({ path }) => path)).toEqual(["index.ts"]);
  });

  it("import only what lies below them, or to their left", () => {
    expect(inRooms.flatMap(upwardImports)).toEqual([]);
  });

  it("would be caught importing upwards", () => {
    const imports = (path: string, specifier: string) =>
      upwardImports({ path, text: `import { x } from "${specifier}";` });
    expect(imports("time/clock.ts", "../network/network.ts")).toEqual([
      "time/clock.ts imports network/network.ts",
    ]);
    expect(imports("network/journal.ts", "../store/edn.ts")).toHaveLength(1);
    expect(imports("store/edn.ts", "../network/journal.ts")).toHaveLength(0);
    expect(imports("run/run.ts", "../index.ts")).toHaveLength(1);
    expect(
      upwardImports({ path: "time/clock.ts", text: 'const { x } = await import("../cli/main.ts");' }),
    ).toHaveLength(1);
    expect(upwardImports({ path: "time/clock.ts", text: 'export * from "../run/run.ts";' })).toHaveLength(1);
  });

  it("have time and chance only from time/", () => {
    expect(inRooms.filter(({ path }) => !path.startsWith("time/")).flatMap(machineTimeIn)).toEqual([]);
  });

  it("would be caught asking the machine", () => {
    const uses = (text: string) => machineTimeIn({ path: "x.ts", text, code: withoutWords(text) });
    for (const text of [
      "Date.now()",
      "new Date()",
      'x("a" + performance.now())',
      "setTimeout(f, 1)",
      "Math.random()",
    ]) {
      expect(uses(text)).toHaveLength(1);
    }
    expect(uses('import { setTimeout } from "node:timers/promises";').length).toBeGreaterThan(0);
    expect(uses('// setTimeout\n"Date.now()" + new Date(5) /* Math.random */')).toEqual([]);
  });
});

describe("pictures", () => {
  it("can be drawn in a browser: neither they nor what they import needs Node.js", () => {
    const sources = new Map(workbench.map((source) => [source.path, source]));
    const needed = new Set(["pictures/index.ts"]);
    for (const path of needed) {
      const text = sources.get(path)?.text ?? "";
      // Types are gone by the time that it runs.
      const specifiers = importsOf(text.replaceAll(/\b(?:im|ex)port type [^;]*;/g, ""));
      for (const specifier of specifiers) {
        const local = specifier.startsWith(".");
        needed.add(local ? posix.join(posix.dirname(path), specifier) : specifier);
      }
    }
    expect([...needed].filter((path) => path.startsWith("node:"))).toEqual([]);
    expect(needed.size).toBeGreaterThan(3);
  });
});

describe("every source", () => {
  it("says in its first lines what it is", () => {
    const silent = everything.filter(({ text }) => !/^(#!.*\n)?(\/\*\*|\/\/ )/.test(text));
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it("stays under 300 lines", () => {
    const long = everything.filter(({ text }) => text.split("\n").length > 300);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it("leaves type assertions alone: `as const` and renaming are all that `as` is for", () => {
    expect(everything.filter(({ code }) => assertsTypes(code)).map(({ path }) => path)).toEqual([]);
    for (const code of [
      "x as string",
      "export const x = y as T;",
      "export function f(v) { return v as T; }",
    ]) {
      expect(assertsTypes(code)).toBe(true);
    }
    for (const code of [
      "x as const",
      'import { a as b } from "";',
      "export * as c from '';",
      "export { a as b };",
    ]) {
      expect(assertsTypes(code)).toBe(false);
    }
  });
});

function assertsTypes(code: string): boolean {
  const withoutRenaming = code.replaceAll(
    /\b(?:import|export)\s+(?:type\s+)?(?:\{[^}]*\}|\*\s+as\s+\w+)/g,
    "",
  );
  return /\bas\s+(?!const\b)[\w{[(]/.test(withoutRenaming);
}

describe("the packages", () => {
  const manifest = (folder: string) => JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
  const devDependenciesOf = (folder: string) => manifest(folder).devDependencies;

  it("keep the node library free of dependencies", () => {
    const { dependencies, peerDependencies, optionalDependencies } = manifest("packages/node");
    expect([dependencies, peerDependencies, optionalDependencies]).toEqual([undefined, undefined, undefined]);
  });

  it("keep what a server imports under 1,200 lines of code, comments and blank lines not counted", () => {
    const library = sourcesIn("packages/node/src").filter(({ path }) => path !== "testing.ts");
    const lines = library.flatMap(({ code }) => code.split("\n")).filter((line) => line.trim() !== "");
    expect(lines.length).toBeLessThan(1200);
  });

  it("give a reason for every dependency in docs/dependencies.md", () => {
    const reasons = readFileSync(join(root, "docs/dependencies.md"), "utf8");
    const { dependencies } = manifest("packages/workbench");
    const ours = Object.assign({}, dependencies, ...[".", "packages/viewer"].map(devDependenciesOf));
    for (const name of Object.keys(ours).filter((name) => !name.startsWith("@eddy/"))) {
      expect(reasons).toMatch(new RegExp(`^\\| (.*, )?\`${name}\`[ ,]`, "m"));
    }
  });

  it("record no registry in the lock file", () => {
    expect(readFileSync(join(root, "package-lock.json"), "utf8")).not.toMatch(/"resolved": "http/);
  });

  it("agree with the node library about the errors of the protocol", async () => {
    const { errorCodes, isDefinite } = await import("../packages/node/src/errors.ts");
    const { errorCode } = await import("../packages/workbench/src/clients/errors.ts");
    for (const [name, code] of Object.entries(errorCodes)) {
      expect(errorCode(code)).toEqual({
        name: name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
        definite: isDefinite(code),
      });
    }
    for (const code of [2, 9, 15, 23, 31, 999, 1000]) {
      expect(errorCode(code)).toEqual({ name: "unknown", definite: isDefinite(code) });
    }
  });
});
