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

it("lets an open shape have more fields", () => {
  expect(mismatch({ ...shape, open: true }, { ...good, more: 1 })).toBeUndefined();
});

it("describes a reply as it looks on the wire", () => {
  expect(describeReply(shape)).toBe(
    '{"type": "read_ok", "value": integer, "name": string, "rest": any, "in_reply_to": integer}',
  );
});
