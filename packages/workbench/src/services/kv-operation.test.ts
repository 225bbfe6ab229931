/** What a request does to a key, whatever the service; the services' own tests say to which state of it. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { toBytes } from "../network/bytes.ts";
import { jsonFields } from "../network/json-fields.ts";
import { applyKv, parseKv } from "./kv-operation.ts";

/** Does what the body of a request says to a key with this value, or without any. */
function run(body: string, current?: string) {
  const fields = jsonFields(toBytes(body));
  const type: string = JSON.parse(fields.get("type") ?? "");
  const operation = parseKv({ client: "n0", type, fields });
  if (operation.type === "error") return operation;
  const { reply, written } = applyKv(operation, current);
  return { ...reply, written };
}

/** The keys of a read, a write and a cas that were sent with this one. */
function keys(json: string): (string | undefined)[] {
  return ["read", "write", "cas"].map((type) => {
    const fields = new Map(["key", "value", "from", "to"].map((name) => [name, toBytes(json)]));
    const operation = parseKv({ client: "n0", type, fields });
    return operation.type === "error" ? undefined : operation.key;
  });
}

const writeOk = { type: "write_ok", fields: {} };
const casOk = { type: "cas_ok", fields: {} };

it("reads a value as it was written, byte for byte", () => {
  for (const json of ["1.0", "12345678901234567890", '{ "b":1, "a":[ ] }', '"\\u00e4"', toBytes('"ä😀"')]) {
    const { written } = { written: undefined, ...run(`{"type":"write","key":1,"value":${json}}`) };
    expect(written).toBe(toBytes(json));
    expect(run('{"type":"read","key":1}', written)).toEqual({
      type: "read_ok",
      fields: { value: toBytes(json) },
      written: undefined,
    });
  }
});

it("writes whether or not there is a value", () => {
  expect(run('{"type":"write","key":1,"value":2}')).toEqual({ ...writeOk, written: "2" });
  expect(run('{"type":"write","key":1,"value":null}', "2")).toEqual({ ...writeOk, written: "null" });
});

it("compares values, not how they are written", () => {
  const cas = (from: string) => run(`{"type":"cas","key":"x","from":${from},"to":[2]}`, '{"a":1,"b":2}');
  expect(cas('{ "b": 2.0, "a": 1 }')).toEqual({ ...casOk, written: "[2]" });
  expect(cas('{"a":1}')).toEqual({
    type: "error",
    code: 22,
    text: 'the value of key "x" is {"a":1,"b":2}, not {"a":1}',
    written: undefined,
  });
});

it("tells integers apart that a number cannot", () => {
  const cas = '{"type":"cas","key":"x","from":9007199254740993,"to":1}';
  expect(run(cas, "9007199254740993")).toMatchObject({ ...casOk, written: "1" });
  expect(run(cas, "9007199254740992")).toMatchObject({ type: "error", code: 22 });
});

it("says that nothing changes when what is written is there already", () => {
  expect(run('{"type":"write","key":1,"value":2}', "2")).toEqual({ ...writeOk, written: undefined });
  expect(run('{"type":"cas","key":1,"from":2.0,"to":2}', "2")).toEqual({ ...casOk, written: undefined });
  // Equal, but not the same: who reads it next must get what was written last.
  expect(run('{"type":"write","key":1,"value":2.0}', "2")).toEqual({ ...writeOk, written: "2.0" });
});

describe("a key that does not exist", () => {
  it.each([
    '{"type":"read","key":"x"}',
    '{"type":"cas","key":"x","from":1,"to":2}',
    '{"type":"cas","key":"x","from":null,"to":2,"create_if_not_exists":false}',
    '{"type":"cas","key":"x","from":null,"to":2,"create_if_not_exists":null}',
  ])("is an error for %s", (body) => {
    expect(run(body)).toEqual({ type: "error", code: 20, text: 'there is no key "x"', written: undefined });
  });

  it("is created by a cas that may", () => {
    const cas = '{"type":"cas","key":"x","from":1,"to":2,"create_if_not_exists":true}';
    expect(run(cas)).toEqual({ ...casOk, written: "2" });
    expect(run(cas, "3")).toMatchObject({ type: "error", code: 22 });
  });
});

it.each([
  ['{"type":"read"}', 12, 'a read needs a "key"'],
  ['{"type":"write","value":1}', 12, 'a write needs a "key"'],
  ['{"type":"write","key":1}', 12, 'a write needs a "value"'],
  ['{"type":"cas","from":1,"to":1}', 12, 'a cas needs a "key"'],
  ['{"type":"cas","key":1,"to":1}', 12, 'a cas needs a "from"'],
  ['{"type":"cas","key":1,"from":1}', 12, 'a cas needs a "to"'],
  [
    '{"type":"cas","key":1,"from":1,"to":1,"create_if_not_exists":"yes"}',
    12,
    '"create_if_not_exists" is "yes", not true or false',
  ],
  ['{"type":"delete"}', 10, 'a key-value service answers to read, write and cas, but not to "delete"'],
  [
    '{"type":"constructor"}',
    10,
    'a key-value service answers to read, write and cas, but not to "constructor"',
  ],
])("answers %s with error %i: %s", (body, code, text) => {
  expect(run(body)).toEqual({ type: "error", code, text });
});

it("takes equal keys for one, and others for others", () => {
  const one = (...sent: string[]) => new Set(sent.flatMap(keys)).size === 1;
  expect(one("1", "1.0")).toBe(true);
  expect(one('"ä"', '"\\u00e4"')).toBe(true);
  expect(one('{"a":1,"b":[null]}', '{"b":[ null ],"a":1}')).toBe(true);
  const others = [
    "1",
    '"1"',
    "null",
    '"null"',
    "[1]",
    '"__proto__"',
    "10",
    "9007199254740992",
    "9007199254740993",
  ];
  expect(new Set(others.flatMap(keys)).size).toBe(others.length);
});

it("shows of long values only the beginning, and no half characters", () => {
  for (const head of ["", "a", "ab", "abc"]) {
    const long = toBytes(JSON.stringify(head + "€😀".repeat(1000)));
    const { text } = { text: "", ...run('{"type":"cas","key":1,"from":0,"to":1}', long) };
    expect(text).toMatch(/^the value of key 1 is "[^.]{90,100}\.\.\., not 0$/);
    expect(Buffer.from(text, "latin1").toString("utf8")).not.toContain("\ufffd");
  }
});

it("does not keep a whole message in memory for the sake of what was stored", () => {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const stored = [];
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 100; i++) {
    const padding = "x".repeat(1_000_000);
    const [key, value] = [`"a key of some length ${i}"`, `"a value of some length ${i}"`];
    // Parsed as those that come from a node are: out of one piece.
    const json = `{"padding":"${padding}","key":${key},"value":${value},"from":0,"to":${value}}`;
    const fields = jsonFields(Buffer.from(json).toString("latin1"));
    for (const type of ["write", "cas"]) {
      const operation = parseKv({ client: "n0", type, fields });
      if (operation.type === "write") stored.push([operation.key, operation.value]);
      if (operation.type === "cas") stored.push([operation.key, operation.to]);
    }
  }
  collect();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(10_000_000);
  expect(stored).toHaveLength(200);
});
