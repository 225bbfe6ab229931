import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Call, RecordingPen } from "../../test/recording-pen.ts";
import { columnsOf, type DrawnOperation, histories } from "../../test/timelines.ts";
import type { Frame } from "./frame.ts";
import type { RunData } from "./run-data.ts";
import { drawTimeline, findInTimeline, scrollToTrack, type Timeline, timelineHeight } from "./timeline.ts";
import { axisHeight } from "./timeline-head.ts";
import { placeOf, tracksOf } from "./tracks.ts";

const frame: Frame = { width: 1000, height: 400, left: 76, right: 16, from: 0, to: 1000 };

function timelineOf(run: RunData, parts: Partial<Timeline> = {}): Timeline {
  return {
    ...{ run, tracks: tracksOf(run, "process"), grouping: "process", scroll: 0, selected: undefined },
    ...parts,
  };
}

function drawn(operations: readonly DrawnOperation[], more: Parameters<typeof columnsOf>[1] = {}): Call[] {
  const pen = new RecordingPen();
  drawTimeline(pen, frame, timelineOf(columnsOf({ concurrency: 2, operations }, more)));
  return pen.calls;
}

const texts = (calls: readonly Call[]): string[] =>
  calls.flatMap(({ text }) => (text === undefined ? [] : [text]));
const one = (ending: string, end = 500): DrawnOperation[] => [{ process: 0, start: 100, end, ending }];

