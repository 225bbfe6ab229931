/** Draws the lanes of the space-time diagram, with their names, and the times when a node was down or stood still. */
import { type Frame, xOf } from "./frame.ts";
import type { Lane } from "./lanes.ts";
import type { Pen } from "./pen.ts";
import type { RunData } from "./run-data.ts";
import { shortened, visible } from "./visible.ts";

/** A time in which a node did nothing. */
export interface Absence {
  /** Index of the node's lane. */
  readonly lane: number;
  readonly what: "down" | "paused";
  readonly from: number;
  readonly to: number;
}

const absent: ReadonlyMap<string, Absence["what"]> = new Map([
  ["kill", "down"],
  ["pause", "paused"],
] as const);

/** Only where the text of a fault is known to name nodes, and nothing but nodes: otherwise there is the fault's band alone. */
export function absencesOf(
  { faults, nodes, end }: Pick<RunData, "faults" | "nodes" | "end">,
  lanes: readonly Lane[],
): Absence[] {
  const laneOf = new Map(
    lanes.flatMap(({ kind, label }, i) => (kind === "node" ? [[label, i] as const] : [])),
  );
  return faults.flatMap(({ fault, from, to = end, text }) => {
    const what = absent.get(fault);
    const struck = what && nodesIn(text, nodes);
    return (struck ?? []).flatMap((node) => {
      const lane = laneOf.get(node);
      return lane === undefined || !what ? [] : [{ lane, what, from, to }];
    });
  });
}

/** The nodes that a text names after its first word; undefined when there is anything else in it. */
function nodesIn(text: string, nodes: readonly string[]): readonly string[] | undefined {
  const [, ...named] = text.split(/[\s,]+/);
  if (named.length === 1 && named[0] === "all") return nodes;
  return named.length > 0 && named.every((name) => nodes.includes(name)) ? named : undefined;
}

/** px between a lane's name and the frame */
const gap = 8;

export function drawLanes(
  pen: Pen,
  frame: Frame,
  lanes: readonly Lane[],
  ys: readonly number[],
  absences: readonly Absence[],
): void {
  const { left } = frame;
  const right = frame.width - frame.right;
  for (const [i, { kind, label }] of lanes.entries()) {
    const y = ys[i] ?? 0;
    const isNode = kind === "node";
    pen.line([left, y, right, y], isNode || kind === "service" ? "axis" : "grid", {
      width: isNode ? 1.5 : 1,
    });
    const letters = Math.floor((left - gap) / (isNode ? 7.4 : 6.4));
    const words = left < 60 && kind === "clients" ? label.replace(/ (clients|more)$/, " c.") : label;
    pen.text(left - gap, y + 4, visible(shortened(words, letters)), {
      ink: isNode ? "text" : kind === "clients" ? "client" : "faint",
      anchor: "end",
      bold: isNode,
    });
  }
  for (const { lane, what, from, to } of absences) {
    if (from > frame.to || to < frame.from) continue;
    const x0 = Math.max(xOf(frame, from), left);
    const x1 = Math.min(xOf(frame, to), right);
    const y = ys[lane] ?? 0;
    pen.rect(x0, y - 5, x1 - x0, 10, "paper");
    pen.rect(x0, y - 5, x1 - x0, 10, "fault", 0.22);
    pen.line([x0, y, x1, y], "fault", { dashed: true, width: 1.5 });
    if (x1 - x0 > 60) pen.text(x0 + 5, y - 8, what, { ink: "faint" });
  }
}
