import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toBytes } from "../network/bytes.ts";
import { type Random, randomStream } from "../time/random.ts";
import { canonical, sameValue } from "./canonical.ts";

const same = (a: string, b: string) => sameValue(toBytes(a), toBytes(b));

describe("equal", () => {
  it.each([
    ["1", "1.0"],
    ["100", "1E+2"],
    ["-0.5", "-5e-1"],
    ["0", "-0.00e7"],
    ["12345678901234567890", "1234567890123456789.0e1"],
    ["1e400", "10e399"],
    ["1e-99999999999999999999", "10e-100000000000000000000"],
    ['"a/\\""', '"\\u0061\\/\\u0022"'],
    ['"äöü€😀"', '"\\u00e4\\u00F6ü\\u20ac\\ud83d\\ude00"'],
    ['"\\ud800"', '"\\uD800"'],
    ["[ ]", "[]"],
    ["[1,[2 ,{}], null]", "\t[ 1.0,\n[2,{ }],null ]\r"],
    ['{"a":1,"b":{"d":4,"c":[]}}', '{ "b" : {"c":[],"d":4} ,"\\u0061":1}'],
    ['{"a":1,"a":2}', '{"a":2}'],
  ])("are %s and %s", (a, b) => {
    expect(same(a, b)).toBe(true);
  });
});

describe("different", () => {
  it.each([
    ["9007199254740992", "9007199254740993"],
    ["12345678901234567890", "12345678901234567891"],
    ["[9007199254740993]", "[9007199254740992]"],
    ["1e400", "1e401"],
    ["1e400", "null"],
    ["1e99999999999999999998", "1e99999999999999999999"],
    ["10", "1"],
    ["1", "-1"],
    ["0.1", "1"],
    ["0.01", "0.1"],
    ["1", '"1"'],
    ["null", '"null"'],
    ["0", "false"],
    ["null", "false"],
    ["[]", "{}"],
    ["[]", "[[]]"],
    ["[1,2]", "[12]"],
    ["[1,2]", "[2,1]"],
    ["[[1],2]", "[[1,2]]"],
    ["[1,[]]", "[[1]]"],
    ['{"a":null}', "{}"],
    ['{"a":1,"b":2}', '{"a":2,"b":1}'],
    ['"a,b"', '["a","b"]'],
    ['"ä"', '"Ã¤"'],
    ['"é"', '"e\\u0301"'],
  ])("are %s and %s", (a, b) => {
    expect(same(a, b)).toBe(false);
    expect(same(b, a)).toBe(false);
  });
});

it("finds values equal just when they are", () => {
  const leaf = fc.oneof(fc.integer({ min: -2, max: 12 }), fc.constantFrom(0.1, 0.2, "", "a", true, null));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie("value"), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom("a", "b"), tie("value"), { noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(same(JSON.stringify(a), JSON.stringify(b))).toBe(isDeepStrictEqual(a, b));
    }),
    { numRuns: 5000 },
  );
});

it("finds a value equal however it is written", () => {
  const values = fc.jsonValue({ stringUnit: "binary" });
  fc.assert(
    fc.property(values, fc.integer(), (value, seed) => {
      expect(same(JSON.stringify(value), rewrite(value, randomStream(seed, "layout")))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

it("tells integers of any size apart", () => {
  const near = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
  fc.assert(
    fc.property(near, fc.bigInt({ min: -2n, max: 2n }), fc.nat(20), (a, difference, zeros) => {
      const b = a + difference;
      expect(same(`${a}`, `${b}`)).toBe(a === b);
      expect(same(`[${a}.0]`, `[${b}]`)).toBe(a === b);
      expect(same(`${a}e${zeros}`, `${b * 10n ** BigInt(zeros)}`)).toBe(a === b);
      expect(same(`${a * 10n ** BigInt(zeros)}E-${zeros}`, `${b}`)).toBe(a === b);
    }),
  );
});

it("goes deeper than any message", () => {
  const deep = (inner: string) => `${'{"a": ['.repeat(50_000)}${inner}${"]}".repeat(50_000)}`;
  expect(same(deep("1"), deep(" 1.0 "))).toBe(true);
  expect(same(deep("1"), deep("2"))).toBe(false);
});

it("is not slow with long numbers and strings", () => {
  const zeros = "0".repeat(200_000);
  expect(canonical(`1${zeros}2`)).toBe(`1${zeros}2`);
  expect(same(`1${zeros}2${zeros}`, `1${zeros}2e${zeros.length}`)).toBe(true);
  expect(same(JSON.stringify("\\".repeat(200_000)), `"${"\\u005c".repeat(200_000)}"`)).toBe(true);
});

/** Writes a value as JSON in some other layout. */
function rewrite(value: unknown, random: Random): string {
  const blank = (): string => ["", "", " ", "\n\t"][random.integer(4)] ?? "";
  const list = (parts: string[]): string => parts.map((part) => blank() + part + blank()).join(",");
  if (Array.isArray(value)) return `[${blank()}${list(value.map((item) => rewrite(item, random)))}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).map(
      ([key, item]) => `${rewrite(key, random)}${blank()}:${blank()}${rewrite(item, random)}`,
    );
    const order = fields.map((field) => ({ field, at: random.float() })).sort((a, b) => a.at - b.at);
    return `{${blank()}${list(order.map(({ field }) => field))}}`;
  }
  if (typeof value === "string") {
    const unit = (code: number): string => `\\u${code.toString(16).padStart(4, "0")}`;
    const escaped = value.split("").map((character) => unit(character.charCodeAt(0)));
    return random.integer(2) === 0 ? `"${escaped.join("")}"` : JSON.stringify(value);
  }
  if (typeof value === "number" && random.integer(2) === 0) return value.toExponential().toUpperCase();
  return JSON.stringify(value);
}
