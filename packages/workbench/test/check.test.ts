/** `eddy check`: stored runs judged again, and histories from elsewhere. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { eddy, node } from "./eddy.ts";

/** A folder in which files can be made; it is removed with those of the runs. */
async function folder(): Promise<string> {
  return (await eddy("--version")).cwd;
}

async function file(name: string, ...lines: readonly string[]): Promise<string> {
  const path = join(await folder(), name);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

/** A history in EDN: type, process, function and value of each operation. */
function edn(...operations: readonly (readonly [string, number | string, string, string])[]): string[] {
  return operations.map(
    ([type, process, f, value], index) =>
      `{:index ${index}, :time ${index}000000, :type :${type}, :process ${process}, :f :${f}, :value ${value}}`,
  );
}

const stale = edn(
  ["invoke", 0, "write", "1"],
  ["ok", 0, "write", "1"],
  ["invoke", 1, "write", "2"],
  ["ok", 1, "write", "2"],
  ["invoke", 0, "read", "nil"],
  ["ok", 0, "read", "1"],
);

describe.concurrent("a stored run", () => {
  it("is judged as it was, in words and as data", async () => {
    const flags = ["--node-count", "2", "--time-limit", "1", "--rate", "50"];
    for (const bin of ["good.mjs", "echoes-wrongly.mjs", "prints-text.mjs"]) {
      const run = await eddy("test", "-w", "echo", "--bin", node(bin), ...flags);
      const latest = join(run.cwd, "store", "latest");
      const [text, json] = [await eddy("check", latest), await eddy("check", latest, "--format", "json")];
      expect([text.code, json.code]).toEqual([run.code, run.code]);
      // What was drawn then is not drawn again.
      const { perf: _, timeline: __, ...judged } = run.results();
      expect(JSON.parse(json.stdout)).toEqual(judged);
      expect(text.stdout.split("\n").slice(0, 10)).toEqual(run.stdout.split("\n").slice(1, 11));
    }
  });

  it("may be judged as another workload, or by a model, by its history", async () => {
    const flags = ["--node-count", "1", "--time-limit", "0.5", "--rate", "50"];
    const run = await eddy("test", "-w", "echo", "--bin", node("good.mjs"), ...flags);
    const latest = join(run.cwd, "store", "latest");
    const same = await eddy("check", latest, "--workload", "echo", "--availability", "total");
    expect([same.code, same.stdout.includes("all was asked for")]).toEqual([0, true]);
    const model = await eddy("check", latest, "--model", "register");
    expect([model.code, model.stdout]).toEqual([2, expect.stringContaining("on a register")]);
  });
});

describe.concurrent("a history from elsewhere", () => {
  it("is judged by a model, with an explanation, and the exit code of a test", async () => {
    const bad = await eddy("check", await file("history.edn", ...stale), "--model", "register");
    expect(bad.code).toBe(1);
    expect(bad.stdout).toMatch(/✗ linearizable {2}no order of the operations explains read 1 by process 0/);
    expect(bad.stdout.trimEnd().split("\n").at(-1)).toMatch(/^Analysis invalid!/);
    const good = await eddy("check", await file("history.edn", ...stale.slice(0, 4)), "--model", "register");
    expect([good.code, good.stdout]).toEqual([0, expect.stringContaining("Everything looks good!")]);
  });

  it("may be a log, and a model may start with a value", async () => {
    const log = ["invoke", "ok"].map(
      (type) => `INFO  jepsen.util - 0\t:${type}\t:read\t${type === "ok" ? 5 : "nil"}`,
    );
    const path = await file("test.log", "INFO  jepsen.core - Running test", ...log);
    const codes = ["5", "6", "null"].map(async (initial) => {
      return (await eddy("check", path, "--model", "cas-register", "--initial", initial)).code;
    });
    expect(await Promise.all(codes)).toEqual([0, 1, 1]);
  });

  it("is judged as a workload, also in a folder of the original's", async () => {
    const history = edn(
      ["invoke", 0, "generate", "nil"],
      ["ok", 0, "generate", "7"],
      ["invoke", 1, "generate", "nil"],
      ["ok", 1, "generate", "7"],
      ["invoke", 1, "generate", "nil"],
      ["info", 1, "generate", "nil"],
    );
    const run = join(await folder(), "20261122T000000");
    mkdirSync(run);
    writeFileSync(join(run, "history.edn"), history.join("\n"));
    const { code, stdout } = await eddy("check", run, "--workload", "unique-ids", "--format", "json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      stats: { count: 3, "ok-count": 2, "info-count": 1 },
      workload: { "valid?": false, "duplicated-count": 1 },
    });
    const rest = history.filter((_, i) => i !== 2 && i !== 3).join("\n");
    writeFileSync(join(run, "history.edn"), rest);
    expect((await eddy("check", run, "--workload", "unique-ids")).code).toBe(0);
    expect((await eddy("check", run, "--workload", "unique-ids", "--availability", "total")).code).toBe(1);
  });

  it("tells null from an empty text, and takes sets for what they are", async () => {
    const history = edn(["invoke", 0, "cas", "[nil 1]"], ["ok", 0, "cas", "[nil 1]"]);
    const path = await file("history.edn", ...history);
    const codes = [[], ["--initial", "null"], ["--initial", '""']].map(async (initial) => {
      return (await eddy("check", path, "--model", "cas-register", ...initial)).code;
    });
    expect(await Promise.all(codes)).toEqual([0, 0, 1]);
    const sets = edn(
      ["invoke", 0, "write", "#{3 4}"],
      ["ok", 0, "write", "#{3 4}"],
      ["invoke", 1, "read", "nil"],
      ["ok", 1, "read", "#{4 3}"],
    );
    expect((await eddy("check", await file("history.edn", ...sets), "--model", "register")).code).toBe(0);
  });

  it("that cannot be decided in time is unknown", async () => {
    const path = await file("history.edn", ...stale);
    const { code, stdout } = await eddy("check", path, "--model", "register", "--checker-time-limit", "1e-9");
    expect([code, stdout]).toEqual([2, expect.stringContaining("it is not known after")]);
  });
});

