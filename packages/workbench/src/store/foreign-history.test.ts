import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Operation } from "../history/operation.ts";
import { formatOf, readForeignHistory } from "./foreign-history.ts";
import { toJsonLine, toOriginalLines } from "./history-files.ts";
import { UnreadableFile } from "./json-lines.ts";

const folder = mkdtempSync(join(tmpdir(), "eddy-foreign-"));
afterAll(() => rmSync(folder, { recursive: true }));

function read(name: string, text: string): Operation[] {
  const path = join(folder, name);
  writeFileSync(path, text);
  return readForeignHistory(path);
}

const ours: Operation[] = [
  { index: 0, time: 5, type: "invoke", process: 0, f: "cas", value: [0, [1, 2]], node: "n0" },
  { index: 1, time: 6, type: "info", process: "nemesis", f: "kill", value: ["n1"] },
  { index: 2, time: 7, type: "fail", process: 0, f: "cas", value: [0, [1, 2]], node: "n0" },
  { index: 3, time: 8, type: "invoke", process: 1, f: "read", value: [0, null], node: "n1" },
  { index: 4, time: 9, type: "ok", process: 1, f: "read", value: [0, "a b"], node: "n1" },
];
const withoutNodes = ours.map(({ node, ...rest }) => rest);

describe("a history from elsewhere", () => {
  it("is read as we write it, in each of our formats", () => {
    expect(read("history.jsonl", ours.map(toJsonLine).join(""))).toEqual(ours);
    expect(read("history.edn", ours.map((each) => toOriginalLines(each).edn).join(""))).toEqual(withoutNodes);
    const text = ours.map((each) => toOriginalLines(each).text).join("");
    expect(read("history.txt", text)).toEqual(
      withoutNodes.map((each, index) => ({ ...each, index, time: 0 })),
    );
  });

  it.each([
    ["a vector", "[{:process 3, :type :invoke, :f :read, :value nil}]"],
    ["a list with comments", "; a register\n({:process 3 :type :invoke :f :read ; reads\n :value nil})"],
    ["a vector with more after it", "[{:process 3 :type :invoke :f :read}] nil (done)"],
    ["tagged maps", "[#jepsen.history.Op{:process 3, :type :invoke, :f :read, :value nil}]"],
    ["maps of a record", "#knossos.op.Op{:process 3, :type :invoke, :f :read}"],
    ["maps one after the other", "\n{:process 3, :type :invoke, :f :read}\n"],
    [
      "maps with more in them",
      '{:type :invoke, :debug {:at #inst "2014"}, :process 3, :f :read, :debug {:at #inst "2014"}}',
    ],
    ["string keys and names", '[{"process" 3, "type" "invoke", "f" "read"}]'],
    ["a byte order mark", "\ufeff[{:process 3 :type :invoke :f :read}]"],
  ])("may be EDN: %s", (_, text) => {
    for (const name of ["a.edn", "a"])
      expect(read(name, text)).toEqual([
        {
          index: 0,
          time: 0,
          type: "invoke",
          process: 3,
          f: "read",
          ...(text.includes(":value") ? { value: null } : {}),
        },
      ]);
  });

  it("keeps values as JSON would have them, and large integers", () => {
    const [operation] = read(
      "v.edn",
      "{:process 0 :type :ok :f :txn :value [[:r :x 12345678901234567890] #{1} {:a {1 \\b}} 2.50M 1/2]}",
    );
    expect(operation?.value).toEqual([["r", "x", 12345678901234567890n], [1], { a: { 1: "b" } }, 2.5, 0.5]);
  });

  it("keeps errors, and what belongs to the final phase", () => {
    const [operation] = read("e.edn", '{:type :fail :process 0 :f :read :error [:abort "y"] :final? true}');
    expect(operation).toMatchObject({
      error: { kind: "rpc-error", message: "y", name: "abort" },
      final: true,
    });
    const [late] = read("e.edn", "{:type :info :process 0 :f :read :error :net-timeout}");
    expect(late?.error).toEqual({ kind: "net-timeout", message: "net-timeout" });
  });

  it("knows processes by any name", () => {
    const processes = (...names: string[]) =>
      read("p.edn", names.map((name) => `{:type :ok :f :read :process ${name}}`).join("")).map(
        ({ process }) => process,
      );
    expect(processes("0", ":nemesis", '"12"', ":a", ":b", ":a", "nil", "-1")).toEqual([
      0,
      "nemesis",
      12,
      -1,
      -2,
      -1,
      -3,
      -4,
    ]);
    expect(read("p.edn", "{:type :info :f :kill}")[0]?.process).toBe("nemesis");
    expect(read("p.edn", "{:type :info :process :nemesis :value 1}")[0]?.f).toBe("");
  });

  it("numbers what has no numbers, or none in order", () => {
    const indices = (...given: string[]) =>
      read("i.edn", given.map((index) => `{:type :ok :f :read :process 0 ${index}}`).join("")).map(
        ({ index }) => index,
      );
    expect(indices("", "")).toEqual([0, 1]);
    expect(indices(":index 4", ":index 7")).toEqual([4, 7]);
    expect(indices(":index 4", ":index 4", "")).toEqual([0, 1, 2]);
  });

  it("may be a log with other lines in it", () => {
    const text = [
      "INFO  jepsen.core - Running test",
      "INFO  jepsen.util - 0\t:invoke\t:read\tnil",
      "WARN  jepsen.util - 12 things\tfailed",
      "2014-02-03 10:00:00 INFO  jepsen.util - 1\t:invoke\t:cas\t[1 2]\r",
      "INFO  jepsen.util - 1    :info   :cas    :timed-out",
      "INFO  jepsen.util - :nemesis\t:info\t:start\tnil",
      'INFO  jepsen.util - 0\t:fail\t:read\t3\t"indeterminate"',
      "INFO  jepsen.util - 2\t:ok\t:write\t{broken",
      "INFO  jepsen.util - 2\t:ok\t:write",
    ].join("\n");
    for (const name of ["a.log", "a"])
      expect(read(name, text).map(({ process, type, f, value }) => [process, type, f, value])).toEqual([
        [0, "invoke", "read", null],
        [1, "invoke", "cas", [1, 2]],
        [1, "info", "cas", "timed-out"],
        ["nemesis", "info", "start", null],
        [0, "fail", "read", 3],
        [2, "ok", "write", "{broken"],
        [2, "ok", "write", null],
      ]);
  });

  it("is known by its name, or else by what it holds", () => {
    expect(formatOf("x.jsonl", "")).toBe("jsonl");
    expect(formatOf("x", '\n{"index":0}')).toBe("jsonl");
    expect(formatOf("x", "; words\n ,[{")).toBe("edn");
    expect(formatOf("x.log", "[{:type :ok}]")).toBe("edn");
    expect(formatOf("x.txt", "Dear all,\n")).toBeUndefined();
  });

  it.each([
    ["no-such-file", undefined, "ENOENT"],
    ["words.txt", "Dear all,", "it is no history"],
    ["a.edn", "[{:type :ok", "line 1, column 2: the text ends within a map"],
    ["a.edn", "[1]", "operation 1 is no map"],
    [
      "a.edn",
      "{:type :ok :f :a :process 0} {:type 10000000000000000000}",
      "operation 2 has the type 10000000000000000000",
    ],
    ["a.edn", "{:type :ok :process 0}", "operation 1 has no :f"],
    ["a.jsonl", '{"index":"a"}\n', "line 1 is no operation"],
  ])("%s: %s cannot be read", (name, text, reason) => {
    const reading = () => (text === undefined ? readForeignHistory(join(folder, name)) : read(name, text));
    expect(reading).toThrow(UnreadableFile);
    expect(reading).toThrow(reason);
  });
});
