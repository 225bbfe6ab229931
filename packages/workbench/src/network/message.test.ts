import fc from "fast-check";
import { expect, it } from "vitest";
import { fromBytes, toBytes } from "./bytes.ts";
import { draft, parseDraft, toLine } from "./message.ts";

it("keeps the body as it was written", () => {
  const text =
    '{ "type":"echo", "echo":12345678901234567890, "s":"\\u00e4\\"}]{[,:", "nested":[{"body":1},[]] }';
  const line = `{"body": ${text} ,"src":"n0","id":3, "dest":"c1"}`;
  expect(parseDraft(line)).toMatchObject({ src: "n0", dest: "c1", text, body: { type: "echo" } });
});

it.each([
  ["", "is empty"],
  [" \t", "is empty"],
  ["hello", "is not JSON"],
  ['\xef\xbb\xbf{"src":"n0","dest":"c1","body":{}}', "begins with a byte order mark"],
  ["[1]", "is not a JSON object"],
  ['{"dest":"c1","body":{}}', 'has no "src"'],
  ['{"src":1,"dest":"c1","body":{}}', 'has a "src" that is not a string'],
  ['{"src":"n0","body":{}}', 'has no "dest"'],
  ['{"src":"n0","dest":null,"body":{}}', 'has a "dest" that is not a string'],
  ['{"src":"n0","dest":"c1"}', 'has no "body"'],
  ['{"src":"n0","dest":"c1","body":[]}', 'has a "body" that is not an object'],
  ['{"src":"n0","dest":"c1","body":{},"id":"x"}', 'has an "id" that is not an integer'],
  ['{"src":"n0","dest":"c1","body":{},"extra":1}', 'has a field "extra" beside "src", "dest" and "body"'],
])("says what is wrong with %j", (line, problem) => {
  expect(parseDraft(line)).toBe(problem);
});

it("cuts any body out of any line, in any order and layout", () => {
  const space = fc.constantFrom("", " ", "\t", "  ");
  const body = fc
    .dictionary(fc.string({ unit: "binary" }), fc.jsonValue())
    .map((value) => JSON.stringify(value));
  const key = fc.constantFrom('"body"', '"b\\u006fdy"');
  const fields = fc
    .tuple(fc.string(), fc.string(), key, body, space)
    .chain(([src, dest, bodyKey, text, s]) =>
      fc
        .shuffledSubarray(
          [
            `"src"${s}:${JSON.stringify(src)}`,
            `"dest":${s}${JSON.stringify(dest)}`,
            `${bodyKey}:${s}${text}${s}`,
          ],
          { minLength: 3 },
        )
        .map((parts) => ({ line: `${s}{${s}${parts.join(`${s},${s}`)}}`, src, dest, text })),
    );
  fc.assert(
    fc.property(fields, ({ line, src, dest, text }) => {
      expect(parseDraft(toBytes(line))).toEqual({ src, dest, text: toBytes(text), body: JSON.parse(text) });
    }),
    { numRuns: 1000 },
  );
});

it("takes bodies of up to 1000 levels", () => {
  const line = (levels: number) =>
    `{"src":"n0","dest":"c1","body":{"a":${"[".repeat(levels)}${"]".repeat(levels)}}}`;
  expect(parseDraft(line(999))).toMatchObject({ src: "n0" });
  expect(parseDraft(line(1000))).toBe("is nested more than 1000 levels deep");
  expect(parseDraft(line(100_000))).toBeTypeOf("string");
});

it("takes very long strings", () => {
  const text = `{"echo":"${"\\u0041x".repeat(4_000_000)}"}`;
  expect(parseDraft(`{"src":"n0","dest":"c1","body":${text}}`)).toMatchObject({ src: "n0" });
});

it("takes the last of two bodies, as JSON.parse does", () => {
  expect(parseDraft('{"body":{"a":1},"src":"n0","dest":"c1","body":{"b":2}}')).toMatchObject({
    text: '{"b":2}',
  });
});

it("never throws, on any line", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), (line) => {
      const draft = parseDraft(line);
      const keys = typeof draft === "string" ? [] : Object.keys(draft);
      expect(typeof draft === "string" ? draft : keys).toEqual(
        typeof draft === "string" ? expect.stringMatching(/^(is|has) /) : ["src", "dest", "text", "body"],
      );
    }),
  );
});

it("keeps bytes that are no UTF-8, and reads them as what JSON can have", () => {
  const text = '{"type":"x","raw":"\xff\xc3"}';
  expect(parseDraft(`{"src":"n0","dest":"c1","body":${text}}`)).toEqual({
    src: "n0",
    dest: "c1",
    text,
    body: { type: "x", raw: "\ufffd\ufffd" },
  });
});

it("makes a message of a body that comes from here", () => {
  expect(draft("c1", "n0", { type: "\u00e4" })).toEqual({
    src: "c1",
    dest: "n0",
    text: toBytes('{"type":"\u00e4"}'),
    body: { type: "\u00e4" },
  });
  expect(fromBytes(draft("c1", "n0", { type: "\u00e4" }).text)).toBe('{"type":"\u00e4"}');
});

it("reads what libraries print as they print it, with or without spaces", () => {
  const body = { type: "echo_ok", in_reply_to: 1, echo: '}"' };
  const draft = { src: "n0", dest: "c1", body };
  const spaced = '{"src": "n0", "dest": "c1", "body": {"type": "echo_ok", "in_reply_to": 1, "echo": "}\\""}}';
  for (const line of [JSON.stringify(draft), spaced, `${JSON.stringify(draft)}\r`]) {
    expect(parseDraft(line)).toMatchObject(draft);
  }
});

it("is not misled by what stands in strings", () => {
  for (const line of [
    '{"src":"n0","dest":"c1","body":{"a":"}"},"id":3}',
    '{"src":"n0","dest":"c1","body":{"a":"{\\"body\\":"},"id":3}',
  ]) {
    expect(parseDraft(line)).toMatchObject({ text: JSON.stringify(JSON.parse(line).body) });
  }
  expect(parseDraft('{"src":"n0","dest":"c1","body":{"a":1}} }')).toBe("is not JSON");
  expect(parseDraft('{"src":"n0","dest":"c1","body":{"a":1},"x":{}}')).toBe(
    'has a field "x" beside "src", "dest" and "body"',
  );
});

it("writes the line that a node gets", () => {
  const message = { id: 0, src: 'c"1', dest: "n0", text: '{"type": "x"}', body: { type: "x" } };
  expect(toLine(message)).toBe('{"id":0,"src":"c\\"1","dest":"n0","body":{"type": "x"}}\n');
});
