/** What the nemesis did, in a few words. */
import type { Operation } from "../history/operation.ts";
import { isObject } from "../network/message.ts";
import { excerpt } from "../nodes/problem.ts";

/** "kill n1, n3", "start-partition n0 n1 | n2 n3 n4", "start-loss n0: part 0.3" */
export function describeDisturbance({ f, value }: Pick<Operation, "f" | "value">): string {
  return excerpt(`${f} ${describe(value)}`.trim());
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return isObject(value[1]) ? describeGrudge(value[1]) : "";
  if (!isObject(value)) return "";
  const { nodes, ...amounts } = value;
  if (!Array.isArray(nodes)) return Object.keys(value).join(", ") || "nothing";
  const amount = Object.entries(amounts).map(([unit, size]) => `${unit} ${size}`);
  return `${nodes.join(", ")}: ${amount.join(", ")}`;
}

/** The sides of a partition; or, where it has none, who does not hear whom. */
function describeGrudge(grudge: Readonly<Record<string, unknown>>): string {
  const nodes = Object.keys(grudge).sort();
  const unheard = (node: string): readonly unknown[] => {
    const others = grudge[node];
    return Array.isArray(others) ? others : [];
  };
  const heard = (node: string): string => nodes.filter((other) => !unheard(node).includes(other)).join(" ");
  const sides = [...new Set(nodes.map(heard))];
  // Fewer than a third of three nodes are none.
  if (sides.length === 1) return "nobody is cut off";
  if (sides.join(" ").split(" ").length === nodes.length) return sides.join(" | ");
  return nodes.map((node) => `${node} does not hear ${unheard(node).join(" ")}`).join(", ");
}
