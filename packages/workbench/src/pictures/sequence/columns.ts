/** The lines of a sequence from left to right: each node with its clients at its left, and the services. */
import { isClient } from "../../network/names.ts";
import { lanesOf } from "../lanes.ts";
import type { RunData } from "../run-data.ts";

export interface Column {
  readonly kind: "node" | "clients" | "client" | "service";
  readonly label: string;
  /** px */
  readonly x: number;
}

export interface Columns {
  readonly columns: readonly Column[];
  /** For each of the `names` of the messages, where its line is, px; -1 when it has none. */
  readonly xOf: readonly number[];
  /** For each of them, whether others have the same line. */
  readonly shared: readonly boolean[];
  /** px */
  readonly width: number;
}

/** px: beside the outer lines stand labels, and left of these the times. */
export const timesWidth = 76;
const [leastRoom, mostRoom, margin] = [150, 290, 10];
/** px of a whole picture, unless there are very many nodes */
const usualWidth = 1000;
/** px from one node to the next */
const [narrowest, widest] = [46, 190];

/** @param rows of messages: only who sent or got one of them has a line */
export function columnsOf(run: RunData, rows: ArrayLike<number>): Columns {
  const { lanes, laneOf } = lanesOf(run, new Set(), Int32Array.from(rows));
  const isApart = (i: number): boolean => {
    const [lane, before] = [lanes[i], lanes[i - 1]];
    return !before || before.kind === "node" || before.kind === "service" || before.node !== lane?.node;
  };
  const groups = lanes.filter((_, i) => isApart(i)).length;
  const inner = usualWidth - timesWidth - 2 * leastRoom - margin;
  const pitch = Math.floor(Math.min(widest, Math.max(narrowest, inner / Math.max(1, groups))));
  const near = Math.floor(Math.min(54, Math.max(16, pitch * 0.36)));
  const free = usualWidth - timesWidth - (groups - 1) * pitch - near - margin;
  const labelRoom = Math.floor(Math.min(mostRoom, Math.max(leastRoom, free / 2)));
  let group = timesWidth + labelRoom - pitch;
  const columns = lanes.map(({ kind, label }, i): Column => {
    if (isApart(i)) group += pitch;
    // Nodes are equally far from each other, whether they have clients or not.
    return { kind, label, x: kind === "clients" || kind === "client" ? group : group + near };
  });
  const names = [...run.messages.names.keys()];
  return {
    columns,
    xOf: names.map((name) => columns[laneOf[name] ?? -1]?.x ?? -1),
    shared: names.map(
      (name) => columns[laneOf[name] ?? -1]?.kind === "clients" && isClient(run.messages.names[name] ?? ""),
    ),
    width: Math.max(usualWidth, (columns.at(-1)?.x ?? 0) + labelRoom + margin),
  };
}