describe.concurrent("what cannot be judged is told, with exit code 254", () => {
  it.each([
    [["check"], "error: missing required argument 'run-or-history'"],
    [["check", "nothing"], "error: there is no nothing."],
    [
      ["check", "."],
      "error: . is no run of eddy's. Say what its history is of: a workload, with --workload,",
    ],
    [
      ["check", ".", "--workload", "echo"],
      "error: . holds no history, neither history.jsonl nor history.edn.",
    ],
    [["check", "x", "--model", "mutex", "--initial", "5"], "error: a mutex starts with true"],
    [["check", "x", "--model", "multi-register", "--initial", "[1]"], "error: a multi-register starts with"],
    [["check", "x", "--workload", "eco"], "Allowed choices are broadcast, echo,"],
    [
      ["check", "x", "--model", "queue"],
      "Allowed choices are register, cas-register, mutex, multi-register.",
    ],
    [["check", "x", "--model", "mutex", "--workload", "echo"], "cannot be used with option"],
    [["check", "x", "--model", "mutex", "--initial", "a"], "It must be JSON"],
    [
      ["check", "x", "--initial", "1"],
      "error: --initial says what a model starts with: name one with --model.",
    ],
    [["check", "x", "--availability", "1"], "error: --availability goes with --workload"],
    [["doc", "eco"], "error: there is no workload eco. There are: broadcast, echo,"],
  ])("%j", async (words, message) => {
    const { code, stdout, stderr } = await eddy(...words);
    expect([code, stdout]).toEqual([254, ""]);
    expect(stderr).toContain(message);
  });

  it("a history in which nothing is of the workload, or nothing at all", async () => {
    const path = await file("history.edn", ...stale);
    const other = await eddy("check", path, "--workload", "kafka");
    expect([other.code, other.stderr]).toEqual([
      254,
      expect.stringContaining("it holds write, read, and nothing"),
    ]);
    const empty = await file("empty.edn", "");
    const { code, stderr } = await eddy("check", empty, "--workload", "echo");
    expect([code, stderr]).toEqual([254, expect.stringContaining("it holds no operations of clients")]);
    // As Knossos has it: what is not there does not contradict itself.
    const model = await eddy("check", empty, "--model", "register");
    expect([model.code, model.stdout]).toEqual([
      0,
      expect.stringContaining("there are no operations of clients"),
    ]);
    const begun = await file("history.edn", ...edn(["invoke", 0, "generate", "nil"]));
    expect((await eddy("check", begun, "--workload", "unique-ids")).code).toBe(2);
  });

  it("a file that holds something else", async () => {
    const path = await file("history.edn", "{:type :invoke", "(");
    const { code, stderr } = await eddy("check", path, "--model", "register");
    expect(code).toBe(254);
    expect(stderr).toMatch(/^error: .*history\.edn cannot be read: .*line \d/);
    const none = await eddy("check", await file("some.txt", "hello"), "--model", "register");
    expect([none.code, none.stderr]).toEqual([254, expect.stringContaining("it is no history")]);
  });
});
