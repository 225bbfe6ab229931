import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spotsOf } from "./spots.ts";

const [width, height, looks] = [40, 30, 3];
const marks = fc.array(
  fc.tuple(
    fc.nat(width * 10 - 1).map((tenths) => tenths / 10),
    fc.nat(height * 10 - 1).map((tenths) => tenths / 10),
    fc.nat(looks - 1),
  ),
  { maxLength: 300 },
);

describe("spots", () => {
  it("have one mark for all that look alike and lie on the same pixel", () => {
    fc.assert(
      fc.property(marks, (all) => {
        const {
          places,
          marks: count,
          spot,
        } = spotsOf(width, height, looks, 10_000, (add) => {
          for (const mark of all) add(...mark);
        });
        const spotOf = (x: number, y: number, look: number): string =>
          `${Math.floor(x)} ${Math.floor(y)} ${look}`;
        const expected = new Set(all.map((mark) => spotOf(...mark)));
        const drawn = places.flatMap((at, look) =>
          at.flatMap((x, i) => (i % 2 === 0 ? [spotOf(x, at[i + 1] ?? 0, look)] : [])),
        );
        expect(new Set(drawn)).toEqual(expected);
        expect(drawn).toHaveLength(expected.size);
        expect(count).toBe(expected.size);
        expect(spot).toBe(1);
      }),
    );
  });

  it("become larger where there would be too many marks, and every mark has one near it", () => {
    fc.assert(
      fc.property(marks, fc.integer({ min: looks, max: 60 }), (all, most) => {
        const {
          places,
          marks: count,
          spot,
        } = spotsOf(width, height, looks, most, (add) => {
          for (const mark of all) if (!add(...mark)) return;
        });
        expect(count).toBeLessThanOrEqual(most);
        for (const [x, y, look] of all) {
          const at = places[look] ?? [];
          const near = at.some(
            (px, i) => i % 2 === 0 && Math.abs(px - x) <= spot && Math.abs((at[i + 1] ?? -99) - y) <= spot,
          );
          expect(near).toBe(true);
          expect(at.every((px, i) => all.some((mark) => mark[i % 2] === px))).toBe(true);
        }
      }),
    );
  });

  it("stay small where there are just as many marks as may be", () => {
    const drawn = spotsOf(width, height, looks, 2, (add) => {
      for (const x of [1, 5, 1, 5]) if (!add(x, 1, 0)) throw new Error("it stops too early");
    });
    expect(drawn).toEqual({ places: [[1, 1, 5, 1], [], []], marks: 2, spot: 1 });
  });

  it("refuses more looks than it can tell apart", () => {
    expect(() => spotsOf(1, 1, 33, 1, () => undefined)).toThrow(RangeError);
  });
});
