import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Operation } from "../history/operation.ts";
import { readHistory, toJsonLine, toOriginalLines } from "./history-files.ts";
import { countMessages } from "./journal-file.ts";
import { readLines, UnreadableFile } from "./json-lines.ts";

const folder = mkdtempSync(join(tmpdir(), "eddy-"));

function file(text: string): string {
  const path = join(folder, "file");
  writeFileSync(path, text, "latin1");
  return path;
}

const values = (path: string): unknown[] => [...readLines(path)].map(({ value }) => value);

describe("a file of JSON lines", () => {
  it("is read line by line, wherever a piece of it ends", () => {
    // Longer than a piece, and with characters of several bytes everywhere.
    const lines = Array.from({ length: 3000 }, (_, i) => ({ i, text: "\u00e4\u20ac".repeat(i % 700) }));
    writeFileSync(join(folder, "long"), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    expect(values(join(folder, "long"))).toEqual(lines);
  });

  it("may end in the middle of a line, which counts for nothing", () => {
    fc.assert(
      fc.property(fc.nat({ max: 30 }), (length) => {
        const text = '{"a":1}\n[2]\n"three"\n{"b":4}\n'.slice(0, length);
        const whole = text.split("\n").slice(0, -1);
        expect(values(file(text))).toEqual(whole.map((line) => JSON.parse(line)));
      }),
    );
  });

  it("says where it is damaged, or that it is not there", () => {
    expect(() => values(file("1\n2\nx\n4\n"))).toThrow(
      `${join(folder, "file")} cannot be read: line 3 is not JSON`,
    );
    expect(() => values(join(folder, "none"))).toThrow(UnreadableFile);
    expect(() => values(folder)).toThrow("EISDIR");
  });
});

describe("a history", () => {
  const operation: Operation = {
    index: 0,
    time: 5,
    type: "ok",
    process: 3,
    f: "read",
    value: [1],
    node: "n0",
  };

  it("is read as it was written", () => {
    const nemesis: Operation = {
      index: 1,
      time: 6,
      type: "info",
      process: "nemesis",
      f: "kill",
      value: "one",
    };
    const path = file(toJsonLine(operation) + toJsonLine(nemesis));
    expect([...readHistory(path)]).toEqual([operation, nemesis]);
  });

  it.each([["{}"], ["5"], ["null"], ['{"index":0,"time":1,"type":"done","process":0,"f":"x","value":1}']])(
    "says which line is no operation: %s",
    (line) => {
      const path = file(`${toJsonLine(operation)}${line}\n`);
      expect(() => [...readHistory(path)]).toThrow("line 2 is no operation");
    },
  );

  it("is written as the original writes it, with what the nemesis did in its words", () => {
    expect(toOriginalLines({ ...operation, final: true })).toEqual({
      edn: "{:index 0, :time 5, :type :ok, :process 3, :f :read, :value [1], :final? true}\n",
      text: "3\t:ok\t:read\t[1]\n",
    });
    const error = { kind: "rpc-error", message: "busy", code: 11, name: "temporarily-unavailable" } as const;
    expect(toOriginalLines({ ...operation, type: "fail", error }).edn).toContain(
      ':value [1], :error [:temporarily-unavailable "busy"]}',
    );
    const nemesis = { index: 1, time: 6, type: "info", process: "nemesis", f: "start-partition" } as const;
    expect(toOriginalLines({ ...nemesis, value: "majorities-ring" }).text).toBe(
      ":nemesis\t:info\t:start-partition\t:majorities-ring\n",
    );
    expect(toOriginalLines({ ...nemesis, value: ["isolated", { n3: ["n2", "n4"] }] }).edn).toBe(
      '{:index 1, :time 6, :type :info, :process :nemesis, :f :start-partition, :value [:isolated {"n3" #{"n2" "n4"}}]}\n',
    );
    expect(toOriginalLines({ ...nemesis, f: "kill", value: { n1: "killed" } }).text).toBe(
      ':nemesis\t:info\t:kill\t{"n1" :killed}\n',
    );
  });
});

it("counts the messages of a journal", () => {
  const head = (event: string, src: string, dest: string) =>
    `{"time":1,"event":"${event}","id":0,"src":"${src}","dest":"${dest}"`;
  const path = file(
    [
      `${head("send", "c1", "n0")},"body":{"type":"echo","x":"\xff"}}`,
      `${head("recv", "c1", "n0")}}`,
      `${head("send", "n0", "n1")},"body":{}}`,
      `${head("drop", "n0", "n1")},"why":"loss"}`,
      "",
    ].join("\n"),
  );
  expect(countMessages(path)).toMatchObject({
    clients: { sent: 1, received: 1, byType: new Map([["echo", 1]]) },
    servers: { sent: 1, received: 0, byType: new Map([["(no type)", 1]]) },
  });
  expect(() => countMessages(file("[]\n"))).toThrow("line 1 is no event of a message");
});
