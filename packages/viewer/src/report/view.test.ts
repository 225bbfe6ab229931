import { effect } from "@preact/signals";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleMessages, sampleOperations, sampleRun } from "./sample-run.ts";
import { shortest, spanOf, View } from "./view.ts";

const end = fc.integer({ min: 2_000, max: 1e12 });
const part = fc.double({ min: 0, max: 1, noNaN: true });
const factor = fc.double({ min: 0.01, max: 100, noNaN: true });
const any = fc.double({ min: -1e15, max: 1e15, noNaN: true });

/** A move of the window, by numbers that say how much. */
const moves = fc.array(
  fc.oneof(
    fc.tuple(fc.constant("show" as const), any, any),
    fc.tuple(fc.constant("pan" as const), any, any),
    fc.tuple(fc.constant("zoom" as const), factor, any),
  ),
  { maxLength: 12 },
);

function lengthOf(view: View): number {
  const { from, to } = view.window.value;
  return to - from;
}

describe("View", () => {
  it("never shows what lies outside the run, whatever is done", () => {
    fc.assert(
      fc.property(end, moves, (end, moves) => {
        const view = new View(sampleRun({ end }));
        for (const [move, a, b] of moves) {
          if (move === "show") view.show({ from: a, to: b });
          else if (move === "pan") view.pan(a);
          else view.zoom(a, b);
          const { from, to } = view.window.value;
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThanOrEqual(end);
          // Numbers of this size have places for a ten thousandth of a ns.
          expect(to - from).toBeGreaterThanOrEqual(Math.min(shortest, end) - 0.001);
        }
      }),
    );
  });

  it("shows what it is asked to show, when that is possible", () => {
    fc.assert(
      fc.property(end, part, part, (end, a, b) => {
        const span = { from: Math.floor(Math.min(a, b) * end), to: Math.ceil(Math.max(a, b) * end) };
        fc.pre(span.to - span.from >= shortest);
        const view = new View(sampleRun({ end }));
        view.show(span);
        expect(view.window.value).toEqual(span);
      }),
    );
  });

  it("keeps the time where it is around which it zooms, where there is room", () => {
    const view = new View(sampleRun({ end: 1e9 }));
    fc.assert(
      fc.property(part, fc.double({ min: 1, max: 50, noNaN: true }), (place, factor) => {
        view.show({ from: 2e8, to: 8e8 });
        const around = 2e8 + place * 6e8;
        view.zoom(factor, around);
        const { from, to } = view.window.value;
        expect((around - from) / (to - from)).toBeCloseTo(place, 6);
        expect(lengthOf(view)).toBeCloseTo(6e8 / factor, 3);
      }),
    );
  });

  it("comes as close as it may around the same time, when it is to come closer", () => {
    const view = new View(sampleRun({ end: 1e9 }));
    view.zoom(1e9, 5e8);
    expect(view.window.value).toEqual({ from: 5e8 - shortest / 2, to: 5e8 + shortest / 2 });
  });

  it("keeps how much it shows when it pans, also at the ends", () => {
    const view = new View(sampleRun({ end: 1e9 }));
    fc.assert(
      fc.property(any, (by) => {
        view.show({ from: 3e8, to: 5e8 });
        view.pan(by);
        expect(lengthOf(view)).toBeCloseTo(2e8, 3);
        expect(view.window.value.from).toBeCloseTo(Math.min(Math.max(3e8 + by, 0), 8e8), 3);
      }),
    );
  });

  it("shows the whole again for what is no piece of time", () => {
    const view = new View(sampleRun());
    view.show({ from: 1e8, to: 2e8 });
    view.show({ from: Number.NaN, to: 3 });
    expect(view.window.value).toEqual(view.whole);
  });

  it("reaches to the last thing that happened, or was mended", () => {
    const fault = { fault: "kill", text: "kill n0" };
    const whole = (faults: { from: number; to?: number }[]): number =>
      new View(sampleRun({ end: 10_000, faults: faults.map((one) => ({ ...fault, ...one })) })).whole.to;
    expect(whole([])).toBe(10_000);
    expect(whole([{ from: 5, to: 20_000 }])).toBe(20_000);
    expect(whole([{ from: 30_000 }])).toBe(30_000);
    expect(whole([{ from: 5, to: 20 }, { from: 6 }])).toBe(10_000);
    expect(new View(sampleRun({ end: 5 })).whole).toEqual({ from: 0, to: shortest });
    expect(new View(sampleRun({ end: 0 })).whole).toEqual({ from: 0, to: 1e9 });
  });

  it("brings what it reveals into the window, from beginning to end, large enough to be seen", () => {
    fc.assert(
      fc.property(end, part, part, part, part, (end, a, b, c, d) => {
        const span = { from: Math.floor(Math.min(a, b) * end), to: Math.ceil(Math.max(a, b) * end) };
        const view = new View(sampleRun({ end, operations: sampleOperations([span]) }));
        view.show({ from: Math.min(c, d) * end, to: Math.max(c, d) * end });
        view.reveal({ kind: "operation", row: 0 });
        const { from, to } = view.window.value;
        expect(from).toBeLessThanOrEqual(span.from);
        expect(to).toBeGreaterThanOrEqual(span.to);
        // Of pieces shorter than that nothing can be shown large.
        if (span.to - span.from > shortest)
          expect((span.to - span.from) / (to - from)).toBeGreaterThan(0.005);
        expect(view.selected.value).toEqual({ kind: "operation", row: 0 });
      }),
    );
  });

  it("shows what is too small with some time around it, though it is in sight already", () => {
    const operations = sampleOperations([{ from: 5e8, to: 5.01e8 }]);
    const view = new View(sampleRun({ operations }));
    view.reveal({ kind: "operation", row: 0 });
    expect(view.window.value).toEqual({ from: 4.92e8, to: 5.09e8 });
  });

  it("tells nobody of a change where there is none", () => {
    const view = new View(sampleRun());
    let told = 0;
    effect(() => {
      void view.window.value;
      told += 1;
    });
    view.show({ from: -5, to: 2e9 });
    expect(told).toBe(1);
    view.show({ from: 1, to: 5e8 });
    view.show({ from: 1, to: 5e8 });
    expect(told).toBe(2);
  });

  it("does not move for what is in sight already", () => {
    const operations = sampleOperations([{ from: 3e8, to: 4e8 }]);
    const view = new View(sampleRun({ operations }));
    view.show({ from: 1e8, to: 8e8 });
    view.reveal({ kind: "operation", row: 0 });
    expect(view.window.value).toEqual({ from: 1e8, to: 8e8 });
    view.select({ kind: "operation", row: 0 });
    expect(view.window.value).toEqual({ from: 1e8, to: 8e8 });
    expect(view.revealed.value).toBe(1);
  });

  it("brings the beginning of what is selected into the middle, when it is not in sight", () => {
    const operations = sampleOperations([{ from: 7e8, to: 9e8 }]);
    const view = new View(sampleRun({ operations }));
    view.show({ from: 1e8, to: 2e8 });
    view.select({ kind: "operation", row: 0 });
    expect(view.window.value).toEqual({ from: 6.5e8, to: 7.5e8 });
    expect(view.selected.value).toEqual({ kind: "operation", row: 0 });
    view.select(undefined);
    expect(view.selected.value).toBeUndefined();
    expect(view.window.value).toEqual({ from: 6.5e8, to: 7.5e8 });
  });

  it("shows a second around a moment, or as much as it showed before", () => {
    const view = new View(sampleRun({ end: 1e10 }));
    view.revealTime(4e9);
    expect(view.window.value).toEqual({ from: 3.5e9, to: 4.5e9 });
    expect(view.pointed.value).toBe(4e9);
    view.show({ from: 0, to: 2e8 });
    view.revealTime(4e9);
    expect(view.window.value).toEqual({ from: 3.9e9, to: 4.1e9 });
    expect(view.revealed.value).toBe(2);
  });

  it("selects what is not there without moving", () => {
    const view = new View(sampleRun());
    view.show({ from: 1e8, to: 2e8 });
    view.reveal({ kind: "message", row: 17 });
    expect(view.window.value).toEqual({ from: 1e8, to: 2e8 });
  });
});

describe("spanOf", () => {
  it("lets what did not end last as long as the run", () => {
    const operations = sampleOperations([{ from: 5e8, to: -1 }]);
    const run = sampleRun({ operations, messages: sampleMessages([7]) });
    expect(spanOf(run, { kind: "operation", row: 0 })).toEqual({ from: 5e8, to: 1e9 });
    expect(spanOf(run, { kind: "message", row: 0 })).toEqual({ from: 0, to: 5e5 });
    expect(spanOf(run, { kind: "message", row: 1 })).toBeUndefined();
  });
});
