import type { NodeLog } from "@eddy/workbench/pictures";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  chosenRows,
  type LogRows,
  leftOutHere,
  logRows,
  nearestRow,
  rowAtTime,
  rowsInSight,
} from "./log-lines.ts";

const times = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.array(fc.nat(50), { maxLength: 20 }).map((some) => some.sort((a, b) => a - b)),
  },
  { weight: 5, arbitrary: fc.array(fc.oneof(fc.constant(-1), fc.nat(50)), { maxLength: 20 }) },
  { weight: 1, arbitrary: fc.array(fc.constant(-1), { maxLength: 10 }) },
);

/** Logs of a few nodes; clocks may go back, and lines may be without a time anywhere. */
const logs: fc.Arbitrary<NodeLog[]> = fc
  .array(fc.tuple(times, fc.nat(3), fc.nat(25)), { maxLength: 4 })
  .map((all) =>
    all.map(([times, leftOut, leftOutAfter], n) => ({
      node: `n${n}`,
      lines: times.map((_, line) => `line ${line}`),
      ...{ times, leftOut, leftOutAfter: Math.min(leftOutAfter, times.length) },
    })),
  );

const all = (): boolean => true;
const list = ({ logs, lines, times }: LogRows) =>
  [...logs].map((log, row) => ({ log, line: lines[row] ?? -9, time: times[row] ?? -9 }));

describe("the lines of all logs", () => {
  it("are there once each, those of one log in its order, and what is left out where it was", () => {
    fc.assert(
      fc.property(logs, (logs) => {
        const rows = list(logRows(logs, all));
        for (const [n, { lines, leftOut, leftOutAfter }] of logs.entries()) {
          const expected = [...lines.keys()];
          if (leftOut > 0) expected.splice(leftOutAfter, 0, leftOutHere);
          expect(rows.filter(({ log }) => log === n).map(({ line }) => line)).toEqual(expected);
        }
        expect(rows.every(({ log }) => log < logs.length)).toBe(true);
      }),
    );
  });

  it("are in the order of time: what goes back stays behind, what has no time stands where it stood", () => {
    fc.assert(
      fc.property(logs, (logs) => {
        const rows = list(logRows(logs, all));
        for (const [i, { time }] of rows.entries())
          expect(time).toBeGreaterThanOrEqual(rows[i - 1]?.time ?? -1);
        for (const { log, line, time } of rows) {
          if (line === leftOutHere) continue;
          const { times = [] } = logs[log] ?? {};
          const before = times.slice(0, line + 1).filter((one) => one >= 0);
          const first = times.find((one) => one >= 0) ?? -1;
          expect(time).toBe(before.length > 0 ? Math.max(...before) : first);
        }
      }),
    );
  });

  it("are those of the nodes that were chosen", () => {
    fc.assert(
      fc.property(logs, fc.nat(15), (logs, mask) => {
        const chosen = (log: number): boolean => ((mask >> log) & 1) === 1;
        const rows = list(logRows(logs, chosen));
        expect(rows).toEqual(list(logRows(logs, all)).filter(({ log }) => chosen(log)));
      }),
    );
  });

  it("can be picked out by their places", () => {
    fc.assert(
      fc.property(logs, fc.func(fc.boolean()), (logs, wanted) => {
        const rows = logRows(logs, all);
        const places = [...rows.lines.keys()].filter((row) => wanted(row));
        expect(list(chosenRows(rows, places))).toEqual(list(rows).filter((_, row) => places.includes(row)));
      }),
    );
  });

  it("are found by time, and the nearest by looking at each", () => {
    fc.assert(
      fc.property(
        logs,
        fc.nat(600).map((tenths) => tenths / 10),
        (logs, time) => {
          const rows = logRows(logs, all);
          const each = list(rows);
          const first = each.findIndex((row) => row.time >= time);
          expect(rowAtTime(rows, time)).toBe(first < 0 ? each.length : first);
          const timed = each.map((row, place) => ({ ...row, place })).filter((row) => row.time >= 0);
          const [nearest] = timed.sort(
            (a, b) => Math.abs(a.time - time) - Math.abs(b.time - time) || a.place - b.place,
          );
          expect(nearestRow(rows, time)).toBe(nearest?.place);
        },
      ),
    );
  });
});

describe("the rows in sight", () => {
  it("are all that can be seen, few others, and never more than there are", () => {
    fc.assert(
      fc.property(
        fc.nat(200_000),
        fc.nat(5_000_000),
        fc.integer({ min: 1, max: 2_000 }),
        (count, scroll, height) => {
          const { first, after } = rowsInSight(count, { scroll, height, rowHeight: 22 });
          expect(first).toBeGreaterThanOrEqual(0);
          expect(after).toBeLessThanOrEqual(count);
          expect(after).toBeGreaterThanOrEqual(first);
          expect(after - first).toBeLessThanOrEqual(height / 22 + 18);
          const seen = (row: number): boolean => row * 22 < scroll + height && (row + 1) * 22 > scroll;
          for (const row of [Math.floor(scroll / 22), Math.floor((scroll + height - 1) / 22)]) {
            if (row < count && seen(row)) expect(row >= first && row < after).toBe(true);
          }
        },
      ),
    );
  });
});
