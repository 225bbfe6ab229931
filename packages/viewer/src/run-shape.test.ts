import type { RunData } from "@eddy/workbench/pictures";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unpacked } from "./embedded.ts";
import { isRunData, runDataOf, UnreadableData } from "./run-shape.ts";

const run: RunData = {
  format: 1,
  id: "echo/20261125T035359.134Z",
  workload: "echo",
  meaning: "every echo came back",
  start: "2026-11-25T03:53:59.134Z",
  state: "complete",
  valid: true,
  options: { seed: 7, latency: { mean: 0 } },
  versions: { eddy: "0.1.0" },
  checks: [{ name: "stats", valid: true, findings: ["fine"] }],
  results: { "valid?": true },
  end: 2e9,
  nodes: ["n0"],
  faults: [{ fault: "kill", from: 1, to: 2, text: "kill n0" }],
  bins: {
    from: 0,
    width: 1e9,
    functions: ["echo"],
    series: [{ ok: [1], fail: [0], info: [0], latencies: [[1], [1], [1], [1]] }],
  },
  operations: {
    total: 1,
    functions: ["echo"],
    index: [0],
    start: [5],
    end: [6],
    ending: "o",
    process: [0],
    f: [0],
    node: [0],
    asked: ['"hello"'],
    answered: [""],
    error: [""],
    messages: [[0, 1]],
  },
  messages: {
    total: 1,
    spans: [{ from: 0, to: 1 }],
    names: ["c0", "n0"],
    types: ["echo"],
    id: [0],
    src: [0],
    dest: [1],
    type: [0],
    sent: [5],
    arrived: [6],
    sentOrder: [0],
    arrivedOrder: [1],
    fate: "a",
    msgId: [1],
    inReplyTo: [-1],
    body: ["{}"],
  },
  logs: [{ node: "n0", lines: ["hi"], times: [1], leftOut: 0, leftOutAfter: 1 }],
};

/** The same, with something else in one place. */
function changed(path: readonly string[], value: unknown): unknown {
  const copy: unknown = structuredClone(run);
  let here = copy;
  for (const name of path.slice(0, -1)) here = Reflect.get(Object(here), name);
  const last = path.at(-1) ?? "";
  if (value === undefined) Reflect.deleteProperty(Object(here), last);
  else Reflect.set(Object(here), last, value);
  return copy;
}

/** Every place in the data, down to the first item of each list, but for what may be anything. */
function places(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null || path[0] === "options" || path[0] === "results")
    return [path];
  return [path, ...Object.entries(value).flatMap(([name, inner]) => places(inner, [...path, name]))];
}

const mayBeAbsent = new Set(["start", "valid", "results", "faults.0.to", "messages.spans", "bins.from"]);

describe("the data of a run", () => {
  test("are taken as they are", () => {
    expect(runDataOf(run)).toBe(run);
  });

  test.each(places(run).filter((path) => path.length > 0 && path.join(".") !== "versions.eddy"))(
    "are damaged without, or with something else at, %s %s %s %s",
    (...path) => {
      const place = path.join(".");
      const inList = /\.\d+$/.test(place);
      for (const other of [null, { not: "this" }]) {
        const anything = place === "options" || place === "results" || place === "versions";
        if (!(anything && other !== null)) expect(isRunData(changed(path, other)), place).toBe(false);
      }
      if (!inList) expect(isRunData(changed(path, undefined)), place).toBe(mayBeAbsent.has(place));
    },
  );

  test.each(["operations", "messages"] as const)(
    "are damaged when columns of %s differ in length",
    (columns) => {
      for (const [name, column] of Object.entries(run[columns])) {
        if (
          name === "total" ||
          name === "functions" ||
          name === "names" ||
          name === "types" ||
          name === "spans"
        )
          continue;
        const longer =
          typeof column === "string" ? "oo" : Array.isArray(column) ? [...column, ...column] : [];
        expect(isRunData(changed([columns, name], longer)), name).toBe(false);
      }
    },
  );

  test("of another version are told from damaged ones", () => {
    expect(() => runDataOf({ ...run, format: 2 })).toThrow(/another version of eddy \(format 2;/);
    expect(() => runDataOf({ ...run, end: "soon" })).toThrow(/damaged/);
    expect(() => runDataOf({ ...run, format: undefined })).toThrow(/damaged/);
  });

  test("are refused in words, whatever they are", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(() => runDataOf(value)).toThrow(UnreadableData);
      }),
    );
  });
});

describe("a run in a page", () => {
  const packed = async (value: unknown): Promise<string> => {
    const stream = new Blob([JSON.stringify(value)]).stream().pipeThrough(new CompressionStream("gzip"));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    return btoa(String.fromCharCode(...bytes));
  };

  test("comes out as it went in", async () => {
    const text = "😀 \u0000 </script>";
    expect(await unpacked(`\n${await packed({ ...run, meaning: text })}\n`)).toEqual({
      ...run,
      meaning: text,
    });
  });

  test("that is cut off or changed is refused in words", async () => {
    const whole = await packed(run);
    for (const broken of [
      whole.slice(0, whole.length / 2),
      whole.slice(4),
      "not base64!",
      whole.replace("H4", "AA"),
    ])
      await expect(unpacked(broken)).rejects.toThrow(/cannot be unpacked/);
    await expect(unpacked(" \n")).rejects.toThrow(/holds no run/);
    await expect(unpacked(await packed({ ...run, format: 9 }))).rejects.toThrow(/another version/);
  });
});
