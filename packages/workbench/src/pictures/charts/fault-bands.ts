/** Faults in charts: each a shaded band behind what was measured, and above it a bar with its name. */
import { type Frame, xOf } from "../frame.ts";
import type { Pen } from "../pen.ts";
import type { FaultSpan } from "../run-data.ts";
import { shortened, visible } from "../visible.ts";

/** px */
const laneHeight = 17;
const barHeight = 15;
/** px that a character is wide, about */
const character = 6.6;
/** px that the left margin must have, so that the names of faults stand in it. */
const wordy = 60;

/** Each kind of fault has a lane of its own, so that those that go on beside each other can be told apart. */
function kindsOf(faults: readonly FaultSpan[]): string[] {
  return [...new Set(faults.map(({ fault }) => fault))];
}

/** px that the bars take. */
export function bandsHeight(faults: readonly FaultSpan[]): number {
  return kindsOf(faults).length * laneHeight;
}

/**
 * @param top px; where the bars begin
 * @param bottom px; where the bands end
 */
export function drawFaultBands(
  pen: Pen,
  frame: Frame,
  faults: readonly FaultSpan[],
  top: number,
  bottom: number,
): void {
  const [left, right] = [frame.left, frame.width - frame.right];
  const kinds = kindsOf(faults);
  const bars = faults.flatMap(({ fault, from, to = Number.POSITIVE_INFINITY, text }) => {
    if (to < frame.from || from > frame.to) return [];
    const x0 = Math.max(xOf(frame, from), left);
    const x1 = Math.min(Math.max(xOf(frame, Math.min(to, frame.to)), x0 + 1), right);
    const y = top + kinds.indexOf(fault) * laneHeight;
    return [{ fault, text, x0, x1, y, starts: from >= frame.from, ends: to <= frame.to }];
  });
  for (const { text, x0, x1, y } of bars)
    pen.group(visible(text), () =>
      pen.rect(x0, y + barHeight, x1 - x0, bottom - y - barHeight, "fault", 0.06),
    );
  for (const { x0, x1, y, starts, ends } of bars) {
    if (starts) pen.line([x0, y, x0, bottom], "fault", { opacity: 0.5 });
    if (ends) pen.line([x1, y, x1, bottom], "fault", { opacity: 0.5, dashed: true });
  }
  for (const { fault, text, x0, x1, y } of bars) {
    pen.group(visible(text), () => {
      pen.rect(x0, y, x1 - x0, barHeight, "fault", 0.22);
      const room = Math.floor((x1 - x0 - 8) / character);
      const words = left >= wordy ? faultDetails({ fault, text }) : text.length > room ? fault : text;
      if (room >= Math.min(words.length, 12)) pen.text(x0 + 5, y + 11.5, visible(shortened(words, room)));
    });
  }
  if (left < wordy) return;
  for (const [i, kind] of kinds.entries()) {
    const y = top + i * laneHeight + 11.5;
    pen.text(left - 6, y, visible(shortened(kind, 11)), { ink: "faint", anchor: "end" });
  }
}

/** What is said of a fault beside its kind. */
export function faultDetails({ fault, text }: Pick<FaultSpan, "fault" | "text">): string {
  const begin = [`start-${fault} `, `${fault} `].find((words) => text.startsWith(words));
  return begin === undefined ? text : text.slice(begin.length);
}
