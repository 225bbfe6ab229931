/** Times of a run as people read them, with as many digits as tell them apart. */
import type { Span } from "@eddy/workbench/pictures";

const units = [
  { name: "s", ns: 1e9 },
  { name: "ms", ns: 1e6 },
  { name: "µs", ns: 1e3 },
] as const;

/** A time since the start of the run, in s; digits as far as `resolution` (ns) asks for: "3.20 s". */
export function timeText(time: number, resolution: number): string {
  return `${seconds(time, resolution)} s`;
}

/** A piece of the whole: "3.20 s – 5.10 s of 10.2 s". */
export function windowText({ from, to }: Span, whole: Span): string {
  const length = whole.to - whole.from;
  const all = timeText(length, length / 100);
  if (to - from >= length) return `all of ${all}`;
  const resolution = (to - from) / 100;
  return `${timeText(from, resolution)} – ${timeText(to, resolution)} of ${all}`;
}

/** How long something took, in the unit that fits: "850 µs", "1.24 ms", "3.5 s". */
export function lengthText(ns: number): string {
  if (ns < 0.5) return "0 µs";
  for (const { name, ns: size } of units) {
    // What would be rounded up to a thousand is one of the next unit.
    if (ns >= size * 0.9995 || name === "µs") return `${threeFigures(ns / size)} ${name}`;
  }
  return "0 µs";
}

function seconds(time: number, resolution: number): string {
  const digits = Math.ceil(-Math.log10(resolution / 1e9));
  return (time / 1e9).toFixed(Math.min(Math.max(digits, 0), 9));
}

function threeFigures(number: number): string {
  if (number >= 99.95) return String(Math.round(number));
  return number.toFixed(number >= 9.995 ? 1 : 2);
}
