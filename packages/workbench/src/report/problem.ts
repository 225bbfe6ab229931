/** A problem as a person reads it: what happened, what shows it, what to do. */
import type { Problem } from "../nodes/problem.ts";
import { second } from "../time/clock.ts";
import type { Style } from "./style.ts";

/** Characters of a line of evidence at most; lines of nodes may be megabytes long. */
const width = 300;

export function describeProblem({ message, evidence, advice, time }: Problem, style: Style): string {
  const [headline, ...details] = message.split("\n");
  const when = style.faint(`(at ${(time / second).toFixed(3)} s)`);
  const lines = [`${style.bad(`✗ ${headline}`)} ${when}`, ...details.map((line) => `  ${line}`)];
  if (evidence.length > 0) lines.push("", ...evidence.map((line) => `      ${cut(line)}`), "");
  return [...lines, `  ${advice}`].join("\n");
}

function cut(line: string): string {
  // What a node printed must not steer the terminal.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  const safe = line.slice(0, width).replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "\ufffd");
  return line.length <= width ? safe : `${safe}… (${line.length} characters)`;
}
