import { describe, expect, it } from "vitest";
import { JournalWriter, runOf } from "../../../test/journals.ts";
import { RecordingPen } from "../../../test/recording-pen.ts";
import { timesWidth } from "./columns.ts";
import { drawSequence } from "./draw.ts";
import { headHeight, labelWidth, layoutSequence, type SequenceLayout } from "./layout.ts";

const names = Array.from({ length: 25 }, (_, i) => `n${i}`);

/** Every node asks its neighbour, and a client asks every node; the types are long. */
function gossip(nodes: readonly string[], type: string): SequenceLayout {
  const writer = new JournalWriter();
  let time = 0;
  const pass = (src: string, dest: string): void => {
    time += 1e6;
    writer.pass(time, src, dest, { type }, 10);
  };
  for (let round = 0; round < 4; round++) {
    for (const [i, node] of nodes.entries()) {
      pass(`c${i}`, node);
      pass(node, nodes[(i + 1) % nodes.length] ?? "");
      pass(node, "lin-kv");
    }
  }
  const run = runOf(writer.columns(), nodes);
  return layoutSequence([...run.messages.id.keys()], run);
}

describe.each([1, 2, 5, 25])("places in a sequence of %d nodes", (count) => {
  const type = "a-type-that-is-much-longer-than-any-that-people-use";
  const layout = gossip(names.slice(0, count), type);

  it("leave room for names, and for labels that can be read", () => {
    const apart = layout.columns.filter(({ kind }) => kind === "node" || kind === "service");
    for (const [i, { x }] of apart.entries())
      if (i > 0) expect(x - (apart[i - 1]?.x ?? 0)).toBeGreaterThanOrEqual(40);
    for (const { label } of layout.arrows) {
      if (!label) throw new Error("an arrow without a label");
      const left = label.anchor === "start" ? label.x : label.x - labelWidth(label);
      expect(left).toBeGreaterThanOrEqual(timesWidth - 1);
      expect(left + labelWidth(label)).toBeLessThanOrEqual(layout.width);
      expect(label.text.length).toBeGreaterThanOrEqual(14);
    }
    if (count <= 5) expect(layout.width).toBe(1000);
  });

  it("have clients beside their node, nearer than any other", () => {
    for (const [i, { kind, x }] of layout.columns.entries()) {
      if (kind !== "client") continue;
      const [before, own] = [layout.columns[i - 1], layout.columns[i + 1]];
      expect(own?.kind).toBe("node");
      expect(own?.x).toBeGreaterThan(x);
      if (before) expect(x - before.x).toBeGreaterThan((own?.x ?? 0) - x);
    }
  });

  it("have nothing where the names of the lines stand, which come again and again", () => {
    for (const [i, y] of [...layout.heads, layout.height].entries())
      if (i > 0) expect(y - (layout.heads[i - 1] ?? 0)).toBeLessThanOrEqual(680);
    for (const head of layout.heads) {
      for (const { points } of layout.arrows) {
        for (const y of [points[1] ?? 0, points.at(-1) ?? 0])
          expect(y <= head - 4 || y >= head + headHeight + 4).toBe(true);
      }
    }
    const pen = new RecordingPen();
    drawSequence(pen, layout);
    for (const head of layout.heads)
      expect(pen.calls.some(({ text, y = -1 }) => text === "n0" && y > head && y < head + headHeight)).toBe(
        true,
      );
  });
});

it("labels stand on the side to which the arrow does not go", () => {
  const { arrows } = gossip(names.slice(0, 3), "read");
  for (const { points, label } of arrows) {
    const [from = 0, , to = 0] = points;
    expect(label?.anchor).toBe(to > from ? "end" : "start");
  }
});
