import type { Bins } from "@eddy/workbench/pictures";
import fc from "fast-check";
import { expect, test } from "vitest";
import { latencyExtremes, mostInBin, reaching } from "./same-scale.ts";

const counts = (length: number) => fc.array(fc.nat(50), { minLength: length, maxLength: length });
const latencies = (length: number) =>
  fc.array(fc.oneof(fc.constantFrom(-1, -1, 0), fc.integer({ min: 1, max: 1e9 })), {
    minLength: length,
    maxLength: length,
  });

const bins: fc.Arbitrary<Bins> = fc
  .tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 12 }))
  .chain(([functions, length]) =>
    fc.record({
      from: fc.constantFrom(0, 2e9),
      width: fc.constantFrom(1e8, 1e9),
      functions: fc.constant(["read", "write"].slice(0, functions)),
      series: fc.array(
        fc.record({
          ok: counts(length),
          fail: counts(length),
          info: fc.constant(Array<number>(length).fill(0)),
          latencies: fc.array(latencies(length), { minLength: 4, maxLength: 4 }),
        }),
        { minLength: functions, maxLength: functions },
      ),
    }),
  );

const rate = (one: Bins): number => mostInBin(one) / one.width;

test("both have room for both, and no more", () => {
  fc.assert(
    fc.property(bins, bins, (a, b) => {
      const both = [reaching(a, b, 12e9), reaching(b, a, 12e9)];
      for (const one of both) {
        // Where nothing happened there is nothing to compare.
        if (mostInBin(a) > 0 && mostInBin(b) > 0)
          expect(rate(one)).toBeCloseTo(Math.max(rate(a), rate(b)), 15);
        expect(latencyExtremes(one)).toEqual(latencyExtremes({ ...a, series: [...a.series, ...b.series] }));
      }
    }),
  );
});

test("what can be seen stays as it was, and no line leads out of it", () => {
  fc.assert(
    fc.property(bins, bins, fc.integer({ min: 0, max: 30 }), (a, b, seconds) => {
      const [end, { from = 0, width }] = [seconds * 1e9, a];
      const more = reaching(a, b, end);
      for (const [f, { ok, fail, info, latencies: columns }] of a.series.entries()) {
        const there = more.series[f];
        const pairs = [
          [ok, there?.ok, 0],
          [fail, there?.fail, 0],
          [info, there?.info, 0],
        ] as const;
        const quantiles = columns.map((column, q) => [column, there?.latencies[q], -1] as const);
        for (const [before, after = [], nothing] of [...pairs, ...quantiles]) {
          expect(after.slice(0, before.length)).toEqual(before);
          const added = after.length - 1;
          if (added < before.length) continue;
          expect(from + added * width).toBeGreaterThanOrEqual(end + width - from);
          expect(after.slice(before.length, added).every((value) => value === nothing)).toBe(true);
          expect(added).toBeGreaterThan(before.length);
          expect(added).toBeLessThanOrEqual(Math.max(Math.ceil((end - from) / width), ok.length) + 1);
        }
      }
    }),
  );
});

test("a way to end that does not occur is not added", () => {
  const none = { ok: [0], fail: [0], info: [0], latencies: [[-1], [-1], [-1], [-1]] };
  const some = { ...none, ok: [5], latencies: [[1], [2], [3], [4]] };
  const width = 1e9;
  const [empty, full] = [none, some].map((one): Bins => ({ width, functions: ["read"], series: [one] }));
  if (!empty || !full) throw new Error("two were made");
  const { ok, fail, info } = reaching(empty, full, 5e9).series[0] ?? none;
  expect([...ok, ...fail, ...info].every((count) => count === 0)).toBe(true);
  expect([latencyExtremes(empty), latencyExtremes(full)]).toEqual([
    undefined,
    { zero: false, least: 1, largest: 4 },
  ]);
  expect(mostInBin({ width, functions: ["read"], series: [{ ...some, fail: [9], info: [7] }] })).toBe(9);
  expect(reaching(full, empty, 5e9).series[0]?.latencies).toEqual(some.latencies);
});
