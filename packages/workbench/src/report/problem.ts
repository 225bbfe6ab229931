/** A problem as a person reads it: what happened, what shows it, what to do. */
import type { Problem } from "../nodes/problem.ts";
import { second } from "../time/clock.ts";
import { safeText } from "./safe-text.ts";
import type { Style } from "./style.ts";

export function describeProblem({ message, evidence, advice, time }: Problem, style: Style): string {
  const [headline, ...details] = safeText(message).split("\n");
  const when = style.faint(`(at ${(time / second).toFixed(3)} s)`);
  const lines = [`${style.bad(`✗ ${headline}`)} ${when}`, ...details.map((line) => `  ${line}`)];
  if (evidence.length > 0) lines.push("", ...evidence.map((line) => `      ${safeText(line)}`), "");
  return [...lines, `  ${advice}`].join("\n");
}
