import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JournalWriter, journals, nodeNames, runOf } from "../../test/journals.ts";
import { type Call, RecordingPen } from "../../test/recording-pen.ts";
import { distanceTo } from "./arrows.ts";
import { causesOf } from "./causes.ts";
import { type Frame, xOf } from "./frame.ts";
import { filterMessages, noFilter } from "./message-filter.ts";
import type { RunData } from "./run-data.ts";
import { type Emphasis, SpaceTime, spaceTimeLayout } from "./space-time.ts";
import { mostArrows } from "./space-time-arrows.ts";

const inks = ["client", "server", "error", "lost", "open"];
const ms = 1_000_000;

function diagramOf(run: RunData, unfolded: readonly string[] = []): SpaceTime {
  const rows = filterMessages(run, noFilter);
  return new SpaceTime(run, causesOf(run.messages), rows, spaceTimeLayout(run, new Set(unfolded)));
}

function frameOf(from: number, to: number): Frame {
  return { width: 1000, height: 500, left: 80, right: 20, from, to };
}

function drawn(diagram: SpaceTime, frame: Frame, emphasis?: Emphasis): readonly Call[] {
  const pen = new RecordingPen();
  diagram.draw(pen, frame, emphasis);
  return pen.calls;
}

function arrowsOf(calls: readonly Call[]): Call[] {
  return calls.filter(({ kind, ink }) => kind === "line" && inks.includes(ink));
}

/** Where the lanes lie, by what stands at their beginning. */
function lanesOf(diagram: SpaceTime, calls: readonly Call[]): ReadonlyMap<string, number> {
  const texts = calls.filter(({ kind, x = 999 }) => kind === "text" && x < 80);
  return new Map(
    diagram.lanes.map(({ label }) => [label, (texts.find(({ text }) => text === label)?.y ?? 0) - 4]),
  );
}

const near = fc.integer({ min: -14, max: 14 });
const windows = fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 100 }));

function windowOf(run: RunData, [from, length]: readonly [number, number]): Frame {
  const end = Math.max(run.end, 1);
  return frameOf((from / 100) * end, ((from + length) / 100) * end + 1);
}

