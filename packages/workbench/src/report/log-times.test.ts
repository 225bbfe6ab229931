import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LogClock, toldTime } from "./log-times.ts";

const origin = Date.UTC(2026, 10, 25, 12, 34, 50);
const ten = 10_000_000_000;

/** Each way to write a moment, in a zone that is so many minutes ahead of UTC. */
const forms: Readonly<Record<string, (ms: number, ahead: number) => string>> = {
  "@eddy/node": (ms, ahead) => `${clockOf(ms, ahead)} text`,
  "Go, without fractions": (ms, ahead) => `${dateOf(ms, ahead, "/")} ${clockOf(ms, ahead).slice(0, 8)} text`,
  "Go, with fractions": (ms, ahead) => `${dateOf(ms, ahead, "/")} ${clockOf(ms, ahead)}000 text`,
  "ISO 8601, UTC": (ms) => `${new Date(ms).toISOString()} text`,
  "ISO 8601, with a zone": (ms, ahead) =>
    `${dateOf(ms, ahead, "-")}T${clockOf(ms, ahead)}${zoneOf(ahead)} text`,
  "ISO 8601, without one": (ms, ahead) => `[INFO] ${dateOf(ms, ahead, "-")}T${clockOf(ms, ahead)} text`,
  Python: (ms, ahead) =>
    `${dateOf(ms, ahead, "-")} ${clockOf(ms, ahead).replace(".", ",")} - root - INFO - text`,
  "in brackets": (ms, ahead) => `[${clockOf(ms, ahead).replace(".", ",")}] text`,
  slog: (ms, ahead) =>
    `time=${dateOf(ms, ahead, "-")}T${clockOf(ms, ahead)}${zoneOf(ahead)} level=INFO msg=text`,
  "JSON, after a field": (ms) => `{"level":"info","ts":"${new Date(ms).toISOString()}","msg":"text"}`,
};

function shifted(ms: number, ahead: number): string {
  return new Date(ms + ahead * 60_000).toISOString();
}
function dateOf(ms: number, ahead: number, separator: string): string {
  return shifted(ms, ahead).slice(0, 10).replaceAll("-", separator);
}
function clockOf(ms: number, ahead: number): string {
  return shifted(ms, ahead).slice(11, 23);
}
function zoneOf(ahead: number): string {
  const [hours, minutes] = [Math.floor(Math.abs(ahead) / 60), Math.abs(ahead) % 60];
  return `${ahead < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}

describe("the time of a line", () => {
  it.each(Object.entries(forms))(
    "of %s is found, whatever the zone, the date, and how long the run is",
    (name, write) => {
      const zone = fc.integer({ min: -48, max: 56 }).map((quarters) => 15 * quarters);
      // Nothing for hours, but not before the first line.
      const steps = fc.array(fc.nat(5 * 3_600_000), { maxLength: 20 });
      fc.assert(
        fc.property(zone, fc.nat(86_400_000), fc.nat(13 * 60_000), steps, (ahead, day, first, steps) => {
          const began = origin + day;
          const moments = [first];
          for (const step of steps) moments.push((moments.at(-1) ?? 0) + step);
          const clock = new LogClock(began, (moments.at(-1) ?? 0) * 1e6);
          const precision = name.includes("without fractions") ? 1000 : 1;
          for (const moment of moments) {
            const time = clock.timeOf(write(began + moment, ahead)) / 1e6;
            expect(time - moment).toBeLessThan(0.01);
            expect(moment - time).toBeLessThan(precision);
          }
        }),
        { numRuns: 50 },
      );
    },
  );

  it("is that of the line before where it says none, or one that cannot be its own", () => {
    const clock = new LogClock(origin, ten);
    const lines = [
      "starting up",
      "12:34:51.500 hello",
      "    at stack.js:12:34:56",
      "1.2.3.4:12:34:55 listens",
      "2019-01-01T00:00:00Z is when it was built",
      "14:00:00.000 is when to meet",
      "2026/11/25 12:34:53 next",
      "99:99:99",
    ];
    expect(lines.map((line) => clock.timeOf(line))).toEqual([
      -1, 1.5e9, 1.5e9, 1.5e9, 1.5e9, 1.5e9, 3e9, 3e9,
    ]);
    clock.skip();
    expect(["and", "12:34:54.000"].map((line) => clock.timeOf(line))).toEqual([-1, 4e9]);
  });

  it("is not put out by a first line that speaks of another time", () => {
    const clock = new LogClock(origin, ten);
    const lines = ["built 2019-01-01 00:00:00", "2026-11-25 13:34:52 up", "2026-11-25 13:34:53 ready"];
    expect(lines.map((line) => clock.timeOf(line))).toEqual([-1, 2e9, 3e9]);
  });

  it("is only looked for near the beginning, to the nanosecond if told", () => {
    expect(toldTime(`${"x".repeat(59)} 12:00:00.5`)).toBeUndefined();
    expect(toldTime(`${"x".repeat(58)} 12:00:00.5`)).toEqual({ kind: "time of day", ms: 43_200_500 });
    expect(toldTime("00:00:00.123456789")?.ms).toBeCloseTo(123.456789, 6);
    expect(toldTime("[00:00:00,007] x")?.ms).toBe(7);
    for (const none of ["12:34:56:78", "12:34:567", "112:34:56", "24:00:00", "10:60:00"])
      expect([none, toldTime(none)]).toEqual([none, undefined]);
  });

  it("before the run, by clocks that differ, is its beginning", () => {
    expect(new LogClock(origin, ten).timeOf("12:34:49.000 hello")).toBe(0);
  });
});
