import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashOf, placeOf } from "./place-in-hash.ts";
import { sampleMessages, sampleOperations, sampleRun } from "./sample-run.ts";

const span = fc
  .tuple(fc.integer({ min: 0, max: 1e15 }), fc.integer({ min: 1, max: 1e15 }))
  .map(([from, length]) => ({ from, to: from + length }));

describe("a place in the address", () => {
  const run = sampleRun({
    operations: sampleOperations([0, 1, 2, 3].map((n) => ({ from: n, to: n + 1 }))),
    messages: sampleMessages([4, 9, 4, 4, 12]),
  });
  const selection = fc.oneof(
    fc.record({ kind: fc.constant("operation" as const), row: fc.integer({ min: 0, max: 3 }) }),
    fc.record({ kind: fc.constant("message" as const), row: fc.integer({ min: 0, max: 4 }) }),
  );

  it("is found again, to the ns", () => {
    const place = fc.record({ window: span, selected: selection }, { requiredKeys: [] });
    fc.assert(
      fc.property(place, (place) => {
        expect(placeOf(run, `#${hashOf(run, place)}`)).toEqual(place);
      }),
    );
  });

  it("is empty for the whole run", () => {
    expect(hashOf(run, {})).toBe("");
    expect(placeOf(run, "")).toEqual({});
  });

  it("reads like what it is", () => {
    const window = { from: 3_200_000_000, to: 5_000_000_001 };
    expect(hashOf(run, { window, selected: { kind: "message", row: 2 } })).toBe(
      "from=3.2&to=5.000000001&message=4.2",
    );
    expect(hashOf(run, { selected: { kind: "operation", row: 1 } })).toBe("operation=2");
    expect(hashOf(run, { selected: { kind: "message", row: 1 } })).toBe("message=9");
  });

  it("needs nothing but a part before the point", () => {
    expect(placeOf(run, "#from=4&to=6")).toEqual({ window: { from: 4e9, to: 6e9 } });
  });

  it.each([
    "#from=5&to=4",
    "#from=4",
    "#from=-1&to=1e3",
    "#from=NaN&to=Infinity",
    "#operation=1",
    "#operation=",
    "#operation=x",
    "#message=5",
    "#message=4.4",
    "#message=4.0.1",
    "#message=",
    "#section-timeline",
    "#%",
    "#%E0%A4%A&from=%",
  ])("passes over what is none: %s", (hash) => expect(placeOf(run, hash)).toEqual({}));

  it("takes any text for a hash", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => placeOf(run, text)).not.toThrow();
      }),
    );
  });

  it("names nothing that is not there", () => {
    expect(hashOf(run, { selected: { kind: "operation", row: 99 } })).toBe("");
    expect(hashOf(run, { selected: { kind: "message", row: 99 } })).toBe("");
  });
});
