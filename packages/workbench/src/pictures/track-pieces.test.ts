import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf, type Drawn, histories } from "../../test/timelines.ts";
import { type Frame, xOf } from "./frame.ts";
import { eachPiece, narrowest } from "./track-pieces.ts";
import { type Tracks, touching, tracksOf } from "./tracks.ts";

const frames: fc.Arbitrary<Frame> = fc
  .tuple(fc.nat(900), fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 60, max: 6000 })))
  .map(([from, length]) => ({ width: 300, height: 100, left: 40, right: 20, from, to: from + length }));

interface Piece {
  readonly place?: number;
  readonly from: number;
  readonly to: number;
  readonly severity: number;
}

function piecesOf(tracks: Tracks, track: number, frame: Frame): { pieces: Piece[]; shared: boolean } {
  const pieces: Piece[] = [];
  const shared = eachPiece(tracks, track, frame, {
    bar: (place, from, to) => pieces.push({ place, from, to, severity: tracks.severities[place] ?? 0 }),
    run: (from, to, severity) => pieces.push({ from, to, severity }),
  });
  return { pieces, shared };
}

/** Each track of a history, with where each of its operations lies. */
function tracksIn(drawn: Drawn, frame: Frame) {
  const tracks = tracksOf(columnsOf(drawn), "worker");
  return tracks.labels.map((_, track) => {
    const { first, after } = touching(tracks, track, frame.from, frame.to);
    const operations = Array.from({ length: after - first }, (_, i) => ({
      place: first + i,
      x0: xOf(frame, tracks.starts[first + i] ?? 0),
      x1: xOf(frame, tracks.ends[first + i] ?? 0),
      severity: tracks.severities[first + i] ?? 0,
    }));
    return { ...piecesOf(tracks, track, frame), operations };
  });
}

/** What is seen in the px `x`, when later pieces lie on earlier ones. */
function seen(pieces: readonly Piece[], x: number): number | undefined {
  return pieces.findLast(({ from, to }) => Math.floor(from) <= x && x < Math.ceil(to))?.severity;
}

describe("the pieces of a track", () => {
  it("show the worst ending of all that begins in a px, in this px", () => {
    fc.assert(
      fc.property(histories, frames, (drawn, frame) => {
        for (const { pieces, operations } of tracksIn(drawn, frame)) {
          for (const { x0, severity } of operations) {
            if (x0 < frame.left || x0 > frame.width - frame.right) continue;
            expect(seen(pieces, Math.floor(x0))).toBeGreaterThanOrEqual(severity);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("are a bar for each operation that has room, and for no other", () => {
    fc.assert(
      fc.property(histories, frames, (drawn, frame) => {
        for (const { pieces, operations } of tracksIn(drawn, frame)) {
          const bars = pieces.filter(({ place }) => place !== undefined);
          const wide = operations.filter(({ x0, x1 }) => x1 - x0 >= narrowest);
          expect(bars.map(({ place }) => place)).toEqual(wide.map(({ place }) => place));
          for (const [i, { x0, x1 }] of wide.entries()) {
            expect(bars[i]?.from).toBeCloseTo(x0, 6);
            expect(bars[i]?.to).toBeCloseTo(x1, 6);
          }
        }
      }),
    );
  });

  it("cover, by runs, the px of what is narrow, each with the worst of them, unless a worse bar begins there", () => {
    fc.assert(
      fc.property(histories, frames, (drawn, frame) => {
        for (const { pieces, operations } of tracksIn(drawn, frame)) {
          const runs = pieces.filter(({ place }) => place === undefined);
          const places = Array.from({ length: frame.width - frame.right + 1 }, (_, x) => x);
          const expected = places.map((x) => {
            const narrow = operations.filter(({ x0, x1 }) => {
              const a = Math.max(Math.floor(x0), 0);
              return x1 - x0 < narrowest && a <= x && x < Math.max(a + narrowest, Math.ceil(x1));
            });
            if (narrow.length === 0) return undefined;
            const worst = Math.max(...narrow.map((one) => one.severity));
            const worseBar = operations.some(
              ({ x0, x1, severity }) =>
                x1 - x0 >= narrowest && severity > worst && [Math.floor(x0), Math.floor(x0) + 1].includes(x),
            );
            return worseBar ? undefined : worst;
          });
          expect(places.map((x) => seen(runs, x))).toEqual(expected);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("are runs that neither touch nor lie on each other where they look alike", () => {
    fc.assert(
      fc.property(histories, frames, (drawn, frame) => {
        for (const { pieces } of tracksIn(drawn, frame)) {
          const runs = pieces.filter(({ place }) => place === undefined);
          for (const [i, { from, to, severity }] of runs.entries()) {
            expect(to).toBeGreaterThan(from);
            const before = runs[i - 1];
            if (before === undefined) continue;
            expect(from).toBeGreaterThanOrEqual(before.to);
            if (before.severity === severity) expect(from).toBeGreaterThan(before.to);
          }
        }
      }),
    );
  });

  it("tell whether narrow operations share a px", () => {
    fc.assert(
      fc.property(histories, frames, (drawn, frame) => {
        for (const { operations, shared } of tracksIn(drawn, frame)) {
          const columns = operations
            .filter(({ x0, x1 }) => x1 - x0 < narrowest)
            .flatMap(({ x0, x1 }) => {
              const a = Math.max(Math.floor(x0), 0);
              const b = Math.min(Math.max(a + narrowest, Math.ceil(x1)), frame.width - frame.right + 1);
              return Array.from({ length: Math.max(b - a, 0) }, (_, i) => a + i);
            });
          expect(shared).toBe(new Set(columns).size < columns.length);
        }
      }),
    );
  });

  it("let no success hide a failure among a hundred thousand", () => {
    const operations = Array.from({ length: 100_000 }, (_, i) => ({
      ...{ process: 0, start: i * 10, end: i * 10 + 9 },
      ending: i === 43_210 ? "f" : i === 50_000 ? "i" : "o",
    }));
    const tracks = tracksOf(columnsOf({ concurrency: 1, operations }), "process");
    const frame = { width: 1096, height: 100, left: 76, right: 20, from: 0, to: 1_000_000 };
    const { pieces, shared } = piecesOf(tracks, 0, frame);
    expect(shared).toBe(true);
    expect(pieces.map(({ from, to, severity }) => [from, to, severity])).toEqual([
      [76, 508, 0],
      [508, 510, 2],
      [510, 576, 0],
      [576, 578, 3],
      [578, 1077, 0],
    ]);
  });
});
