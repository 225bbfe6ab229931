/** The axes of values: latencies on a logarithmic scale, rates on a linear one. */
import { scaleLinear } from "d3-scale";
import { millisecond, second } from "../../time/clock.ts";
import type { Frame } from "../frame.ts";
import type { Pen } from "../pen.ts";
import type { Plot } from "./chart-data.ts";
import type { Tick } from "./time-axis.ts";

export interface Axis {
  /** Where a value lies, px from the top. */
  readonly scale: (value: number) => number;
  readonly ticks: readonly Tick[];
}

/** px between ticks, at least */
const spacing = 22;

/** The axis at the left, and a faint line to the right from each tick. */
export function drawValueAxis(pen: Pen, frame: Frame, { scale, ticks }: Axis): void {
  const isNarrow = frame.left < 60;
  for (const { value, label } of ticks) {
    const y = scale(value);
    const words = isNarrow ? label.replace(/(\d) /, "$1") : label;
    pen.line([frame.left, y, frame.width - frame.right, y], "grid");
    pen.text(frame.left - (isNarrow ? 3 : 6), y + 4, words, { ink: "faint", anchor: "end" });
  }
}

/** From 0 up. */
export function rateAxis(largest: number, { top, bottom }: Plot): Axis {
  const count = Math.max(2, Math.floor((bottom - top) / (spacing * 1.5)));
  const scale = scaleLinear([0, largest > 0 ? largest : 1], [bottom, top]).nice(count);
  const ticks = scale.ticks(count).map((value) => ({ value, label: rateLabel(value) }));
  return { scale, ticks };
}

/** "0.5", "250", "12.5k", "2M" */
export function rateLabel(value: number): string {
  if (value >= 1_000_000) return `${Number((value / 1_000_000).toPrecision(3))}M`;
  if (value >= 10_000) return `${Number((value / 1000).toPrecision(3))}k`;
  return `${Number(value.toPrecision(4))}`;
}

/** What latencies there are, ns. */
export interface LatencyRange {
  /** The shortest and the longest that are more than 0; both 0 when there is none. */
  readonly least: number;
  readonly largest: number;
  /** Whether one was 0, as in virtual time. */
  readonly zero: boolean;
}

/** px that latencies of 0 lie below all others, which a logarithmic scale has no place for. */
const zeroRoom = 20;

export function latencyAxis({ least, largest, zero }: LatencyRange, { top, bottom }: Plot): Axis {
  const floor = zero && bottom - top > 3 * zeroRoom ? bottom - zeroRoom : bottom;
  const from = largest > 0 ? roundedDown(least) : zero ? millisecond / 10 : millisecond;
  const to = Math.max(largest > 0 ? roundedUp(largest) : 0, from * 10);
  // Asked for each of a hundred thousand operations in each frame: a scale of d3's would take several times as long.
  const slope = (top - floor) / Math.log(to / from);
  const scale = (latency: number): number =>
    latency <= 0 ? bottom : latency < from ? floor : floor + slope * Math.log(latency / from);
  const ticks = latencyTicks(from, to, (floor - top) / Math.log10(to / from));
  return { scale, ticks: zero ? [{ value: 0, label: "0" }, ...ticks] : ticks };
}

/** @param decade px that ten times as much is higher */
function latencyTicks(from: number, to: number, decade: number): Tick[] {
  const steps = decade * 0.3 >= spacing ? [1, 2, 5] : [1];
  const every = Math.max(1, Math.ceil(spacing / decade));
  const ticks: Tick[] = [];
  for (let power = Math.floor(Math.log10(from) + 1e-9); 10 ** power <= to * 1.001; power++) {
    // Seconds and milliseconds stay where only every other power has room.
    if (power % every !== 0) continue;
    for (const step of steps) {
      const value = step * 10 ** power;
      if (value >= from * 0.999 && value <= to * 1.001) ticks.push({ value, label: latencyLabel(value) });
    }
  }
  return ticks;
}

const nice = [1, 2, 5, 10];

function roundedUp(latency: number): number {
  const power = 10 ** Math.floor(Math.log10(latency));
  return (nice.find((step) => step * power >= latency * 0.999) ?? 10) * power;
}

function roundedDown(latency: number): number {
  const power = 10 ** Math.floor(Math.log10(latency));
  return (nice.findLast((step) => step * power <= latency * 1.001) ?? 1) * power;
}

/** "200 µs", "5 ms", "1 s" */
export function latencyLabel(ns: number): string {
  if (ns >= second * 0.9999) return `${Number((ns / second).toPrecision(3))} s`;
  if (ns >= millisecond * 0.9999) return `${Number((ns / millisecond).toPrecision(3))} ms`;
  if (ns >= 999.9) return `${Number((ns / 1000).toPrecision(3))} µs`;
  return ns === 0 ? "0 s" : `${Number(ns.toPrecision(3))} ns`;
}
