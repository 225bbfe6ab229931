import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gapsOf } from "./gaps.ts";

describe("gapsOf", () => {
  it("is nothing where nothing is missing", () => {
    expect(gapsOf(undefined, { from: 0, to: 9 })).toEqual([]);
    expect(gapsOf([{ from: 0, to: 9 }], { from: 2, to: 5 })).toEqual([]);
    expect(gapsOf([], { from: 2, to: 5 })).toEqual([{ from: 2, to: 5 }]);
  });

  it("holds just the times of the window that no span covers", () => {
    const cuts = fc
      .uniqueArray(fc.integer({ min: 0, max: 100 }), { maxLength: 10 })
      .map((times) => times.sort((a, b) => a - b));
    fc.assert(
      fc.property(
        cuts,
        fc.integer({ min: 0, max: 90 }),
        fc.integer({ min: 1, max: 30 }),
        (cuts, from, length) => {
          const spans = cuts.flatMap((to, i) => (i % 2 === 1 ? [{ from: cuts[i - 1] ?? 0, to }] : []));
          const window = { from, to: from + length };
          const gaps = gapsOf(spans, window);
          const covers = (list: readonly { from: number; to: number }[], time: number): boolean =>
            list.some((one) => one.from < time && time < one.to);
          for (let time = from + 0.5; time < window.to; time += 1)
            expect(covers(gaps, time)).toBe(!covers(spans, time));
          expect(
            gaps.every((gap) => gap.from >= window.from && gap.to <= window.to && gap.from < gap.to),
          ).toBe(true);
        },
      ),
    );
  });
});
