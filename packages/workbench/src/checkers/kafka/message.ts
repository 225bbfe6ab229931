/** Messages in logs: any JSON value, told apart by what stands in them. */

/** A number as it is, any other value as its JSON: so that equal messages are equal, and 5 is not "5". */
export type Message = number | string;

export function messageOf(value: unknown): Message {
  return typeof value === "number" ? value : (JSON.stringify(value, bigintAsText) ?? "null");
}

/** Histories from elsewhere may have integers that a number cannot hold. */
function bigintAsText(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

/** The value that clients sent or were given. */
export function jsonOf(message: Message): unknown {
  return typeof message === "number" ? message : JSON.parse(message);
}

/** Numbers by size, then all others as text. */
export function byOrder(a: Message, b: Message): number {
  if (typeof a === "number") return typeof b === "number" ? a - b : -1;
  if (typeof b === "number") return 1;
  return a < b ? -1 : Number(a > b);
}
