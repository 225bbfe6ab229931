import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { codeOf, show } from "./log.ts";

/** What a program writes to stderr that has the log. */
function run(program: string): string[] {
  const log = new URL("../dist/log.js", import.meta.url);
  const source = `import { log } from "${log}";\n${program}`;
  const { stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", source], { encoding: "utf8" });
  return stderr.split("\n").slice(0, -1);
}

it("writes a line with the time of day, in order, also those that wait when the process exits", () => {
  const lines = run(`
    log("first", { n: 1 });
    process.stderr.write("in between\\n");
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (let i = 0; i < 10000; i++) log(i);
    process.exit(1);
  `);
  expect(lines).toHaveLength(10_002);
  const times = lines.filter((line) => line !== "in between").map((line) => line.slice(0, 12));
  for (const time of times) expect(time).toMatch(/^\d\d:\d\d:\d\d\.\d\d\d$/);
  expect(times).toEqual(times.toSorted());
  expect(times.at(-1)).not.toBe(times[0]);
  expect(lines.map((line) => line.slice(13))).toContain("first { n: 1 }");
  expect(lines.at(-1)).toMatch(/ 9999$/);
});

it("shows any value on one line, whatever it does", () => {
  expect(show({ a: [1, "x"], b: 1n })).toBe("{ a: [ 1, 'x' ], b: 1n }");
  const trap = (): never => {
    throw new Error("trap");
  };
  expect(show({ [Symbol.for("nodejs.util.inspect.custom")]: trap })).toBe("something that cannot be shown");
});

it("knows what the system calls an error", () => {
  expect(codeOf(Object.assign(new Error("x"), { code: "EPIPE" }))).toBe("EPIPE");
  expect([codeOf(new Error("x")), codeOf("EPIPE"), codeOf(undefined)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
