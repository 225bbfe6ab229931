import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JournalWriter, journals, nodeNames, runOf } from "../../../test/journals.ts";
import { RecordingPen } from "../../../test/recording-pen.ts";
import { distanceTo } from "../arrows.ts";
import { isError, isLost } from "../message-filter.ts";
import type { RunData } from "../run-data.ts";
import { arrowLook, drawSequence } from "./draw.ts";
import { sequenceEvents } from "./events.ts";
import { labelWidth, layoutSequence, type SequenceLabel, sequenceMessageAt } from "./layout.ts";

const ms = 1_000_000;
const runs = journals.map((writer) => runOf(writer.columns(), nodeNames));

function allRows({ messages }: RunData): number[] {
  return [...messages.id.keys()];
}

describe("the events of a sequence", () => {
  it("are all sends, arrivals and losses, in the order of the journal; a twin was sent once", () => {
    fc.assert(
      fc.property(runs, (run) => {
        const { messages } = run;
        const expected = new Map<number, string>();
        for (const row of allRows(run)) {
          expected.set(messages.sentOrder[row] ?? -1, `send ${messages.id[row]}`);
          if ((messages.arrived[row] ?? -1) >= 0)
            expected.set(
              messages.arrivedOrder[row] ?? -1,
              `${isLost(messages.fate[row]) ? "lose" : "arrive"} ${messages.id[row]}`,
            );
        }
        const told = sequenceEvents(allRows(run), run).flatMap((event) =>
          "rows" in event ? [`${event.kind} ${messages.id[event.rows[0] ?? -1]}`] : [],
        );
        expect(told).toEqual([...expected].sort(([a], [b]) => a - b).map(([, words]) => words));
      }),
    );
  });

  it("are in the order of time where the journal's is not known", () => {
    fc.assert(
      fc.property(journals, (writer) => {
        const run = runOf(writer.columns(false), nodeNames);
        const times = sequenceEvents(allRows(run), run).map(({ time }) => time);
        expect(times).toEqual([...times].sort((a, b) => a - b));
      }),
    );
  });

  it("have faults where they began and ended, and say where something is missing, and what was under way", () => {
    const writer = new JournalWriter();
    for (const time of [1, 2, 3, 100, 101]) writer.pass(time * ms, "n0", "n1", { type: "read" }, ms / 2);
    writer.send(102 * ms, "n0", "n1", { type: "read" });
    const spans = [
      { from: 0, to: 4 * ms },
      { from: 99 * ms, to: 200 * ms },
    ];
    const faults = [
      { fault: "kill", from: 2.2 * ms, to: 100.7 * ms, text: "kill n1" },
      { fault: "loss", from: 0, text: "start-loss n0: part 0.1" },
    ];
    const run = runOf({ ...writer.columns(), total: 99, spans }, nodeNames, { faults });
    const told = sequenceEvents(allRows(run), run).map((event) =>
      "text" in event ? event.text : event.kind,
    );
    expect(told).toEqual([
      "send",
      "arrive",
      "send",
      "kill begins: n1",
      "arrive",
      "send",
      "arrive",
      "0.097 s of which only some messages are known",
      "send",
      "arrive",
      "kill ends: n1",
      "send",
      "arrive",
      "send",
      "1 message was under way at the end",
    ]);
  });
});

