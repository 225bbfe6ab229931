/** What a page holds of a list that is too long to be held as a whole, in words. */
import type { Span } from "@eddy/workbench/pictures";
import { count } from "../app/format.ts";
import { timeText } from "./time-text.ts";

/** Pieces of time that are listed. */
const mostSpans = 4;

/** Undefined when all of them are there. */
export function partInWords(
  what: string,
  total: number,
  held: number,
  spans: readonly Span[] | undefined,
  end: number,
): string | undefined {
  if (!spans) return undefined;
  const of = `This page holds ${count(held)} of ${count(total)} ${what}`;
  if (spans.length === 0) return `${of}.`;
  const resolution = Math.max(1e6, Math.min(...spans.map(({ from, to }) => to - from), end) / 100);
  const texts = spans
    .slice(0, mostSpans)
    .map(({ from, to }) => `${timeText(from, resolution)} – ${timeText(to, resolution)}`);
  const more = spans.length > mostSpans ? `, and ${spans.length - mostSpans} more pieces` : "";
  return `${of}: all of those from ${texts.join(", ")}${more}.`;
}
