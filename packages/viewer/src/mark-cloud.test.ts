import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { opacities } from "./mark-cloud.ts";

const box = { x: 10, y: 20, width: 12, height: 9 };
const side = 3;
const byte = fc.integer({ min: 0, max: 255 });
const stamp = fc.array(byte, { minLength: side * side, maxLength: side * side });
const corner = fc.tuple(fc.integer({ min: 10, max: 19 }), fc.integer({ min: 20, max: 26 }));

describe("opacities", () => {
  it("lays one mark over the other, as a canvas does", () => {
    fc.assert(
      fc.property(stamp, fc.array(corner, { maxLength: 6 }), (alpha, corners) => {
        const plane = opacities(
          { side, alpha: Uint8Array.from(alpha) },
          Int32Array.from(corners.flat()),
          box,
        );
        for (let y = 0; y < box.height; y += 1) {
          for (let x = 0; x < box.width; x += 1) {
            let clear = 1;
            for (const [left, top] of corners) {
              const [dx, dy] = [x + box.x - left, y + box.y - top];
              if (dx >= 0 && dy >= 0 && dx < side && dy < side)
                clear *= 1 - (alpha[dy * side + dx] ?? 0) / 255;
            }
            // Each mark is rounded to a byte.
            expect(Math.abs((plane[y * box.width + x] ?? 0) - (1 - clear) * 255)).toBeLessThanOrEqual(
              corners.length / 2 + 0.01,
            );
          }
        }
      }),
    );
  });

  it("leaves out marks that do not lie in the box as a whole", () => {
    const alpha = new Uint8Array(side * side).fill(255);
    const outside = Int32Array.from([9, 22, 20, 22, 12, 19, 12, 27]);
    expect(opacities({ side, alpha }, outside, box).every((opacity) => opacity === 0)).toBe(true);
  });
});
