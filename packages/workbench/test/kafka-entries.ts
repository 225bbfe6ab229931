/** For tests: small histories of logs, written down one operation after the other. */
import type { Operation } from "../src/history/operation.ts";

/** How an operation ended. */
type Ending = Pick<Operation, "type"> & Partial<Pick<Operation, "final" | "error">>;
export type Entry = readonly [process: number, f: string, value: unknown, ending: Ending];

export const ok = { type: "ok" } as const;
/** A message that was sent to key k, and got an offset. */
export const send = (process: number, message: unknown, offset: number): Entry => [
  process,
  "send",
  [["send", "k", [offset, message]]],
  ok,
];
/** A poll that gave pairs of offset and message of key k. */
export const poll = (process: number, ...pairs: (readonly [number, unknown])[]): Entry => [
  process,
  "poll",
  [["poll", { k: pairs }]],
  ok,
];
export const assign = (process: number, ...keys: string[]): Entry => [process, "assign", keys, ok];

/** Operations one after the other: each begins a second after the one before it, and takes half a second. */
export function history(...entries: readonly Entry[]): Operation[] {
  return entries.flatMap(([process, f, value, ending], i) => {
    const entry = { process, f, node: `n${process}` };
    const asked = value === null || f === "assign" ? value : question(value);
    return [
      { ...entry, type: "invoke", value: asked, index: 2 * i, time: i * 1e9 },
      {
        ...entry,
        ...ending,
        value: ending.type === "ok" ? value : asked,
        index: 2 * i + 1,
        time: (i + 0.5) * 1e9,
      },
    ];
  });
}

function question(value: unknown): unknown {
  if (!Array.isArray(value) || !Array.isArray(value[0])) return value;
  const [f, key, content] = value[0];
  return f === "poll" ? [["poll"]] : [[f, key, content[1]]];
}
