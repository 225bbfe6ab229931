import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf, histories } from "../../test/timelines.ts";
import { type Frame, xOf } from "./frame.ts";
import { nearest, reach } from "./track-find.ts";
import { narrowest } from "./track-pieces.ts";
import { tracksOf } from "./tracks.ts";

const frames: fc.Arbitrary<Frame> = fc
  .tuple(fc.nat(900), fc.integer({ min: 1, max: 3000 }))
  .map(([from, length]) => ({ width: 300, height: 100, left: 40, right: 20, from, to: from + length }));

describe("the operation under the pointer", () => {
  it("is the one that a look at every operation finds", () => {
    fc.assert(
      fc.property(
        histories,
        frames,
        fc.double({ min: 30, max: 290, noNaN: true }),
        fc.nat(200),
        (drawn, frame, anywhere, at) => {
          const tracks = tracksOf(columnsOf(drawn), "worker");
          // Often close to where an operation begins.
          const start = tracks.starts[at];
          const x = start === undefined ? anywhere : xOf(frame, start) + (anywhere % 12) - 6;
          for (let track = 0; track < tracks.labels.length; track++) {
            const [begin = 0, end = 0] = tracks.firsts.slice(track, track + 2);
            const near = Array.from({ length: end - begin }, (_, i) => {
              const place = begin + i;
              const x0 = xOf(frame, tracks.starts[place] ?? 0);
              const x1 = Math.max(xOf(frame, tracks.ends[place] ?? 0), x0 + narrowest);
              const away = x < x0 ? x0 - x : x > x1 ? x - x1 : 0;
              return { place, away, severity: tracks.severities[place] ?? 0 };
            }).filter(({ away }) => away <= reach);
            const [expected] = near.sort(
              (a, b) =>
                (a.away <= 1 ? 0 : a.away) - (b.away <= 1 ? 0 : b.away) ||
                b.severity - a.severity ||
                a.away - b.away ||
                a.place - b.place,
            );
            expect(nearest(tracks, track, x, frame)).toBe(expected?.place);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
