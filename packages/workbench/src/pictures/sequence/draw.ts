/** Draws a sequence of messages with any pen. */
import type { Ink, LineStyle, Pen } from "../pen.ts";
import { shortened, visible } from "../visible.ts";
import { timesWidth } from "./columns.ts";
import {
  headHeight,
  labelWidth,
  type SequenceArrow,
  type SequenceLabel,
  type SequenceLayout,
} from "./layout.ts";

export function drawSequence(pen: Pen, layout: SequenceLayout): void {
  const { width, height, columns, arrows, notes, times, heads } = layout;
  for (const { kind, x } of columns) {
    const isOwn = kind === "node" || kind === "service";
    pen.line([x, headHeight - 4, x, height], isOwn ? "axis" : "grid", { width: isOwn ? 1.5 : 1 });
  }
  for (const { kind, y, text } of notes) {
    pen.line([timesWidth, y, width - 8, y], kind === "fault" ? "fault" : "gap", { dashed: true });
    const words = visible(shortened(text, 90));
    pen.rect(timesWidth, y - 8, words.length * 7.2 + 8, 16, "paper");
    pen.text(timesWidth + 2, y + 4, words, { bold: kind === "fault" });
  }
  for (const { y, text } of times) pen.text(timesWidth - 12, y + 4, text, { ink: "faint", anchor: "end" });
  for (const arrow of arrows) drawArrow(pen, arrow);
  // After all arrows, so that none goes through what is to be read.
  for (const { label, why, title, look } of arrows) {
    if (!label && !why) continue;
    pen.group(title, () => {
      if (label) drawLabel(pen, label, look === "server" ? "text" : look);
      if (why) drawLabel(pen, why, "text");
    });
  }
  for (const y of heads) drawNames(pen, layout, y);
}

/** How an arrow looks: apart from its colour, too. */
export function arrowLook({ look, fate }: Pick<SequenceArrow, "look" | "fate">): {
  ink: Ink;
  style: LineStyle;
} {
  const width = { client: 2, server: 1.2, error: 3 }[look];
  if (fate === "lost") return { ink: "lost", style: { width, tip: "cross" } };
  if (fate === "under way") return { ink: look, style: { width, dashed: true } };
  return { ink: look, style: { width, tip: "arrow" } };
}

/** px that an arrow is high that was very long under way: it is faint, but for its ends, or it would hide what happened meanwhile. */
const [long, clear] = [260, 60];

function drawArrow(pen: Pen, arrow: SequenceArrow): void {
  const { ink, style } = arrowLook(arrow);
  pen.group(arrow.title, () => {
    // Nobody can point at a line that is a pixel wide.
    pen.line(arrow.points, ink, { width: 9, opacity: 0 });
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = arrow.points;
    const high = y1 - y0;
    if (arrow.points.length > 4 || high < long) {
      pen.line(arrow.points, ink, style);
      return;
    }
    const at = (y: number): readonly [number, number] => [x0 + ((x1 - x0) * (y - y0)) / high, y];
    const [after, before] = [at(y0 + clear), at(y1 - clear)];
    const { tip: _, ...plain } = style;
    pen.line([x0, y0, ...after], ink, plain);
    pen.line([...after, ...before], ink, { ...plain, opacity: 0.22 });
    pen.line([...before, x1, y1], ink, style);
  });
}

function drawLabel(pen: Pen, label: SequenceLabel, ink: Ink): void {
  const { x, y, text, anchor } = label;
  const width = labelWidth(label);
  pen.rect(anchor === "start" ? x - 2 : x - width - 2, y - 11, width + 4, 14, "paper", 0.85);
  pen.text(x, y, text, { anchor, ink });
}

function drawNames(pen: Pen, { columns }: SequenceLayout, y: number): void {
  for (const [i, { kind, label, x }] of columns.entries()) {
    const isOwn = kind === "node" || kind === "service";
    const room = Math.min(x - (columns[i - 1]?.x ?? 0), (columns[i + 1]?.x ?? x + 200) - x);
    const letters = Math.floor((isOwn ? Math.max(room * 1.4, 28) : room * 0.9) / 7);
    // Where there is no room for who they are, their arrows say so.
    if (!isOwn && label.length > letters) continue;
    const name = visible(shortened(label, Math.max(letters, 3)));
    const width = name.length * 7.4 + 6;
    pen.rect(x - width / 2, y + 5, width, 20, "paper");
    pen.text(x, y + 19, name, { anchor: "middle", bold: isOwn, ink: isOwn ? "text" : "faint" });
  }
}
