/** Where a page does not hold everything that happened, it says so in the picture. */
import { type Frame, type Pen, type Span, xOf } from "@eddy/workbench/pictures";

/** @param spans within which nothing is missing; undefined: nothing is missing at all */
export function drawGaps(
  pen: Pen,
  frame: Frame,
  spans: readonly Span[] | undefined,
  { top, bottom }: { readonly top: number; readonly bottom: number },
): void {
  for (const { from, to } of gapsOf(spans, frame)) {
    const [x0, x1] = [xOf(frame, from), xOf(frame, to)];
    pen.rect(x0, top, x1 - x0, bottom - top, "gap", 0.12);
    if (x1 - x0 > 130)
      pen.text((x0 + x1) / 2, top + 16, "not in this page", { ink: "faint", anchor: "middle" });
  }
}

/** The pieces of a window that no span covers; spans are in order, and do not overlap. */
export function gapsOf(spans: readonly Span[] | undefined, { from, to }: Span): readonly Span[] {
  if (!spans) return [];
  const gaps: Span[] = [];
  let end = from;
  for (const span of spans) {
    if (span.from > end) gaps.push({ from: end, to: Math.min(span.from, to) });
    end = Math.max(end, span.to);
    if (end >= to) return gaps;
  }
  if (end < to) gaps.push({ from: end, to });
  return gaps;
}
