import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { parseJSON, toJSON } from "./json.ts";

/** Any JSON value, bigints beyond 2^53 among them; and keys that are none too nice. */
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(
      null,
      true,
      false,
      0,
      -1,
      1.5,
      1e21,
      2 ** 53 - 1,
      "",
      "9007199254740993",
      '"\\',
      "\ud800",
    ),
    fc.string({ unit: "binary" }),
    fc.double({ noDefaultInfinity: true, noNaN: true }).map((number) => number + 0),
    fc.bigInt().filter((integer) => !Number.isSafeInteger(Number(integer))),
    fc.array(tie("value")),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("__proto__", "1234567890123456789")), tie("value")),
  ),
})).value;

/** JSON by the book, in the slowest way there is. */
function write(it: unknown): string {
  if (typeof it === "bigint") return String(it);
  if (Array.isArray(it)) return `[${it.map(write).join()}]`;
  if (typeof it !== "object" || it === null) return JSON.stringify(it);
  return `{${Object.entries(it)
    .map(([key, field]) => `${JSON.stringify(key)}:${write(field)}`)
    .join()}}`;
}

it("writes any JSON value, and reads it back as it was", () => {
  fc.assert(
    fc.property(value, (it) => {
      const text = write(it);
      expect(toJSON(it)).toBe(text);
      expect(write(parseJSON(text))).toBe(text);
    }),
    { numRuns: 2000 },
  );
});

it("reads whatever JSON.parse reads, with any space, and nothing else", () => {
  const torn = fc
    .tuple(value, fc.nat(), fc.nat({ max: 3 }), fc.string({ maxLength: 3 }))
    .map(([it, at, length, put]) => {
      const text = write(it);
      const from = at % (text.length + 1);
      return text.slice(0, from) + put + text.slice(from + length);
    });
  fc.assert(
    fc.property(
      fc.oneof(
        torn,
        value.map((it) => JSON.stringify(JSON.parse(write(it)), null, 2)),
      ),
      (text) => {
        let expected: unknown;
        try {
          expected = JSON.parse(text);
        } catch {
          expected = undefined;
        }
        const roughly = JSON.stringify(parseJSON(text), (_, field) =>
          typeof field === "bigint" ? Number(field) : field,
        );
        expect(roughly).toBe(JSON.stringify(expected));
      },
    ),
    { numRuns: 2000 },
  );
});

it.each([
  ["9007199254740991", 2 ** 53 - 1],
  ["9007199254740992", 2n ** 53n],
  ["-9007199254740993", -(2n ** 53n) - 1n],
  ["9007199254740993.0", 2 ** 53],
  ["9007199254740993e0", 2 ** 53],
  ["0.9007199254740993", 0.9007199254740993],
  ['"9007199254740993"', "9007199254740993"],
  ['"\\\\\\"9007199254740993"', '\\"9007199254740993'],
])("reads %s as it is meant", (text, expected) => {
  expect(parseJSON(text)).toBe(expected);
  expect(parseJSON(`{"9007199254740993":[${text}]}`)).toEqual({ "9007199254740993": [expected] });
});

it("marks nothing that is marked already", () => {
  const random = vi
    .spyOn(Math, "random")
    .mockReturnValueOnce(0.5)
    .mockReturnValueOnce(0.5)
    .mockReturnValueOnce(0.25);
  const text = '["0.5:1",9007199254740993]';
  expect(toJSON(parseJSON(text))).toBe(text);
  expect(random).toHaveBeenCalledTimes(3);
  random.mockRestore();
});

it("goes as deep as the text does", () => {
  for (const [open, close] of [
    ["[", "]"],
    ['{"a":', "}"],
  ] as const) {
    const text = `${open.repeat(100_000)}12345678901234567890${close.repeat(100_000)}`;
    expect(toJSON(parseJSON(text))).toBe(text);
  }
});

it("writes what JSON.stringify writes, on its long way, too", () => {
  class Point {
    x = 1n;
    toJSON(key: string): unknown {
      return { key, y: undefined };
    }
  }
  const odd = {
    a: undefined,
    b: () => {},
    c: [undefined, Symbol("s"), 1n],
    d: new Point(),
    e: Number.NaN,
    f: [],
  };
  expect(toJSON(odd)).toBe('{"c":[null,null,1],"d":{"key":"d"},"e":null,"f":[]}');
  expect(toJSON({ big: 1n, at: new Date(0) })).toBe('{"big":1,"at":"1970-01-01T00:00:00.000Z"}');
  expect([toJSON(1n), toJSON(undefined), toJSON(() => {})]).toEqual(["1", undefined, undefined]);
});

it("says of a value that contains itself that it does", () => {
  const ring: { big: bigint; me?: unknown } = { big: 1n };
  ring.me = [ring];
  expect(() => toJSON(ring)).toThrow(TypeError);
  const twice = { big: 1n };
  expect(toJSON([twice, twice])).toBe('[{"big":1},{"big":1}]');
});
