import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf, type Drawn, histories, overlapping } from "../../test/timelines.ts";
import { firstWhere, placeOf, severityOf, touching, tracksOf, workersOf } from "./tracks.ts";

describe("tracks", () => {
  const groupings = fc.constantFrom("worker" as const, "process" as const);

  it("hold every operation exactly once, in the order of time, and never two at a time", () => {
    fc.assert(
      fc.property(fc.oneof(histories, overlapping), groupings, (drawn, grouping) => {
        const run = columnsOf(drawn);
        const tracks = tracksOf(run, grouping);
        expect([...tracks.rows].sort((a, b) => a - b)).toEqual(run.operations.start.map((_, row) => row));
        expect(tracks.firsts[0]).toBe(0);
        expect(tracks.firsts.at(-1)).toBe(tracks.rows.length);
        for (let track = 0; track < tracks.labels.length; track++) {
          const [begin = 0, end = 0] = tracks.firsts.slice(track, track + 2);
          expect(end).toBeGreaterThan(begin);
          for (let place = begin + 1; place < end; place++) {
            expect(tracks.starts[place]).toBeGreaterThanOrEqual(tracks.ends[place - 1] ?? 0);
          }
        }
      }),
    );
  });

  it("are those of the workers, or of the processes, in order", () => {
    fc.assert(
      fc.property(histories, groupings, (drawn, grouping) => {
        const run = columnsOf(drawn);
        const tracks = tracksOf(run, grouping);
        const key = (process: number) => (grouping === "worker" ? process % drawn.concurrency : process);
        const keys = new Set(drawn.operations.map(({ process }) => key(process)));
        expect(tracks.labels).toEqual([...keys].sort((a, b) => a - b).map(String));
        for (const [row, { process }] of drawn.operations.entries()) {
          const { track = -1 } = placeOf(tracks, row) ?? {};
          expect(tracks.labels[track]).toBe(`${key(process)}`);
        }
      }),
    );
  });

  it("keep start, end and ending of what they hold; what did not end lasts as long as the run", () => {
    fc.assert(
      fc.property(histories, groupings, (drawn, grouping) => {
        const run = columnsOf(drawn);
        const tracks = tracksOf(run, grouping);
        for (const [place, row] of tracks.rows.entries()) {
          const { start, end, ending } = drawn.operations[row] ?? { start: -1, end: -1, ending: "" };
          expect(tracks.starts[place]).toBe(start);
          expect(tracks.ends[place]).toBe(end < 0 ? run.end : end);
          expect(tracks.severities[place]).toBe(severityOf(ending));
        }
      }),
    );
  });

  it("hold only the rows that are asked for", () => {
    fc.assert(
      fc.property(histories, fc.func(fc.boolean()), (drawn, wanted) => {
        const run = columnsOf(drawn);
        const rows = drawn.operations.map((_, row) => row).filter((row) => wanted(row));
        const tracks = tracksOf(run, "process", rows);
        expect([...tracks.rows].sort((a, b) => a - b)).toEqual(rows);
        expect(new Set(tracks.labels)).toEqual(
          new Set(rows.map((row) => `${drawn.operations[row]?.process}`)),
        );
        for (const [row] of drawn.operations.entries()) {
          expect(placeOf(tracks, row) === undefined).toBe(!rows.includes(row));
        }
      }),
    );
  });

  it("are one for each process where nobody says how many workers there were", () => {
    const operations = [0, 5, 10].map((process) => ({ process, start: process, end: process, ending: "o" }));
    const run = columnsOf({ concurrency: 5, operations });
    expect(tracksOf(run, "worker").labels).toEqual(["0"]);
    for (const concurrency of [undefined, 0, -1, 1.5, "5", Number.NaN]) {
      expect(workersOf({ options: { concurrency } })).toBeUndefined();
      expect(tracksOf({ ...run, options: { concurrency } }, "worker").labels).toEqual(["0", "5", "10"]);
    }
  });

  it("are two for a process that claims to do two things at once", () => {
    const operations = [
      { process: 3, start: 0, end: 10, ending: "o" },
      { process: 3, start: 5, end: 7, ending: "o" },
      { process: 4, start: 0, end: -1, ending: "?" },
    ];
    const tracks = tracksOf(columnsOf({ concurrency: 5, operations }), "process");
    expect(tracks.labels).toEqual(["3", "3 (2)", "4"]);
  });
});

describe("a piece of time", () => {
  it("is touched by the operations that a look at each one finds", () => {
    fc.assert(
      fc.property(histories, fc.nat(1200), fc.nat(300), fc.nat(100), (drawn: Drawn, from, length, chosen) => {
        const tracks = tracksOf(columnsOf(drawn), "worker");
        // Also from the end of an operation to the beginning of another.
        const exact = [from, ...tracks.ends][chosen % (tracks.ends.length + 1)] ?? from;
        const to = [from + length, ...tracks.starts][chosen % (tracks.starts.length + 1)] ?? from;
        for (const [a, b] of [
          [from, from + length],
          [exact, exact + length],
          [Math.min(from, to), to],
        ] as const) {
          for (let track = 0; track < tracks.labels.length; track++) {
            const [begin = 0, end = 0] = tracks.firsts.slice(track, track + 2);
            const all = Array.from({ length: end - begin }, (_, i) => begin + i);
            const { first, after } = touching(tracks, track, a, b);
            expect(all.filter((place) => place >= first && place < after)).toEqual(
              all.filter((i) => (tracks.ends[i] ?? 0) >= a && (tracks.starts[i] ?? 0) <= b),
            );
          }
        }
      }),
    );
  });

  it("is found by halving", () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.nat(120), (begin, length, place) => {
        const expected = Math.min(Math.max(place, begin), begin + length);
        expect(firstWhere(begin, begin + length, (i) => i >= place)).toBe(expected);
      }),
    );
  });
});
