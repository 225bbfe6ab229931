import fc from "fast-check";
import { expect, it } from "vitest";
import { isIn, merged, pieceOf, slicesOf } from "./slices.ts";

const times = fc
  .array(fc.nat(1000), { maxLength: 200, size: "max" })
  .map((list) => list.sort((a, b) => a - b));

it("slices lie side by side from the beginning of the run to its end", () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.array(fc.nat(100), { minLength: 1, maxLength: 50 }), (end, counts) => {
      const slices = slicesOf(end, 100, counts);
      expect(slices).toHaveLength(counts.length);
      for (const [i, { from }] of slices.entries())
        expect(from).toBe(i === 0 ? 0 : (slices[i - 1]?.to ?? 0) + 1);
      expect(slices.at(-1)?.to).toBe(end);
    }),
  );
});

it("slices get a share so that all that is allowed is used, and no more", () => {
  fc.assert(
    fc.property(fc.nat(3000), fc.array(fc.nat(300), { minLength: 1, maxLength: 50 }), (limit, counts) => {
      const share = slicesOf(1000, limit, counts)[0]?.share ?? 0;
      const used = counts.reduce((sum, count) => sum + Math.min(count, share), 0);
      const all = counts.reduce((sum, count) => sum + count, 0);
      expect(used).toBeLessThanOrEqual(limit);
      expect(used).toBeGreaterThan(Math.min(limit, all) - counts.length);
    }),
  );
});

it("a piece holds all of its time, as much as the share allows, and something if there is anything", () => {
  const slice = fc.record({ from: fc.nat(500), length: fc.nat(500), share: fc.nat(40) });
  fc.assert(
    fc.property(times, slice, (times, { from, length, share }) => {
      const to = from + length;
      const after = times.filter((time) => time >= from);
      const { span, count } = pieceOf({ from, to, share }, after);
      const inside = (until: number): number => after.filter((time) => time <= until).length;
      expect(span.from).toBe(from);
      expect(span.to).toBeLessThanOrEqual(to);
      expect(count).toBe(inside(span.to));
      // Things of one moment stay together.
      const first = after.filter((time) => time === after[0]).length;
      expect(count).toBeLessThanOrEqual(Math.max(share, first));
      if (inside(to) > 0) expect(count).toBeGreaterThan(0);
      // A moment more would have been too much.
      if (span.to < to) expect(inside(span.to + 1)).toBeGreaterThan(share);
    }),
    { numRuns: 1000 },
  );
});

it("merged pieces cover the same times, are in order and do not touch", () => {
  const spans = fc.array(
    fc.tuple(fc.nat(60), fc.nat(9)).map(([from, length]) => ({ from, to: from + length })),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(spans, (spans) => {
      const together = merged(spans);
      for (let time = 0; time < 80; time++)
        expect(isIn(together, time)).toBe(spans.some(({ from, to }) => from <= time && time <= to));
      for (const [i, { from }] of together.entries())
        if (i > 0) expect(from).toBeGreaterThan((together[i - 1]?.to ?? 0) + 1);
    }),
  );
});
