/** The axis of time: as many ticks as there is room for, in the unit that the piece of time asks for. */
import { scaleLinear } from "d3-scale";
import { millisecond, second } from "../../time/clock.ts";
import { type Frame, xOf } from "../frame.ts";
import type { Pen } from "../pen.ts";
import type { Plot } from "./chart-data.ts";

/** A tick of an axis: a value, and what is written there. */
export interface Tick {
  readonly value: number;
  readonly label: string;
}

const microsecond = 1000;

/**
 * Ticks of a piece of time. Where it lies within a few milliseconds of a long run, only a first tick, and those at whole
 * milliseconds, tell the time; the others say how long they are after the last whole one: `12.345 s`, `+200 µs`, `+400 µs`.
 */
export function timeTicks({ from, to }: Pick<Frame, "from" | "to">, count: number): Tick[] {
  // Whole numbers of the small unit come out exactly; fractions of a second would not.
  const unit = to - from < 20 * microsecond ? 1 : microsecond;
  const values = scaleLinear([from / unit, to / unit], [0, 1])
    .ticks(Math.max(1, count))
    .map((value) => value * unit);
  const step = (values[1] ?? to) - (values[0] ?? from);
  const [scale, name] = unitOf(to);
  const digits = digitsOf(step / scale);
  const absolute = (value: number): string => `${(value / scale).toFixed(digits)} ${name}`;
  if (scale !== second || step >= millisecond * 0.999)
    return values.map((value) => ({ value, label: absolute(value) }));
  const small = step >= microsecond ? microsecond : 1;
  return values.map((value, i) => {
    const past = Math.round(value) % millisecond;
    if (past === 0) return { value, label: `${(value / second).toFixed(3)} s` };
    const label = `+${(past / small).toFixed(digitsOf(step / small))} ${small === 1 ? "ns" : "µs"}`;
    return { value, label: i === 0 ? `${((value - past) / second).toFixed(3)} s ${label}` : label };
  });
}

/** In which unit times are told up to this one. */
function unitOf(to: number): readonly [number, string] {
  if (to >= second) return [second, "s"];
  if (to >= millisecond) return [millisecond, "ms"];
  return to >= microsecond ? [microsecond, "µs"] : [1, "ns"];
}

/** Digits after the point that multiples of a step need. */
function digitsOf(step: number): number {
  return Math.min(9, Math.max(0, Math.ceil(-Math.log10(step) - 1e-6)));
}

/** px: between ticks, and that a character is wide, about */
const [spacing, character] = [105, 6.4];

/** The axis below the plot, and a faint line up from each tick. */
export function drawTimeAxis(pen: Pen, frame: Frame, { top, bottom }: Plot): void {
  const [left, right] = [frame.left, frame.width - frame.right];
  for (const { value, label } of timeTicks(frame, Math.floor((right - left) / spacing))) {
    const x = xOf(frame, value);
    const half = (label.length * character) / 2;
    const anchor = x + half > frame.width ? "end" : x - half < 0 ? "start" : "middle";
    pen.line([x, top, x, bottom], "grid");
    pen.line([x, bottom, x, bottom + 4], "axis");
    pen.text(anchor === "end" ? frame.width - 1 : x, bottom + 17, label, { ink: "faint", anchor });
  }
  pen.line([left, bottom, right, bottom], "axis");
}
