import fc from "fast-check";
import { expect, it } from "vitest";
import { isInit, parseMessage } from "./message.ts";

it("reads a message, whatever else is on the line", () => {
  const line = '{"id":7,"src":"c1","dest":"n1","body":{"type":"echo","msg_id":0,"echo":[1,{"__proto__":2}]}}';
  const body = JSON.parse('{"type":"echo","msg_id":0,"echo":[1,{"__proto__":2}]}');
  expect(parseMessage(line)).toEqual({ src: "c1", dest: "n1", body });
});

it.each([
  ["", "it is not JSON"],
  ["{", "it is not JSON"],
  ["[]", "it is not a JSON object"],
  ["null", "it is not a JSON object"],
  ['{"dest":"n1","body":{"type":"a"}}', 'its "src" is not a string'],
  ['{"src":"c1","dest":1,"body":{"type":"a"}}', 'its "dest" is not a string'],
  ['{"src":"c1","dest":"n1","body":[]}', 'its "body" is not an object'],
  ['{"src":"c1","dest":"n1","body":{}}', 'its body has no "type"'],
  ['{"src":"c1","dest":"n1","body":{"type":"a","msg_id":1.5}}', '"msg_id" is not an integer, or beyond 2^53'],
  ['{"src":"c1","dest":"n1","body":{"type":"a","msg_id":"1"}}', '"msg_id" is not an integer, or beyond 2^53'],
  [
    '{"src":"c1","dest":"n1","body":{"type":"a","in_reply_to":null}}',
    '"in_reply_to" is not an integer, or beyond 2^53',
  ],
])("says what is wrong with %j", (line, problem) => {
  expect(parseMessage(line)).toBe(problem);
});

it("never throws, on any line", () => {
  const almost = fc.json().map((body) => `{"src":"c1","dest":"n1","body":${body}}`);
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json(), almost), (line) => {
      const message = parseMessage(line);
      expect(typeof message === "string" || typeof message.body.type === "string").toBe(true);
    }),
  );
});

it("knows an init by its fields", () => {
  expect(isInit({ type: "init", node_id: "n1", node_ids: ["n1", "n2"] })).toBe(true);
  expect(isInit({ type: "init", node_id: "n1", node_ids: ["n1", 2] })).toBe(false);
  expect(isInit({ type: "init", node_id: 1, node_ids: [] })).toBe(false);
  expect(isInit({ type: "init" })).toBe(false);
});