describe("the space-time diagram", () => {
  it("draws each message that was on its way in the window, from lane to lane, and no other", () => {
    fc.assert(
      fc.property(journals, windows, (writer, part) => {
        const run = runOf(writer.columns(), nodeNames);
        const frame = windowOf(run, part);
        const diagram = diagramOf(run);
        const calls = drawn(diagram, frame);
        const ys = lanesOf(diagram, calls);
        const laneOf = (name: string): number =>
          ys.get(
            diagram.lanes.find(({ names }) => names.includes(run.messages.names.indexOf(name)))?.label ?? "",
          ) ?? -1;
        const inside = writer.rows.filter(({ sent, arrived }) => {
          return sent <= frame.to && Math.max(arrived < 0 ? run.end : arrived, sent) >= frame.from;
        });
        const arrows = arrowsOf(calls);
        expect(arrows).toHaveLength(inside.length);
        for (const [i, { src, dest, sent, arrived, fate }] of inside.entries()) {
          const { points = [], ink, dashed } = arrows[i] ?? {};
          const straight = points.length === 4;
          if (!src.startsWith("c") && straight && sent > frame.from) {
            expect(points[0]).toBeCloseTo(xOf(frame, sent));
            expect(points[1]).toBeCloseTo(laneOf(src));
          }
          if (straight && arrived >= 0 && arrived < frame.to && src !== dest) {
            expect(points.at(-2)).toBeCloseTo(xOf(frame, arrived));
            const way = laneOf(dest) - laneOf(src);
            const short = laneOf(dest) - (points.at(-1) ?? 0);
            // What was handed on in a client's name comes from who did so, and may come from the other side.
            const side = src.startsWith("c") ? Math.sign(short) : Math.sign(way);
            expect(short).toBeCloseTo(fate === "a" ? 0 : 7 * side);
          }
          expect(ink === "lost").toBe(fate === "p");
          expect(ink === "open").toBe(fate === "u");
          expect(dashed).toBe(fate === "u");
          for (const x of points.filter((_, place) => place % 2 === 0)) {
            if (straight) expect(x).toBeGreaterThanOrEqual(frame.left - 31);
            if (straight) expect(x).toBeLessThanOrEqual(frame.width - frame.right + 31);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("finds the nearest of the arrows that are drawn, if it is near", () => {
    const places = fc.record({ arrow: fc.nat(), part: fc.integer({ min: 0, max: 10 }), dx: near, dy: near });
    fc.assert(
      fc.property(journals, windows, places, (writer, part, place) => {
        const run = runOf(writer.columns(), nodeNames);
        const frame = windowOf(run, part);
        const diagram = diagramOf(run, nodeNames);
        const lines = arrowsOf(drawn(diagram, frame)).map(({ points = [] }) => points);
        const [x0 = 500, y0 = 90, x1 = x0, y1 = y0] = lines[place.arrow % Math.max(lines.length, 1)] ?? [];
        const x = Math.min(Math.max(x0 + ((x1 - x0) * place.part) / 10 + place.dx, 81), 979);
        const y = Math.max(y0 + ((y1 - y0) * place.part) / 10 + place.dy, 25);
        const distances = lines.map((points) => distanceTo(points, x, y));
        const nearest = Math.min(...distances);
        const found = diagram.find(x, y, frame);
        if (nearest > 6.01) expect(found).toBeUndefined();
        if (nearest > 5.99) return;
        if (found?.kind !== "message") return expect.unreachable();
        // Of the same length, in the same place, there may be several.
        const at = diagram.arrows.rows.indexOf(found.row);
        const alone = diagramOf({ ...run, messages: run.messages });
        expect(alone.arrows.rows[at]).toBe(found.row);
        const own = writer.rows[found.row];
        const row = writer.rows.filter(
          ({ sent, arrived }) =>
            sent <= frame.to && Math.max(arrived < 0 ? run.end : arrived, sent) >= frame.from,
        );
        expect(distances[own ? row.indexOf(own) : -1]).toBeCloseTo(nearest, 1);
      }),
      { numRuns: 300 },
    );
  });

  it("draws a sample of what is too much, says so, and finds nothing that is not drawn", () => {
    const journal = new JournalWriter();
    const count = mostArrows * 3;
    for (let i = 0; i < count; i++) {
      const id = journal.send(i * 1000, i % 2 ? "n0" : "n1", i % 2 ? "n1" : "n0", { type: "gossip" });
      if (i % 5 === 0) journal.lose(i * 1000 + 500, id);
      else journal.receive(i * 1000 + 500, id);
    }
    const run = runOf(journal.columns(), nodeNames);
    const diagram = diagramOf(run);
    const frame = frameOf(0, count * 1000);
    const calls = drawn(diagram, frame);
    const arrows = arrowsOf(calls);
    const { total, drawn: some } = diagram.countsIn(frame);
    expect(total).toBe(count);
    expect(arrows).toHaveLength(some);
    expect(some).toBeGreaterThan(900);
    expect(some).toBeLessThan(1_700);
    const said = calls.find(({ text }) => text?.includes("messages here"))?.text ?? "";
    expect(said).toContain("12,000 messages here");
    expect(said).toContain("zoom in to see each");
    expect(calls.filter(({ kind, ink }) => kind === "rect" && ink === "server").length).toBeGreaterThan(100);
    // The sample is spread evenly over the time.
    const left = arrows.filter(({ points = [] }) => (points[0] ?? 0) < 530).length;
    expect(left / arrows.length).toBeCloseTo(0.5, 1);
    expect(diagram.countsIn({ from: 0, to: 100_000 })).toEqual({ total: 101, drawn: 101 });
    const few = frameOf(5_000_000, 5_100_000);
    expect(arrowsOf(drawn(diagram, few))).toHaveLength(101);
    for (let x = 100; x < 900; x += 3) {
      const found = diagram.find(x, 85, frame);
      if (found?.kind !== "message") continue;
      const time = xOf(frame, run.messages.sent[found.row] ?? 0);
      expect(arrows.some(({ points = [] }) => Math.abs((points[0] ?? 0) - time) < 0.001)).toBe(true);
    }
  });

  it("hatches what is not in the data, and says how many messages there are", () => {
    const journal = new JournalWriter();
    journal.pass(ms, "n0", "n1", { type: "gossip" });
    const messages = { ...journal.columns(), total: 1_234_567, spans: [{ from: 0, to: 10 * ms }] };
    const diagram = diagramOf(runOf(messages, nodeNames, { end: 20 * ms }));
    const calls = drawn(diagram, frameOf(0, 20 * ms));
    const hatched = calls.filter(({ kind, ink }) => kind === "rect" && ink === "gap");
    expect(hatched).toHaveLength(1);
    expect(hatched[0]?.x).toBeCloseTo(530);
    expect(
      calls.some(({ text }) => text?.includes("this file does not hold") && text.includes("1,234,567")),
    ).toBe(true);
    const inside = drawn(diagram, frameOf(0, 9 * ms));
    expect(inside.some(({ ink, text }) => ink === "gap" || text?.includes("does not hold"))).toBe(false);
  });

  it("draws what was handed on from who did so", () => {
    const journal = new JournalWriter();
    journal.pass(ms, "c1", "n0", { type: "write", msg_id: 1 }, ms);
    journal.pass(3 * ms, "c1", "n2", { type: "write", msg_id: 1 }, ms);
    const diagram = diagramOf(runOf(journal.columns(), nodeNames));
    const calls = drawn(diagram, frameOf(0, 10 * ms));
    const ys = lanesOf(diagram, calls);
    const ends = arrowsOf(calls).map(({ points }) => [points?.[1], points?.[3]]);
    expect(ends).toEqual([
      [ys.get("c1"), ys.get("n0")],
      [ys.get("n0"), ys.get("n2")],
    ]);
  });

  it("dims what is not on the way, and draws what is likely dashed", () => {
    const journal = new JournalWriter();
    const request = journal.pass(ms, "c1", "n0", { type: "broadcast", msg_id: 1 }, ms);
    journal.pass(3 * ms, "n0", "n1", { type: "gossip" }, ms);
    journal.pass(3 * ms, "n0", "c1", { type: "broadcast_ok", in_reply_to: 1 }, ms);
    journal.pass(5 * ms, "c1", "n0", { type: "read", msg_id: 2 }, ms);
    const diagram = diagramOf(runOf(journal.columns(), nodeNames));
    const way = new Map([
      [request, undefined],
      [1, "likely"],
      [2, "exact"],
    ] as const);
    const arrows = arrowsOf(drawn(diagram, frameOf(0, 10 * ms), { way }));
    const looks = arrows.map(({ opacity, dashed }) => ({ dim: (opacity ?? 1) < 0.5, dashed }));
    expect(looks).toEqual([
      { dim: true, dashed: false },
      { dim: false, dashed: false },
      { dim: false, dashed: true },
      { dim: false, dashed: false },
    ]);
    const hops = drawn(diagram, frameOf(0, 10 * ms), { way }).filter(
      ({ ink, kind }) => ink === "text" && kind === "line",
    );
    expect(hops.map(({ dashed }) => dashed)).toEqual([true, false]);
  });

  it("goes from each message to the next that is shown", () => {
    fc.assert(
      fc.property(journals, (writer) => {
        const run = runOf(writer.columns(), nodeNames);
        const diagram = diagramOf(run);
        const whole = { from: 0, to: run.end };
        const seen: number[] = [];
        for (let row = diagram.neighbour(undefined, 1, whole); row !== undefined; ) {
          seen.push(row);
          row = diagram.neighbour(row, 1, whole);
        }
        expect(seen).toEqual(run.messages.id.map((_, row) => row));
        expect(diagram.neighbour(undefined, -1, whole)).toBe(seen.at(-1));
        expect(diagram.neighbour(seen[0], -1, whole)).toBeUndefined();
      }),
    );
  });

  it("shows when a node was down, where the fault names it, and no more than the band where it does not", () => {
    const journal = new JournalWriter();
    journal.pass(ms, "n0", "n1", { type: "gossip" });
    const faults = [
      { fault: "kill", from: 2 * ms, to: 6 * ms, text: "kill n0, n2" },
      { fault: "pause", from: 2 * ms, to: 6 * ms, text: "pause n1 and others" },
    ];
    const diagram = diagramOf(runOf(journal.columns(), nodeNames, { faults, end: 10 * ms }));
    const calls = drawn(diagram, frameOf(0, 10 * ms));
    const ys = lanesOf(diagram, calls);
    const dashed = calls.filter(({ ink, kind, dashed }) => ink === "fault" && kind === "line" && dashed);
    expect(dashed.map(({ points }) => points?.[1])).toEqual([ys.get("n0"), ys.get("n2")]);
    expect(dashed[0]?.points).toEqual([260, ys.get("n0"), 620, ys.get("n0")]);
    expect(calls.filter(({ text }) => text === "down")).toHaveLength(2);
    const after = drawn(diagram, frameOf(7 * ms, 10 * ms));
    expect(after.some(({ text, ink }) => text === "down" || ink === "fault")).toBe(false);
    expect(diagram.find(300, 40, frameOf(0, 10 * ms))).toMatchObject({ kind: "fault" });
    expect(diagram.find(10, ys.get("n1") ?? 0, frameOf(0, 10 * ms))).toMatchObject({ lane: { label: "n1" } });
  });

  it("writes types and bodies beside arrows, never over each other", () => {
    const journal = new JournalWriter();
    for (let i = 0; i < 40; i++) {
      const latency = i % 4 ? 2 * ms : 9 * ms;
      journal.pass(i * 2 * ms, "n0", i % 3 ? "n1" : "n2", { type: "gossip", message: i }, latency);
    }
    const diagram = diagramOf(runOf(journal.columns(), nodeNames));
    for (const to of [20 * ms, 60 * ms, 120 * ms]) {
      const calls = drawn(diagram, frameOf(0, to));
      const labels = calls.filter(({ text }) => text?.startsWith("gossip"));
      expect(labels.length).toBeGreaterThan(0);
      const boxes = calls.filter(({ kind, ink }) => kind === "rect" && ink === "paper");
      expect(boxes).toHaveLength(labels.length);
      for (const [i, box] of boxes.entries()) {
        const { x = 0, y = 0, width = 0, height = 0 } = box;
        for (const other of boxes.slice(i + 1)) {
          const apart = [(other.x ?? 0) - x - width, x - (other.x ?? 0) - (other.width ?? 0)];
          apart.push((other.y ?? 0) - y - height, y - (other.y ?? 0) - (other.height ?? 0));
          expect(Math.max(...apart)).toBeGreaterThanOrEqual(-2);
        }
        const through = arrowsOf(calls).filter(({ points: [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = [] }) => {
          const parts = Array.from({ length: 400 }, (_, part) => part / 400);
          return parts.some((part) => {
            const [px, py] = [x0 + part * (x1 - x0), y0 + part * (y1 - y0)];
            return px > x + 3 && px < x + width - 3 && py > y + 3 && py < y + height - 3;
          });
        });
        expect(through.length).toBeLessThanOrEqual(1);
      }
    }
    expect(drawn(diagram, frameOf(0, 10 * ms)).some(({ text }) => text === "gossip 1")).toBe(true);
  });
});
