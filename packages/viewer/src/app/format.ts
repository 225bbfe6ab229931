/** Numbers and times as people read them. All of it is English, like the pages. */

const whole = new Intl.NumberFormat("en");
const dateTime = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  year: "numeric",
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZoneName: "short",
});
const date = new Intl.DateTimeFormat("en-GB", { year: "numeric", month: "short", day: "numeric" });

export const nothing = "–";

/** 1234567 → "1,234,567" */
export const count = (number: number): string => whole.format(number);

/** "1 run", "2 runs" */
export const plural = (number: number, one: string, many = `${one}s`): string =>
  `${count(number)} ${number === 1 ? one : many}`;

/** ns, as seconds, minutes, hours: "8.0 s", "2 min 5 s", "1 h 4 min" */
export function duration(ns: number): string {
  const seconds = ns / 1e9;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const total = Math.round(seconds);
  const minutes = Math.floor(total / 60);
  if (minutes < 60) return `${minutes} min ${total % 60} s`;
  return `${count(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

/** A latency in ms, with three figures that count: "0.902 ms", "12.3 ms", "1.23 s" */
export function latency(ms: number): string {
  if (Math.abs(ms) >= 999.5) return `${figures(ms / 1000)} s`;
  return `${figures(ms)} ms`;
}

/** Three figures that count, but no more than three places: 0.902, 12.3, 1,234 */
export function figures(number: number): string {
  const size = Math.abs(number);
  if (size === 0) return "0";
  if (size >= 99.95) return whole.format(Math.round(number));
  return number.toFixed(size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3);
}

/** 0.5 → "50 %", which does not fall apart at the end of a line */
export const percent = (part: number): string => `${figures(part * 100)}\u00a0%`;

const units = ["bytes", "kB", "MB", "GB", "TB"] as const;

/** "812 bytes", "1.2 MB": units of a thousand */
export function fileSize(bytes: number): string {
  let unit = 0;
  let size = bytes;
  while (size >= (unit === 0 ? 1000 : 999.5) && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  if (unit === 0) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  return `${size < 9.95 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`;
}

/** How long ago: "just now", "5 min ago", "3 h ago", "2 days ago", and from a week on the date. Both times in ms. */
export function ago(then: number, now: number): string {
  const seconds = (now - then) / 1000;
  // A clock that is a little ahead is no reason to speak of the future.
  if (seconds < -60) return date.format(then);
  if (seconds < 10) return "just now";
  if (seconds < 60) return `${Math.floor(seconds)} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
  const days = Math.floor(seconds / 86400);
  return days < 7 ? `${plural(days, "day")} ago` : date.format(then);
}

/** "Wed, 25 Nov 2026, 03:53:40 UTC", where the reader is */
export const exactly = (ms: number): string => dateTime.format(ms);

/** ms of a time as ISO 8601; undefined when it is none. */
export function timeOf(iso: string | undefined): number | undefined {
  const ms = iso === undefined ? Number.NaN : Date.parse(iso);
  return Number.isNaN(ms) ? undefined : ms;
}
