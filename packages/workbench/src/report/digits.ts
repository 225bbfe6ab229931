/** Whole numbers in lines, read from their bytes: many lines are looked at only for these. */
import type { Line } from "../store/line-reader.ts";

const [zero, nine] = [0x30, 0x39];

/** Where the digits end that begin at `from`; `from` itself when there are none. */
export function endOfDigits(line: Line, from: number): number {
  let at = from;
  for (let byte = line[at] ?? 0; byte >= zero && byte <= nine; byte = line[at] ?? 0) at++;
  return at;
}

/** The number whose digits stand there. */
export function digitsAt(line: Line, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) value = value * 10 + (line[at] ?? zero) - zero;
  return value;
}