describe("the timeline", () => {
  it("draws a bar with its label, and tells each ending apart without colour", () => {
    const ok = drawn(one("o"));
    expect(texts(ok)).toContain('echo "Please echo 0"');
    expect(ok.filter(({ ink, kind }) => kind === "rect" && ink === "ok")).toHaveLength(2);
    expect(ok.some(({ dashed, kind }) => dashed || kind === "marks")).toBe(false);
    const fail = drawn(one("f"));
    expect(fail.filter(({ kind, shape }) => kind === "marks" && shape === "cross").length).toBeGreaterThan(0);
    expect(fail.filter(({ kind, ink }) => kind === "line" && ink === "fail").length).toBeGreaterThan(5);
    const bodies = (calls: Call[]) =>
      calls.filter(({ kind, ink }) => kind === "rect" && ink !== "paper").map(({ ink }) => ink);
    expect(new Set(bodies(fail))).toEqual(new Set(["fail"]));
    const info = drawn(one("i"));
    expect(info.filter(({ dashed, ink }) => dashed && ink === "info")).toHaveLength(1);
    const fading = info.filter(
      ({ kind, ink, opacity = 1 }) => kind === "rect" && ink === "info" && opacity < 1,
    );
    const opacities = fading.map(({ opacity }) => opacity ?? 1);
    expect(opacities.length).toBeGreaterThan(4);
    expect([...opacities].sort((a, b) => b - a)).toEqual(opacities);
    expect(new Set(bodies(info))).toEqual(new Set(["info"]));
    const open = drawn(one("?", -1));
    expect(open.filter(({ dashed, ink }) => dashed && ink === "open")).toHaveLength(1);
  });

  it("lets an operation end info only where it does: not at the edge of the window", () => {
    expect(drawn(one("i", 2000)).some(({ dashed }) => dashed)).toBe(false);
  });

  it("draws what is short 2 px wide, a failure with a cross", () => {
    const short = drawn(one("o", 100));
    expect(short.filter(({ ink }) => ink === "ok").map(({ width }) => width)).toEqual([2]);
    const cross = ({ kind, shape, ink }: Call): boolean =>
      kind === "marks" && shape === "cross" && ink === "fail";
    const crosses = (operations: readonly DrawnOperation[]): number =>
      drawn(operations).find(cross)?.points?.length ?? 0;
    // One each, whatever else is on the track.
    expect(crosses([...one("f", 100), { process: 0, start: 300, end: 500, ending: "f" }])).toBe(4);
    // In a dense place, a few.
    const many = Array.from({ length: 100 }, (_, i) => ({
      process: 0,
      start: 100 + i,
      end: 100 + i,
      ending: "f",
    }));
    const sparse = many.filter((_, i) => i % 4 === 0);
    expect(crosses(sparse) / 2).toBeGreaterThan(5);
    expect(crosses(sparse) / 2).toBeLessThan(15);
    for (const end of [100, 104, 110, 119, 140]) expect(drawn(one("f", end)).filter(cross)).toHaveLength(1);
    expect(
      drawn(one("i", 100)).filter(({ kind, ink, y = 0 }) => kind === "rect" && ink === "paper" && y < 300),
    ).toHaveLength(2);
  });

  it("says where operations fall together, where some are missing, and when there are none", () => {
    const said = (calls: readonly Call[]) => texts(calls).at(-1);
    const together = [...one("o", 100), { process: 0, start: 100.5, end: 100.6, ending: "o" }];
    expect(said(drawn(together))).toBe("Where several fall together, the worst ending is drawn.");
    expect(said(drawn(one("o"), { spans: [{ from: 0, to: 1000 }] }))).toBe("");
    const part = drawn(one("o"), { spans: [{ from: 0, to: 300 }] });
    expect(said(part)).toBe("Hatched: only some operations of this time are here.");
    expect(part.filter(({ kind, ink }) => kind === "line" && ink === "gap").length).toBeGreaterThan(10);
    expect(said(drawn([]))).toBe("No operations.");
  });

  it("draws each fault in the row of its kind, and behind the tracks", () => {
    const faults = [
      { fault: "partition", from: 100, to: 600, text: "start-partition n0 | n1 n2" },
      { fault: "kill", from: 300, text: "kill n1" },
      { fault: "partition", from: 2000, to: 3000, text: "start-partition later" },
    ];
    const calls = drawn(one("o"), { faults });
    expect(texts(calls)).toEqual(expect.arrayContaining(["partition", "kill", "n0 | n1 n2", "n1"]));
    expect(texts(calls)).not.toContain("later");
    const bands = calls.filter(({ ink, opacity = 1 }) => ink === "fault" && opacity < 0.1);
    expect(bands.map(({ x = 0, width = 0 }) => [Math.round(x), Math.round(x + width)])).toEqual([
      [167, 621],
      [348, 984],
    ]);
    const timeline = timelineOf(columnsOf({ concurrency: 1, operations: [] }, { faults }));
    const at = (x: number, y: number) => findInTimeline(x, y, frame, timeline);
    expect(at(300, axisHeight + 8)).toEqual({ kind: "fault", fault: faults[0] });
    expect(at(700, axisHeight + 8)).toBeUndefined();
    expect(at(700, axisHeight + 26)).toEqual({ kind: "fault", fault: faults[1] });
    expect(at(300, 5)).toBeUndefined();
    const twice = [...faults, { fault: "kill", from: 400, to: 900, text: "kill n2" }];
    const busy = timelineOf(columnsOf({ concurrency: 1, operations: [] }, { faults: twice }));
    expect(findInTimeline(700, axisHeight + 26, frame, busy)).toEqual({ kind: "fault", fault: twice[3] });
  });

  it("draws only the tracks that are scrolled to", () => {
    const operations = Array.from({ length: 500 }, (_, process) => ({
      process,
      start: process,
      end: process + 1,
      ending: "o",
    }));
    const run = columnsOf({ concurrency: 500, operations });
    const pen = new RecordingPen();
    drawTimeline(pen, frame, timelineOf(run, { scroll: 3600 }));
    const labels = texts(pen.calls)
      .filter((text) => /^\d+$/.test(text))
      .map(Number);
    expect(labels[0]).toBe(200);
    expect(labels.length).toBeGreaterThan(15);
    expect(labels.length).toBeLessThan(25);
    expect(timelineHeight(run, tracksOf(run, "process"))).toBeGreaterThan(500 * 15);
  });

  it("finds what was drawn under the pointer, and scrolls to each track", () => {
    fc.assert(
      fc.property(histories, fc.nat(60), (history, scrolled) => {
        const run = columnsOf(history);
        const tracks = tracksOf(run, "process");
        for (const [row, { start }] of history.operations.entries()) {
          if (start > 1000) continue;
          const { track = 0 } = placeOf(tracks, row) ?? {};
          const low = { ...frame, height: 120 };
          const scroll = scrollToTrack(run, tracks, track, low.height, scrolled);
          const timeline = timelineOf(run, { tracks, scroll });
          const each = (timelineHeight(run, tracks) - axisHeight - 22) / tracks.labels.length;
          const y = axisHeight + (track + 0.5) * each - scroll;
          expect(y).toBeGreaterThan(axisHeight);
          expect(y).toBeLessThan(low.height - 22);
          const found = findInTimeline(76 + (start / 1000) * 908, y, low, timeline);
          const place = found?.kind === "operation" ? placeOf(tracks, found.row) : undefined;
          expect(place?.track).toBe(track);
          const severity = tracks.severities[place?.place ?? -1] ?? -1;
          expect(severity).toBeGreaterThanOrEqual(tracks.severities[placeOf(tracks, row)?.place ?? -1] ?? 9);
        }
      }),
    );
  });

  it("finds nothing beside the tracks", () => {
    const timeline = timelineOf(columnsOf({ concurrency: 2, operations: one("o") }));
    const at = (x: number, y: number) => findInTimeline(x, y, frame, timeline);
    expect(at(400, axisHeight + 10)).toEqual({ kind: "operation", row: 0 });
    for (const [x, y] of [
      [400, 10],
      [400, axisHeight + 30],
      [60, axisHeight + 10],
      [800, axisHeight + 10],
      [400, 390],
    ] as const) {
      expect(at(x, y)).toBeUndefined();
    }
  });

  it("outlines what is selected, and lights up its track", () => {
    const pen = new RecordingPen();
    drawTimeline(
      pen,
      frame,
      timelineOf(columnsOf({ concurrency: 2, operations: one("o") }), { selected: 0 }),
    );
    expect(pen.calls.filter(({ ink }) => ink === "mark")).toHaveLength(1);
    const outline = pen.calls.find(
      ({ kind, ink, width }) => kind === "line" && ink === "text" && width === 2,
    );
    expect(outline?.points?.slice(0, 2).map(Math.round)).toEqual([165, 26]);
  });
});
