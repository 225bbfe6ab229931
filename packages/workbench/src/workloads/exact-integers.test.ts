import fc from "fast-check";
import { expect, it } from "vitest";
import { toBytes } from "../network/bytes.ts";
import { draft } from "../network/message.ts";
import { exactField } from "./exact-integers.ts";

/** A message whose body has this JSON as its field `id`. */
const message = (json: string) => ({
  ...draft("n0", "c0", {}),
  id: 0,
  text: toBytes(`{"type":"generate_ok","more":[1,{"id":2}],"id":${json},"in_reply_to":1}`),
  body: JSON.parse(`{"id":${json}}`),
});

it("leaves what JSON.parse reads exactly as it is", () => {
  const value = fc.jsonValue({ maxDepth: 3 });
  fc.assert(
    fc.property(
      value,
      fc.string({ minLength: 16, unit: fc.constantFrom("1", '"', "\\", "é", ":", "-") }),
      (id, text) => {
        const json = JSON.stringify([id, text, { [text]: text }]);
        const exact = json.replaceAll(/"(?:[^"\\]|\\.)*"/g, "").match(/\d{16}/) === null;
        if (exact) expect(exactField(message(json), "id")).toEqual(JSON.parse(json));
      },
    ),
  );
});

it("tells integers apart that a number cannot, wherever they stand", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }),
      fc.integer({ min: 1, max: 3 }),
      (id, more) => {
        const one = exactField(message(`{"a":[${id},"x"]}`), "id");
        const other = exactField(message(`{"a":[${id + BigInt(more)},"x"]}`), "id");
        expect(one).not.toEqual(other);
        const safe = Number.isSafeInteger(Number(id));
        expect(one).toEqual({ a: [safe ? Number(id) : `${id}`, "x"] });
      },
    ),
  );
});

it.each([
  ["9007199254740991", 9007199254740991],
  ["9007199254740993", "9007199254740993"],
  [" -9007199254740993 ", "-9007199254740993"],
  ["9007199254740993.5", 9007199254740994],
  ["10000000000000000001e3", 1e22],
  ['"9007199254740993"', "9007199254740993"],
  ['{"é":["ü\\\\",9007199254740993]}', { é: ["ü\\", "9007199254740993"] }],
  ['"\\"9007199254740993"', '"9007199254740993'],
])("reads %s as %j", (json, value) => {
  expect(exactField(message(json), "id")).toEqual(value);
});
