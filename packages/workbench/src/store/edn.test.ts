import { expect, it } from "vitest";
import { Float, Keyword, toEdn, toPrettyEdn } from "./edn.ts";

it("writes values on one line", () => {
  const value = {
    "ok?": true,
    list: [1, -2.5, null, 'a"b\\\n'],
    "two words": {},
    "4x": undefined,
    k: new Keyword("ok"),
  };
  expect(toEdn(value)).toBe(
    ':ok? true, :list [1 -2.5 nil "a\\"b\\\\\\n"], "two words" {}, :k :ok'.replace(/^(.*)$/s, "{$1}"),
  );
});

it("writes maps with keys as they are, and sets", () => {
  const grudge = new Map([["n3", new Set(["n2", "n4"])]]);
  expect(toEdn([new Keyword("isolated"), grudge])).toBe('[:isolated {"n3" #{"n2" "n4"}}]');
  const wide = new Map(
    Array.from({ length: 4 }, (_, i) => [`node-${i}`, new Set(["a".repeat(10), "b".repeat(10)])]),
  );
  expect(toPrettyEdn(wide).split("\n")[1]).toBe(` "node-1" #{"${"a".repeat(10)}" "${"b".repeat(10)}"},`);
});

it("writes floats with a point", () => {
  expect(toEdn([new Float(1), new Float(0.5), 1])).toBe("[1.0 0.5 1]");
});

it("breaks what does not fit in 80 columns, each entry under the one before", () => {
  const part = { "valid?": true, "some-rather-long-name": 1234567890 };
  expect(toPrettyEdn({ first: part, second: part, "valid?": true })).toBe(
    [
      "{:first {:valid? true, :some-rather-long-name 1234567890},",
      " :second {:valid? true, :some-rather-long-name 1234567890},",
      " :valid? true}",
    ].join("\n"),
  );
});
