import fc from "fast-check";
import { expect, it } from "vitest";
import { Envelopes, openEnvelope } from "./envelope.ts";
import { parseMessage } from "./message.ts";

it("takes the usual lines apart, and leaves all others alone", () => {
  const body = '{"type":"echo"}';
  const opened = { src: "c1", dest: "lin-kv", body };
  expect(openEnvelope(`{"id":10,"src":"c1","dest":"lin-kv","body":${body}}`)).toEqual(opened);
  expect(openEnvelope(`{"src":"c1","dest":"lin-kv","body":${body}}`)).toEqual(opened);
  expect(openEnvelope(`{"body":${body},"src":"c1","dest":"n1"}`)).toBeUndefined();
  expect(openEnvelope(`{"src":"a-long-name-x","dest":"n1","body":${body}}`)).toBeUndefined();
});

it("reads a line of the usual form as it reads any other", () => {
  const ids = ["0", "7", "12345678901234567890", "01", "-1", "1.5", "", "x", "[1]", '"1"'];
  const starts = [
    ...ids.map((id) => `{"id":${id},"src":`),
    '{"src":',
    ' {"src":',
    '{"id":1"src":',
    '{"id":1;"src":',
    '["src":',
  ];
  const tail = fc.constantFrom("}", "} ", '},"body":{"type":"b"}}', '},"x":1}', "", "}}", ',"type":"c"}}');
  const start = fc.constantFrom(...starts);
  const name = fc.constantFrom(
    '"c1"',
    '"lin-kv"',
    '"_Z09zA"',
    '"a`{@["',
    '"a\\u0062"',
    '"\t"',
    '""',
    "1",
    '"123456789012"',
    '"1234567890123"',
  );
  const body = fc.oneof(fc.json(), fc.constantFrom('{"type":"a"', '{"type":"a","msg_id":1'));
  fc.assert(
    fc.property(start, name, name, body, tail, (start, src, dest, body, tail) => {
      const line = `${start}${src},"dest":${dest},"body":${body}${tail}`;
      // With a space in front it is not of the usual form.
      expect(parseMessage(line)).toEqual(parseMessage(` ${line}`));
    }),
    { numRuns: 3000 },
  );
});

it("begins a line with the names, whatever they are", () => {
  const envelopes = new Envelopes();
  const name = fc.oneof(fc.constantFrom("n1", "n2", "__proto__"), fc.string({ unit: "binary" }));
  fc.assert(
    fc.property(name, name, (src, dest) => {
      expect(JSON.parse(`${envelopes.start(src, dest)}{}}`)).toEqual({ src, dest, body: {} });
    }),
    { numRuns: 3000 },
  );
});
