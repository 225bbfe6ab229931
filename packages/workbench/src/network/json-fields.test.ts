import fc from "fast-check";
import { expect, it } from "vitest";
import { fromBytes, toBytes } from "./bytes.ts";
import { jsonFields } from "./json-fields.ts";

const fields = (text: string) => Object.fromEntries(jsonFields(text));

it.each([
  ["{}", {}],
  [" { } ", {}],
  ['{"a":1}', { a: "1" }],
  [' {\t"a" : 1 ,\n"b": [1, {"c": 2}] , "d":{ } }\r', { a: "1", b: '[1, {"c": 2}]', d: "{ }" }],
  ['{"n":12345678901234567890,"d":1.0}', { n: "12345678901234567890", d: "1.0" }],
  ['{"a":1,"b":2,"a":{"a":3}}', { a: '{"a":3}', b: "2" }],
  ['{"":"","\\"":"\\\\","}":"\\"}"}', { "": '""', '"': '"\\\\"', "}": '"\\"}"' }],
  ['{"m\\u0073g_id":7}', { msg_id: "7" }],
  [toBytes('{"ä":"ö","\\u00e4€":"😀"}'), { ä: toBytes('"ö"'), "ä€": toBytes('"😀"') }],
])("finds the fields of %j", (text, found) => {
  expect(fields(text)).toEqual(found);
});

it("takes a key for a key, whatever it is called", () => {
  expect([...jsonFields('{"__proto__":1,"constructor":2}')]).toEqual([
    ["__proto__", "1"],
    ["constructor", "2"],
  ]);
});

it("cuts any object where JSON.parse does, in any layout", () => {
  const key = fc.oneof(fc.constantFrom("a", "body", "__proto__"), fc.string({ unit: "binary" }));
  const written = (text: string) => fc.constantFrom(JSON.stringify(text), escaped(text));
  const space = fc.stringMatching(/^[ \t\r\n]{0,2}$/);
  const json = fc.oneof(
    fc.jsonValue({ stringUnit: "binary" }).map((value) => JSON.stringify(value)),
    fc.jsonValue().map((value) => JSON.stringify(value, null, 2)),
  );
  const field = fc.tuple(key.chain(written), json, space, space, space, space);
  const object = fc.tuple(fc.array(field), space, space).map(([parts, before, after]) => {
    const inside = parts.map(([k, value, a, b, c, d]) => `${a}${k}${b}:${c}${value}${d}`);
    return `${before}{${inside.join(",") || before}}${after}`;
  });
  fc.assert(
    fc.property(object, (text) => {
      const found = [...jsonFields(toBytes(text))];
      const parsed: unknown = JSON.parse(text);
      expect(Object.fromEntries(found.map(([k, value]) => [k, JSON.parse(fromBytes(value))]))).toEqual(
        parsed,
      );
      for (const [, value] of found) expect(text).toContain(fromBytes(value));
      for (const [, value] of found) expect(value).not.toMatch(/^[ \t\r\n]|[ \t\r\n]$/);
    }),
    { numRuns: 1000 },
  );
});

/** A string as JSON with every character as an escape. */
function escaped(text: string): string {
  const escapes = text.split("").map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return `"${escapes.join("")}"`;
}

it("is not misled by many backslashes, nor slow with them", () => {
  const text = JSON.stringify({ a: '\\"'.repeat(100_000), b: "\\".repeat(200_000), c: 1 });
  expect([...jsonFields(text).keys()]).toEqual(["a", "b", "c"]);
});

it("comes to an end on what is no JSON, too", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[{}[\]:,"\\ a]*$/)), (text) => {
      try {
        jsonFields(text);
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxError);
      }
    }),
  );
});
