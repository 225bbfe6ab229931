/**
 * When lines of a log were written, as far as they say so themselves: by a time of day or a date near their beginning, in any of
 * the usual forms. Nobody knows the time zone, but that it is whole quarters of an hour from UTC.
 */
import { millisecond } from "../time/clock.ts";

/** Characters of a line in which its time has to begin. */
const within = 60;
/** ms */
const [minute, day] = [60_000, 86_400_000];
const quarter = 15 * minute;

/** A time that a line tells: of a certain zone, of some zone, or only the time of day. */
export interface ToldTime {
  readonly kind: "absolute" | "local" | "time of day";
  /** ms since 1970, or since midnight; for `local` as if the zone were UTC. */
  readonly ms: number;
}

const date = String.raw`(?<year>\d{4})[-/](?<month>\d{2})[-/](?<day>\d{2})[T ]`;
const time = String.raw`(?<hour>[01]\d|2[0-3]):(?<minute>[0-5]\d):(?<second>[0-5]\d|60)(?:[.,](?<fraction>\d{1,9}))?`;
const zone = String.raw`(?: ?(?<zone>Z|UTC|[+-]\d{2}:?\d{2}))?`;
const form = new RegExp(`(?<![\\d.:])(?:${date})?${time}(?![\\d:])${zone}`);

/** The first time that a line tells; undefined when there is none near its beginning. */
export function toldTime(line: string): ToldTime | undefined {
  const match = form.exec(line.slice(0, within + 40));
  if (match === null || match.index >= within || match.groups === undefined) return undefined;
  const { year, month, day, hour, minute, second, fraction = "", zone } = match.groups;
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  const ofDay = ((h * 60 + m) * 60 + s) * 1000 + Number(`0.${fraction}0`) * 1000;
  if (year === undefined) return { kind: "time of day", ms: ofDay };
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day)) + ofDay;
  if (zone === undefined) return { kind: "local", ms };
  return { kind: "absolute", ms: ms - offsetOf(zone) };
}

/** ms that a zone is ahead of UTC: "+01:30" */
function offsetOf(zone: string): number {
  const [, sign, hours = 0, minutes = 0] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minute;
}

/** Gives the lines of one log their times in the run, in their order. */
export class LogClock {
  readonly #origin: number;
  readonly #end: number;
  /** ms by which what lines of a kind tell differs from UTC, once one has told a time that can be. */
  readonly #offsets = new Map<ToldTime["kind"], number>([["absolute", 0]]);
  /** The time of the line before, ms since the start of the run; absent when there is none. */
  #latest: number | undefined;

  /**
   * @param origin when the run began, ms since 1970
   * @param end of the run, ns
   */
  constructor(origin: number, end: number) {
    this.#origin = origin;
    this.#end = end / millisecond;
  }

  /** ns since the start of the run; that of the line before where a line tells none that can be, or -1. */
  timeOf(line: string): number {
    const told = toldTime(line);
    if (told !== undefined) this.#take(told);
    return this.#latest === undefined ? -1 : Math.round(this.#latest * millisecond);
  }

  /** Lines are left out here: what comes now has not the time of the last of them. */
  skip(): void {
    this.#latest = undefined;
  }

  #take({ kind, ms }: ToldTime): void {
    const told = ms - this.#origin;
    const offset = this.#offsets.get(kind) ?? quarters(kind === "local" ? told : told % day);
    let time = told + offset;
    // Midnight may pass: the day is the one that is nearest to the line before.
    if (kind === "time of day") time += Math.round(((this.#latest ?? 0) - time) / day) * day;
    // What is far from the run, or from all zones, is a time that the line speaks of, not its own.
    if (time < -minute || time > this.#end + minute || Math.abs(offset) > day) return;
    this.#offsets.set(kind, offset);
    this.#latest = Math.max(0, time);
  }
}

/**
 * What brings a first time nearest to the start of the run, in whole quarters of an hour. It cannot have been before; but a
 * minute is allowed for clocks that differ.
 */
function quarters(time: number): number {
  return Math.ceil((-minute - time) / quarter) * quarter;
}
