import fc from "fast-check";
import { expect, it } from "vitest";
import { gapsIn } from "./timeline-head.ts";

const span = fc.tuple(fc.nat(100), fc.nat(40)).map(([from, length]) => ({ from, to: from + length }));

it("what is not in the data of a window is what no piece covers", () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 6 }), span, (spans, window) => {
      const gaps = gapsIn({ spans }, window);
      for (let time = window.from + 0.5; time < window.to; time++) {
        const covered = spans.some(({ from, to }) => from <= time && time <= to);
        expect(gaps.filter(({ from, to }) => from < time && time < to)).toHaveLength(covered ? 0 : 1);
      }
      for (const { from, to } of gaps) {
        expect(from).toBeGreaterThanOrEqual(window.from);
        expect(to).toBeLessThanOrEqual(window.to);
      }
    }),
  );
  expect(gapsIn({}, { from: 0, to: 1 })).toEqual([]);
});
