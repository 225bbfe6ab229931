import { expect, it } from "vitest";
import { describeReply, mismatch, type Shape } from "./rpc.ts";

const shape: Shape = { type: "read_ok", fields: { value: "integer", name: "string", rest: "any" } };
const good = { type: "read_ok", value: 1, name: "x", rest: null, in_reply_to: 1 };

it.each([
  [good, undefined],
  [{ ...good, msg_id: 0 }, undefined],
  [{ value: 1 }, 'it has no "type"'],
  [{ ...good, type: "write_ok" }, 'its "type" is "write_ok", not "read_ok"'],
  [{ type: "read_ok" }, 'it has no "value"'],
  [{ ...good, value: "1" }, 'its "value" is "1": not an integer'],
  [{ ...good, value: 1.5 }, 'its "value" is 1.5: not an integer'],
  [{ ...good, name: null }, 'its "name" is null: not a string'],
  [{ ...good, msg_id: "a" }, 'its "msg_id" is not an integer'],
  [{ ...good, more: 1 }, 'it has a field "more", which such a reply does not have'],
])("compares %j with a shape", (body, problem) => {
  expect(mismatch(shape, body)).toBe(problem);
});

const nested: Shape = {
  type: "poll_ok",
  fields: {
    msgs: { map: { array: { tuple: ["integer", "any"] } } },
    names: { optional: { array: "string" } },
    rest: { optional: "any" },
  },
};
const poll = { type: "poll_ok", msgs: { k: [[0, null]], l: [] } };

it.each([
  [poll, undefined],
  [{ ...poll, names: [], rest: null }, undefined],
  [{ ...poll, names: ["a", "b"] }, undefined],
  [{ type: "poll_ok" }, 'it has no "msgs"'],
  [{ ...poll, msgs: [] }, 'its "msgs" is []: not an object'],
  [{ ...poll, msgs: null }, 'its "msgs" is null: not an object'],
  [{ ...poll, msgs: { k: [], l: 1 } }, 'its "msgs"["l"] is 1: not an array'],
  [{ ...poll, msgs: { k: [[1, 2], 3] } }, 'its "msgs"["k"][1] is 3: not an array'],
  [{ ...poll, msgs: { k: [[1]] } }, 'its "msgs"["k"][0] is [1]: not an array of 2'],
  [{ ...poll, msgs: { k: [[1, 2, 3]] } }, 'its "msgs"["k"][0] is [1,2,3]: not an array of 2'],
  [{ ...poll, msgs: { k: [["1", 2]] } }, 'its "msgs"["k"][0][0] is "1": not an integer'],
  [{ ...poll, names: null }, 'its "names" is null: not an array'],
  [{ ...poll, names: ["a", 2] }, 'its "names"[1] is 2: not a string'],
  [{ ...poll, more: 1 }, 'it has a field "more", which such a reply does not have'],
])("compares %j with a shape that has parts", (body, problem) => {
  expect(mismatch(nested, body)).toBe(problem);
});

it("lets an open shape have more fields", () => {
  expect(mismatch({ ...shape, open: true }, { ...good, more: 1 })).toBeUndefined();
});

it("describes a reply as it looks on the wire", () => {
  expect(describeReply(shape)).toBe(
    '{"type": "read_ok", "value": integer, "name": string, "rest": any, "in_reply_to": integer}',
  );
  expect(describeReply(nested)).toBe(
    '{"type": "poll_ok", "msgs": {string: [[integer, any], …], …}, "names"?: [string, …], "rest"?: any, "in_reply_to": integer}',
  );
});