describe("the layout of a sequence", () => {
  it("has an arrow for each message, from its sender down to its receiver", () => {
    fc.assert(
      fc.property(runs, (run) => {
        const { messages } = run;
        const layout = layoutSequence(allRows(run), run);
        expect(layout.arrows.map(({ row }) => row)).toEqual(allRows(run));
        const lines = new Set(layout.columns.map(({ x }) => x));
        for (const { row, points, fate, look } of layout.arrows) {
          const [x0 = -1, y0 = -1] = points;
          const [x1 = -1, y1 = -1] = points.slice(-2);
          expect(lines).toContain(x0);
          expect(fate === "arrived" ? lines.has(x1) : !lines.has(x1)).toBe(true);
          expect(y1).toBeGreaterThan(y0);
          expect(y1).toBeLessThanOrEqual(layout.height);
          expect(Math.max(x0, x1)).toBeLessThan(layout.width);
          const letter = messages.fate[row];
          expect(fate).toBe(letter === "a" ? "arrived" : letter === "u" ? "under way" : "lost");
          expect(look === "error").toBe(isError(messages, row));
        }
        // Who is who: those with the same line at their beginning have the same sender, but for clients of a node.
        for (const name of nodeNames) {
          const xs = layout.arrows.filter(({ row }) => messages.names[messages.src[row] ?? -1] === name);
          expect(new Set(xs.map(({ points }) => points[0])).size).toBeLessThanOrEqual(1);
          const own = layout.columns.find(({ label }) => label === name)?.x;
          for (const { points } of xs) expect(points[0]).toBe(own);
        }
      }),
    );
  });

  it("has events below each other in their order, and labels that do not lie on each other", () => {
    fc.assert(
      fc.property(runs, (run) => {
        const { arrows, width, heads } = layoutSequence(allRows(run), run);
        const ends = arrows.flatMap(({ row, points }) => {
          const { sentOrder, arrivedOrder } = run.messages;
          const arrived = arrivedOrder[row] ?? -1;
          return [
            [sentOrder[row] ?? -1, points[1] ?? 0] as const,
            ...(arrived < 0 ? [] : [[arrived, points.at(-1) ?? 0] as const]),
          ];
        });
        const ys = [...new Map(ends).entries()].sort(([a], [b]) => a - b).map(([, y]) => y);
        for (const [i, y] of ys.entries()) if (i > 0) expect(y - (ys[i - 1] ?? 0)).toBeGreaterThanOrEqual(9);
        const labels = arrows
          .flatMap(({ label, why }) => [label, why])
          .filter((label) => label !== undefined);
        const boxes = labels.map((label) => boxOf(label));
        for (const [i, a] of boxes.entries()) {
          expect(a.left).toBeGreaterThanOrEqual(0);
          expect(a.right).toBeLessThanOrEqual(width);
          for (const y of heads) expect(a.y < y || a.y - 12 >= y + 25).toBe(true);
          for (const b of boxes.slice(i + 1))
            expect(Math.abs(a.y - b.y) >= 12 || a.right <= b.left || b.right <= a.left).toBe(true);
        }
      }),
    );
  });

  it("has one label for a message that arrived twice, and says why one was lost", () => {
    const writer = new JournalWriter();
    const twice = writer.pass(0, "n0", "n1", { type: "read" });
    writer.receive(50, twice);
    for (const fate of ["l", "p", "d", "f"] as const)
      writer.lose(100, writer.send(90, "n1", "n0", { type: "read" }), fate);
    const { arrows } = layoutSequence([0, 1, 2, 3, 4, 5], runOf(writer.columns(), nodeNames));
    expect(arrows.map(({ label }) => label?.text)).toEqual([
      "read",
      undefined,
      "read",
      "read",
      "read",
      "read",
    ]);
    expect(arrows.flatMap(({ why }) => why?.text ?? [])).toEqual([
      "lost",
      "lost: partition",
      "lost: receiver down",
      "lost: receiver full",
    ]);
  });

  it("says which client it is where several share a line, and only lines of those who take part are there", () => {
    const writer = new JournalWriter();
    for (const client of ["c1", "c2", "c3"]) writer.pass(5, client, "n0", { type: "echo", echo: client });
    writer.pass(9, "c9", "n2", { type: "read" });
    const { arrows, columns } = layoutSequence([0, 1, 2, 3], runOf(writer.columns(), nodeNames));
    expect(arrows.map(({ label }) => label?.text.split(" ")[0])).toEqual(["c1:", "c2:", "c3:", "read"]);
    expect(columns.map(({ label }) => label)).toEqual(["3 clients", "n0", "c9", "n2"]);
  });

  it("tells all of a message in its title, and shows what a hostile body would hide", () => {
    const writer = new JournalWriter();
    writer.pass(1_234_567, "n0", "n1", {
      type: "\u202eevil",
      text: `<img onerror=x>\u0007${"x".repeat(9000)}`,
    });
    const [arrow] = layoutSequence([0], runOf(writer.columns(), nodeNames), 100).arrows;
    expect(arrow?.title).toContain("message 0, n0 to n1: ⟨U+202E⟩evil");
    expect(arrow?.title).toContain("sent at 0.001235 s");
    expect(arrow?.title.length).toBeLessThan(300);
    for (const hidden of ["\u202e", "\u0007"])
      expect(`${arrow?.title}${arrow?.label?.text}`).not.toContain(hidden);
  });

  it("finds the message under a place: on its label, or near its arrow", () => {
    fc.assert(
      fc.property(runs, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (run, pick, part) => {
        const layout = layoutSequence(allRows(run), run);
        const arrow = layout.arrows[pick % Math.max(1, layout.arrows.length)];
        if (!arrow) return;
        const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = arrow.points;
        const [x, y] = [x0 + part * (x1 - x0), y0 + part * (y1 - y0)];
        const found = layout.arrows.find(({ row }) => row === sequenceMessageAt(layout, x, y));
        const onLabel = found?.label && boxOf(found.label);
        const onIt =
          onLabel && x >= onLabel.left - 1 && x <= onLabel.right + 1 && Math.abs(onLabel.y - 4 - y) <= 8;
        expect(onIt || distanceTo(found?.points ?? [], x, y) < 1e-6).toBe(true);
        if (!arrow.label) return;
        const box = boxOf(arrow.label);
        for (const above of [-6, 0, 6])
          expect(sequenceMessageAt(layout, (box.left + box.right) / 2, box.y - 4 + above)).toBe(arrow.row);
        expect(sequenceMessageAt(layout, -50, -50)).toBeUndefined();
      }),
    );
  });
});

function boxOf(label: SequenceLabel): { left: number; right: number; y: number } {
  const width = labelWidth(label);
  const left = label.anchor === "start" ? label.x : label.x - width;
  return { left, right: left + width, y: label.y };
}

describe("the drawing of a sequence", () => {
  it("has each label, time, note and name", () => {
    fc.assert(
      fc.property(runs, (run) => {
        const pen = new RecordingPen();
        const layout = layoutSequence(allRows(run), run);
        drawSequence(pen, layout);
        const texts = pen.calls.flatMap(({ text }) => text ?? []);
        for (const { label, why } of layout.arrows) {
          if (label) expect(texts).toContain(label.text);
          if (why) expect(texts).toContain(why.text);
        }
        for (const { text } of [...layout.times, ...layout.notes]) expect(texts).toContain(text);
        for (const { kind, label } of layout.columns) {
          const times = texts.filter((text) => text === label).length;
          if (kind === "node") expect(times).toBeGreaterThanOrEqual(layout.heads.length);
        }
        const { messages } = run;
        const tips = pen.calls.filter(
          ({ kind, opacity, ink }) => kind === "line" && opacity === 1 && ink === "lost",
        );
        expect(tips.length).toBeGreaterThanOrEqual([...messages.fate].filter(isLost).length);
      }),
    );
  });

  it("tells kinds of messages apart without colour", () => {
    const looks = (["client", "server", "error"] as const).map((look) =>
      arrowLook({ look, fate: "arrived" }),
    );
    expect(new Set(looks.map(({ style }) => style.width)).size).toBe(3);
    expect(new Set(looks.map(({ ink }) => ink)).size).toBe(3);
    expect(arrowLook({ look: "client", fate: "lost" }).style.tip).toBe("cross");
    expect(arrowLook({ look: "client", fate: "under way" }).style).toMatchObject({ dashed: true });
  });
});
